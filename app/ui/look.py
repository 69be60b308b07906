"""How the figure is looked at, in words that settings and state share."""

from typing import Literal

LabelMode = Literal["none", "hover", "all"]
LABEL_MODES: tuple[LabelMode, ...] = ("none", "hover", "all")
