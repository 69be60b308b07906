"""Actions with everything a user needs of them: words, key, tool tip, icon."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from app.ui.icons import icon
from app.ui.theme import Theme


def make_action(
    parent: QObject,
    words: str,
    slot: Callable[..., object] | None = None,
    keys: tuple[str, ...] = (),
    tip: str = "",
    checkable: bool = False,
) -> QAction:
    """An action whose tool tip says what it does and by which key. A checkable one calls `slot` with its new state."""
    action = QAction(words, parent)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setCheckable(checkable)
    plain = tip or words.replace("&", "").removesuffix("...")
    names = " or ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
    action.setToolTip(f"{plain} ({names})" if names else plain)
    action.setStatusTip(plain)
    if slot is not None:
        (action.toggled if checkable else action.triggered).connect(
            slot if checkable else lambda _checked=False: slot()
        )
    return action


def offer(action: QAction, on: bool, why_not: str) -> None:
    """Let an action be chosen, or grey it and have its tool tip say why."""
    usual = action.property("usual tip") or action.toolTip()
    action.setProperty("usual tip", usual)
    action.setEnabled(on)
    action.setToolTip(usual if on else f"{usual}: {why_not}")


def set_icon(action: QAction, name: str, theme: Theme) -> None:
    """Give an action an icon that follows the theme; in a menu one that is switched has its check mark instead."""
    action.setIconVisibleInMenu(not action.isCheckable())
    _IconKeeper(action, name, theme)


class _IconKeeper(QObject):
    """Lives and dies with its action; a plain function would stay connected after that."""

    def __init__(self, action: QAction, name: str, theme: Theme) -> None:
        super().__init__(action)
        self._action = action
        self._name = name
        self._theme = theme
        theme.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._action.setIcon(icon(self._name, self._theme))
