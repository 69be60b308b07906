# Read by ./run and ./test: finds Python, the system libraries and the environment .venv, and makes what is missing.
# shellcheck shell=bash
#
#   setup run     the program
#   setup test    the program, the development tools and a virtual display
#
# Sets `python` to the interpreter of the environment. When nothing has changed it asks neither pip nor apt.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# ldconfig lies in /sbin, which is not on everyone's PATH.
PATH=$PATH:/usr/sbin:/sbin

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
environment=$root/.venv
python=$environment/bin/python

# soname=Debian package. The first block is what Qt and VTK are linked to or open by name (the wheels bring the rest),
# the second is Qt's xcb plugin, the third its Wayland plugin.
LIBRARIES="
libEGL.so.1=libegl1 libGL.so.1=libgl1 libX11.so.6=libx11-6 libXcursor.so.1=libxcursor1 libdbus-1.so.3=libdbus-1-3
libfontconfig.so.1=libfontconfig1 libfreetype.so.6=libfreetype6 libglib-2.0.so.0=libglib2.0-0
libxkbcommon.so.0=libxkbcommon0

libX11-xcb.so.1=libx11-xcb1 libxcb-cursor.so.0=libxcb-cursor0 libxcb-glx.so.0=libxcb-glx0
libxcb-icccm.so.4=libxcb-icccm4 libxcb-image.so.0=libxcb-image0 libxcb-keysyms.so.1=libxcb-keysyms1
libxcb-randr.so.0=libxcb-randr0 libxcb-render-util.so.0=libxcb-render-util0 libxcb-render.so.0=libxcb-render0
libxcb-shape.so.0=libxcb-shape0 libxcb-shm.so.0=libxcb-shm0 libxcb-sync.so.1=libxcb-sync1
libxcb-util.so.1=libxcb-util1 libxcb-xfixes.so.0=libxcb-xfixes0 libxcb-xkb.so.1=libxcb-xkb1
libxkbcommon-x11.so.0=libxkbcommon-x11-0

libwayland-client.so.0=libwayland-client0 libwayland-cursor.so.0=libwayland-cursor0
libwayland-egl.so.1=libwayland-egl1
"

# Small, and it has the traditional and the simplified characters.
CHINESE_FONT=fonts-wqy-microhei

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# The path of a Python >= 3.11, or nothing. Where .venv is active, the one that .venv was made from.
find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null && is_new_enough "$name"; then
            "$name" -c 'import sys; print(sys._base_executable)'
            return
        fi
    done
}

has_chinese_font() {
    if command -v fc-list >/dev/null; then
        [ -n "$(fc-list :lang=zh file)" ]
    else
        compgen -G '/usr/share/fonts/*/*/*CJK*' >/dev/null || compgen -G '/usr/share/fonts/*/*/wqy-*' >/dev/null
    fi
}

# Prints the Debian packages that are missing, one a line.
missing_packages() {
    local base=$1 pair known
    if [ -z "$base" ]; then
        printf '%s\n' python3 python3-venv
    elif ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian's own python3 has its venv module in a package of its own; so has every further version.
        case $(readlink -f "$base") in
            "$(readlink -f /usr/bin/python3)") echo python3-venv ;;
            *) "$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' ;;
        esac
    fi
    known=$(ldconfig -p)
    if [ "$(uname -m)" = x86_64 ]; then
        known=$(grep 'x86-64' <<<"$known" || true) # 32-bit libraries do not count
    fi
    for pair in $LIBRARIES; do
        grep -qF "${pair%=*} " <<<"$known" || echo "${pair#*=}"
    done
    has_chinese_font || echo $CHINESE_FONT
    if [ "$purpose" = test ]; then
        command -v Xvfb >/dev/null || echo xvfb
        command -v xauth >/dev/null || echo xauth
        command -v xvfb-run >/dev/null || echo xvfb
        command -v pdftotext >/dev/null || echo poppler-utils # reads handouts back
    fi
}

install_packages() {
    local packages=("$@") as_root=() remedy=
    local command="apt-get install -y --no-install-recommends ${packages[*]}"
    if ! command -v apt-get >/dev/null; then
        remedy="Install what corresponds to them with this system's own package manager, then start again."
    elif [ "$(id -u)" -ne 0 ]; then
        as_root=(sudo -n)
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
            remedy="Installing them needs the administrator; run this once, then start again:
    sudo $command"
        fi
    fi
    if [ -n "$remedy" ] && [ "${packages[*]}" = $CHINESE_FONT ]; then
        say "Chinese names will show as empty boxes until a Chinese font is installed, such as $CHINESE_FONT."
        return
    fi
    say "Facepoints needs these system packages: ${packages[*]}"
    [ -z "$remedy" ] || stop "$remedy"
    say "Installing them with apt ..."
    # A source that cannot be read need not be the one that matters: the installation below tells.
    "${as_root[@]}" apt-get update -q >&2 || say "apt could not read all of its sources; trying all the same."
    # shellcheck disable=SC2086  # the command is words
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $command -q >&2 ||
        stop "apt could not install them; mend what it says above, or run this yourself, then start again:
    sudo apt-get update && sudo $command"
}

# What the environment was made from; a change of any of it makes it anew.
fingerprint() {
    { cat "$root/pyproject.toml" "$root/constraints.txt" "$root/scripts/setup.sh"; echo "$root"; "$1" -VV; } | cksum
}

is_current() {
    [ -x "$python" ] && [ "$2" = "$(cat "$environment/facepoints-$1" 2>/dev/null)" ]
}

make_environment() {
    local base=$1 wanted=$2 what=$root quiet=--quiet
    [ ! -t 2 ] || quiet= # a person likes to see it move
    say "Setting up Facepoints in $environment (only once; some hundred megabytes, a few minutes) ..."
    [ "$purpose" = run ] || what="${root}[dev]"
    if [ -e "$environment" ] && [ ! -e "$environment/pyvenv.cfg" ]; then
        stop "$environment is in the way and is no Python environment; move it away, then start again."
    fi
    if ! is_current run "$wanted"; then
        rm -rf "$environment"
        "$base" -m venv "$environment" || stop "Python could not make the environment $environment; see above."
    fi
    "$python" -m pip install --disable-pip-version-check --no-input $quiet \
        --constraint "$root/constraints.txt" --editable "$what" >&2 ||
        stop "The Python packages could not be installed; mend what pip says above (is there a network?), then start again."
    printf '%s\n' "$wanted" >"$environment/facepoints-$purpose"
    # The development environment can do all that the plain one can.
    printf '%s\n' "$wanted" >"$environment/facepoints-run"
}

setup() {
    purpose=$1
    local base wanted missing
    base=$(find_python)
    if [ "$(uname -s)" = Linux ] && command -v ldconfig >/dev/null; then
        mapfile -t missing < <(missing_packages "$base" | sort -u)
        [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
        base=$(find_python)
    fi
    [ -n "$base" ] || stop "Facepoints needs Python 3.11 or newer, and none is on the PATH; install one, then start again."
    wanted=$(fingerprint "$base")
    is_current "$purpose" "$wanted" || make_environment "$base" "$wanted"
    # Without a UTF-8 locale Qt complains and file names outside ASCII are lost.
    case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
        *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
        *) export LC_ALL=C.UTF-8 ;;
    esac
}
