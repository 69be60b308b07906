"""Leaves out of the start what pyvista and pyvistaqt import and Facepoints does not need: a quarter of its time.

pyvista wants matplotlib for charts and colour maps; pyvistaqt asks qtpy for the names of Qt, which loads all of them.
While the two are imported, stand-ins take the place of matplotlib, whose names become the real ones when they are
used, and of qtpy, whose names are PySide6's own.
"""

import importlib
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtOpenGLWidgets, QtWidgets

_MATPLOTLIB = (
    "matplotlib",
    "matplotlib.backends",
    "matplotlib.backends.backend_agg",
    "matplotlib.cm",
    "matplotlib.colors",
    "matplotlib.pyplot",
)

logger = logging.getLogger(__name__)


def import_pyvista() -> None:
    """Import pyvista's plotting and pyvistaqt, without matplotlib and qtpy unless they are there already."""
    if "pyvista" not in sys.modules:
        try:
            with _standing_in({**_matplotlib(), **_qtpy()}):
                import pyvistaqt
        except (ImportError, AttributeError, TypeError) as error:
            # Another version that wants more of them than is stood in for: slower, but it works.
            logger.info("the quick way to import pyvista failed: %s", error)
            for name in [name for name in sys.modules if name.split(".")[0] in ("pyvista", "pyvistaqt")]:
                del sys.modules[name]
    import pyvistaqt  # noqa: F401


@contextmanager
def _standing_in(modules: dict[str, ModuleType]) -> Iterator[None]:
    """Let modules take the place of those not imported yet, for a while."""
    new = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(new)
    try:
        yield
    finally:
        for name, module in new.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _matplotlib() -> dict[str, ModuleType]:
    modules: dict[str, ModuleType] = {name: _StandIn(name) for name in _MATPLOTLIB}
    for name, module in modules.items():
        parent, _, own = name.rpartition(".")
        if parent:
            setattr(modules[parent], own, module)
    return modules


class _StandIn(ModuleType):
    """A module whose names are looked up in the real one, but not before they are used."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # asked by the import system, not by a user of the module
            raise AttributeError(attribute)
        if sys.modules.get(self.__name__) is self:  # taken out of the module while pyvista is imported
            return _Later(attribute, (), {"home": self.__name__})
        return getattr(importlib.import_module(self.__name__), attribute)


class _Later(type):
    """A name of a module that is imported when the name is called, asked for an item, or asked about.

    A class, so that pyvista can put it into the unions of its type annotations.
    """

    home: str

    def _real(cls) -> Any:
        module = importlib.import_module(cls.home)
        return None if isinstance(module, _StandIn) else getattr(module, cls.__name__)

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        return cls._real()(*arguments, **named)

    def __getitem__(cls, key: Any) -> Any:
        real = cls._real()
        return cls if real is None else real[key]  # pyvista's first theme asks whether its colour map exists

    def __getattr__(cls, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return getattr(cls._real(), attribute)

    def __instancecheck__(cls, instance: object) -> bool:
        real = cls._real()
        return real is not None and isinstance(instance, real)


def _qtpy() -> dict[str, ModuleType]:
    widgets = ModuleType("qtpy.QtWidgets")
    # QAction and its like moved from widgets to gui with Qt 6; qtpy offers them where they were.
    widgets.__getattr__ = lambda name: getattr(QtWidgets, name, None) or getattr(QtGui, name)  # type: ignore[method-assign]
    modules = {
        "QtCore": QtCore,
        "QtGui": QtGui,
        "QtWidgets": widgets,
        "QtOpenGLWidgets": QtOpenGLWidgets,
    }
    top = ModuleType("qtpy")
    for name, module in modules.items():
        setattr(top, name, module)
    return {"qtpy": top} | {f"qtpy.{name}": module for name, module in modules.items()}
