"""Leaves out of the start what pyvista imports and Facepoints never uses: the drawing half of matplotlib.

pyvista wants it for charts of its own, and imports it with its plotting: a third of that import's time, and 60
modules. While pyvista is imported, stand-ins take the place of the two modules that pull the rest in; a chart that is
drawn with pyvista later gets the real ones through them.
"""

import importlib
import sys
from collections.abc import Callable
from types import ModuleType

_PYPLOT, _AGG = "matplotlib.pyplot", "matplotlib.backends.backend_agg"


def import_pyvista() -> None:
    """Import pyvista's plotting and pyvistaqt, without what is imported for charts unless it is there already."""
    import matplotlib.backends  # noqa: F401  the packages themselves are light

    stand_ins = {name: _stand_in(name) for name in (_PYPLOT, _AGG) if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        import pyvistaqt  # noqa: F401
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)

    def get(attribute: str) -> object:
        if attribute.startswith("__"):  # asked by the import system, not by a user of the module
            raise AttributeError(attribute)
        if sys.modules.get(name) is module:
            # Taken out of the module while pyvista is imported, to be called when a chart is drawn.
            return _later(name, attribute)
        return getattr(importlib.import_module(name), attribute)

    module.__getattr__ = get  # type: ignore[method-assign]
    return module


def _later(name: str, attribute: str) -> Callable[..., object]:
    def call(*arguments: object, **named: object) -> object:
        return getattr(importlib.import_module(name), attribute)(*arguments, **named)

    return call
