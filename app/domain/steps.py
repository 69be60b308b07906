"""Telling how far long work has come, and giving it up on the way."""

from collections.abc import Callable

Step = Callable[[str, float], None]
"""Called with what is done now, in words, and which share of all is done, 0 to 1; raises Stopped to end the work."""


class Stopped(Exception):
    """The work was given up; nothing of it remains."""


def no_step(words: str, share: float) -> None:
    """For work that nobody watches."""
