"""What the window remembers from one start to the next, in one file in the user's configuration folder."""

import json
import logging
from typing import TYPE_CHECKING, Any, cast

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from app.ui.look import LABEL_MODES, LabelMode
from app.ui.theme import Choice

if TYPE_CHECKING:
    from app.domain.shown import Shown

FIRST_SHOWN_GOAL = "lines"
"""On at the very first start, so that a person sees points at once."""

logger = logging.getLogger(__name__)


class Settings:
    """Reads give a sound value whatever the file holds; an unwritable folder is logged and forgets, no more."""

    def __init__(self) -> None:
        folder = platformdirs.user_config_path("facepoints", appauthor=False)
        self._store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Choice:
        choice = self._text("theme")
        return cast(Choice, choice) if choice in ("light", "dark") else "desktop"

    @property
    def scale(self) -> float:
        try:
            return float(self._text("text_size") or 1.0)
        except ValueError:
            return 1.0

    @property
    def labels(self) -> LabelMode:
        mode = self._text("labels")
        return next((one for one in LABEL_MODES if one == mode), "hover")

    @property
    def shown(self) -> "Shown | None":
        """What was switched on last; None at the very first start or if it cannot be read."""
        from app.domain.shown import Shown  # the splash does not wait for it

        try:
            stored = json.loads(self._text("shown"))
            return Shown(
                pairs=frozenset((str(goal), str(group)) for goal, group in stored["pairs"]),
                groups=frozenset(str(group) for group in stored["groups"]),
                treatment=_name(stored["treatment"]),
                body_variant=_name(stored["body_variant"]),
            )
        except (ValueError, KeyError, TypeError):
            return None

    @property
    def layers(self) -> frozenset[str]:
        """Names of the layers on the skin that were on last; at the very first start how a point is found."""
        return frozenset((self._text("layers") or "construction").split())

    @property
    def geometry(self) -> QByteArray | None:
        return self._bytes("geometry")

    @property
    def splitter(self) -> QByteArray | None:
        return self._bytes("splitter")

    def save_look(self, theme: Choice, scale: float, labels: LabelMode) -> None:
        """Theme, text size and labels."""
        self._store.setValue("theme", theme)
        self._store.setValue("text_size", str(scale))
        self._store.setValue("labels", labels)

    def save_shown(self, shown: "Shown") -> None:
        """What is switched on. The wish for advanced points is not kept: it is asked for anew each time."""
        self._store.setValue(
            "shown",
            json.dumps(
                {
                    "pairs": sorted(shown.pairs),
                    "groups": sorted(shown.groups),
                    "treatment": shown.treatment,
                    "body_variant": shown.body_variant,
                }
            ),
        )

    def save_layers(self, layers: frozenset[str]) -> None:
        """Layers on the skin that are on."""
        self._store.setValue("layers", " ".join(sorted(layers)) or "none")

    def save_window(self, geometry: QByteArray, splitter: QByteArray) -> None:
        """Place and size of the window and its panels; the last to be saved, so this also writes the file."""
        self._store.setValue("geometry", geometry)
        self._store.setValue("splitter", splitter)
        self._store.sync()
        if self._store.status() != QSettings.Status.NoError:
            logger.warning("%s cannot be written; the window's state is forgotten", self._store.fileName())

    def _text(self, name: str) -> str:
        value: Any = self._store.value(name, "")
        return value if isinstance(value, str) else ""

    def _bytes(self, name: str) -> QByteArray | None:
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else None


def _name(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
