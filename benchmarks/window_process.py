"""One window in a process of its own, that tells when it was seen, when it answered, and what memory it took.

`python -m benchmarks.window_process ours|minimal MESH.vtp` prints a line of JSON: moments of the monotonic clock, in
seconds, and the peak memory in bytes.
"""

import json
import os
import resource
import sys
import time

os.environ.setdefault("QT_API", "pyside6")


class _Watch:
    """Notes the first paint of the first window, and the first turn of the event loop after the first frame."""

    def __init__(self) -> None:
        from PySide6.QtCore import QEvent, QObject, QTimer
        from PySide6.QtOpenGLWidgets import QOpenGLWidget

        watch = self

        class Filter(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
                if event.type() == QEvent.Type.Paint and watch.seen is None:
                    watch.seen = time.monotonic()
                elif event.type() == QEvent.Type.Show and isinstance(watched, QOpenGLWidget):
                    watched.frameSwapped.connect(watch.on_frame)
                return False

        self.seen: float | None = None
        self.drawn = False
        self.filter = Filter()
        self._later = QTimer.singleShot

    def on_frame(self) -> None:
        if not self.drawn:
            self.drawn = True
            self._later(0, self.tell)

    def tell(self) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        print(json.dumps({"seen": self.seen, "answers": time.monotonic(), "memory": peak}), flush=True)
        os._exit(0)


def minimal(mesh: str) -> None:
    """The least that shows a mesh in a window with pyvistaqt."""
    import pyvista
    from PySide6.QtWidgets import QApplication, QMainWindow
    from pyvistaqt import QtInteractor

    application = QApplication(sys.argv[:1])
    watch = _Watch()
    application.installEventFilter(watch.filter)
    window = QMainWindow()
    view = QtInteractor(window, auto_update=False)
    view.add_mesh(pyvista.read(mesh))
    window.setCentralWidget(view)
    window.resize(1280, 800)
    window.show()
    application.exec()


def ours() -> None:
    """Facepoints as it starts."""
    from app.ui import application

    make = application.make_application

    def make_watched():  # type: ignore[no-untyped-def]
        made = make()
        watch = _Watch()
        made.installEventFilter(watch.filter)
        made.watch = watch
        return made

    application.make_application = make_watched
    application.run(None)


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        ours()
    else:
        minimal(sys.argv[2])
