"""Mouse and keys over the figure while the room is entered: which of them touch points, which move the camera.

Installed after the viewport's own filter, so it is asked first; what it leaves alone moves the camera as everywhere.
Points move with the left button and the move tool only; the right button always turns the figure, and so does the
left one while Space is held or with the select tool. Esc puts back what a hand has lifted.
"""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from app.geometry.bench import way_words
from app.geometry.figure import Floats
from app.geometry.sliding import Place
from app.geometry.sliding_together import Carried, moved_together
from app.ui.edit.aim import Aim
from app.ui.edit.drag import KEPT_BACK, Drag, stored_site
from app.ui.edit.figure import EditFigure
from app.ui.edit.session import EditSession, locked_words
from app.ui.viewport import TURN_PER_PIXEL, Viewport

FINE_MM, STEP_MM, STEP_CUN = 0.1, 1.0, 0.1
LIFT_PX = 4
"""A point is lifted only once the mouse has gone this far: a click that trembles moves nothing."""
RULE_PAUSE_MS = 60
ASTRAY_PX = 28
"""A point that stays so far behind the mouse is kept back by something, and the hand is told by what."""

_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}


class Gestures(QObject):
    """Turns mouse and keys into edits.

    Signals:
        looked: what is under the mouse or in the hand, in words.
        began: a hand does the next thing: what was refused before is past.
        measured: where what is in the hand lies from its rules, in words; empty once it is let go.
        kept_back: why what is in the hand does not follow it; empty once it does.
        carried: the point in the hand as it would be if it were let go now; None once it is let go.
    """

    looked = Signal(str)
    began = Signal()
    measured = Signal(str)
    kept_back = Signal(str)
    carried = Signal(object)

    def __init__(self, session: EditSession, figure: EditFigure, viewport: Viewport) -> None:
        super().__init__(viewport)
        self._session = session
        self._figure = figure
        self._viewport = viewport
        self._aim = Aim(session, viewport)
        self._pressed: QPointF | None = None
        self._turning: QPointF | None = None
        self._space = False
        self._click = False
        self._drag: Drag | None = None
        self._kept_back = ""
        self._wanted: Floats | None = None
        self._rules = QTimer(self)
        self._rules.setSingleShot(True)
        self._rules.setInterval(RULE_PAUSE_MS)
        self._rules.timeout.connect(self._find_rule_place)

    @property
    def drag(self) -> Drag | None:
        """What is in the hand."""
        return self._drag

    def enter(self) -> None:
        if self._viewport.plotter is not None:
            self._viewport.plotter.installEventFilter(self)

    def leave(self) -> None:
        self.cancel()
        if self._viewport.plotter is not None:
            self._viewport.plotter.removeEventFilter(self)

    def cancel(self) -> bool:
        """Put back what is in the hand; returns whether there was anything."""
        had = self._drag is not None
        self._drag, self._pressed, self._click = None, None, False
        self._rules.stop()
        self._keep_back("")
        self.measured.emit("")
        self.carried.emit(None)
        self._figure.carry(())
        self._figure.preview(())
        return had

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._viewport.stage is None:
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent):
            return self._on_key(event)
        if kind == QEvent.Type.Wheel:
            return self._session.frozen
        if kind == QEvent.Type.Leave and self._drag is None:
            self._figure.hover(None)
            self._figure.preview(())
            self.looked.emit("")
        if isinstance(event, QMouseEvent):
            taken = self._on_mouse(event)
            if taken:
                event.accept()
            return taken
        return False

    def _on_mouse(self, event: QMouseEvent) -> bool:
        kind, button = event.type(), event.button()
        if kind == QEvent.Type.MouseMove:
            return self._on_move(event)
        right = button == Qt.MouseButton.RightButton
        if right and kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._begin_turn(event.position())
            return True
        if right and kind == QEvent.Type.MouseButtonRelease:
            self._end_turn()
            return True
        if button == Qt.MouseButton.MiddleButton:
            return self._session.frozen
        if button != Qt.MouseButton.LeftButton or self._space:
            return False
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return self._on_press(event)
        return self._on_release(event)

    def _on_press(self, event: QMouseEvent) -> bool:
        self._viewport.setFocus(Qt.FocusReason.MouseFocusReason)
        self.began.emit()
        site = self._aim.site(event.position())
        self._pressed, self._click = event.position(), True
        if self._session.tool == "move" and site is not None and not _adds(event):
            self._lift(site)
        # With the select tool a drag turns the figure, so the viewport hears of it too.
        return self._session.tool != "select" or self._session.frozen

    def _on_move(self, event: QMouseEvent) -> bool:
        if self._turning is not None:
            self._turn(event.position())
            return True
        if self._drag is not None:
            self._carry(event.position())
            return True
        if self._pressed is not None:
            far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far and self._click and self._session.tool == "move" and self._aim.site(self._pressed) is None:
                self._session.refused.emit(
                    "There is no point here; begin on one. The right button turns the figure."
                )
            self._click = self._click and not (far and self._session.tool != "place")
            if self._session.tool == "place":
                self._show_next(event.position())
            return self._session.tool != "select" or self._session.frozen
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(event.position())
            return True
        return self._session.frozen

    def _on_release(self, event: QMouseEvent) -> bool:
        pressed, self._pressed = self._pressed, None
        if self._drag is not None:
            self._drop()
            return True
        if pressed is None or not self._click:
            return self._session.tool != "select" or self._session.frozen
        if self._session.tool == "place":
            self._put(event.position())
            return True
        site = self._aim.site(event.position())
        add = _adds(event)
        if site is not None:
            self._session.select([self._session.sites.codes[site]], add)
        elif not add:
            self._session.select(())
        # The viewport has seen the press with the select tool and must see its end; nobody listens to its click.
        return self._session.tool != "select" or self._session.frozen

    def _lift(self, site: int) -> None:
        """Take a point in the hand, with all that are selected if it is one of them."""
        session = self._session
        code = session.sites.codes[site]
        point = session.point(code)
        together = [one for one in session.selected if one != code] if code in session.selected else []
        session.select([*together, code])
        if point is None or point.locked:
            session.refused.emit(locked_words([code]))
            return
        places = session.bound.places(point)
        own = session.sites.indices(code).index(site)
        _, place = places[own]
        number = stored_site(point.laterality, [side for side, _ in places], own)
        self._drag = Drag(code, number, place, place)
        if together:
            self._drag.others = session.carried(place.side, (code, number))
        self._wanted = None
        self._rules.start()

    def _carry(self, at: QPointF) -> None:
        drag, session = self._drag, self._session
        assert drag is not None
        if not drag.lifted:
            if self._pressed is None or (at - self._pressed).manhattanLength() < LIFT_PX:
                return
            drag.lifted = True
            self._figure.carry((drag.code, *(one.code for one in drag.others)))
            if session.staying:
                session.refused.emit(locked_words(session.staying))
        drag.place = self._aim.dragged(drag.place, at)
        drag.moved = moved_together(session.skin, drag.start, drag.place, drag.others)
        shown, names = [], []
        for place, code in ((drag.place, drag.code), *((one.place, one.code) for one in drag.moved)):
            sides = self._with_partner(place, code)
            shown += sides
            names += [code] * len(sides)
        self._figure.preview(shown, names)
        self.carried.emit(session.moved(drag.code, drag.place, drag.site))
        self.looked.emit(self._words(drag.place, drag.code))
        self._tell_what_keeps_back(drag, at)

    def _tell_what_keeps_back(self, drag: Drag, at: QPointF) -> None:
        reason = ""
        if (self._aim.seen(drag.place) - at).manhattanLength() > ASTRAY_PX:
            reason = self._aim.obstacle(drag.place, at)
            reason = "midline" if not reason and drag.start.side == "midline" else reason
        self._keep_back(KEPT_BACK[reason].format(code=drag.code) if reason else "")

    def _keep_back(self, sentence: str) -> None:
        if sentence != self._kept_back:
            self._kept_back = sentence
            self.kept_back.emit(sentence)

    def _drop(self) -> None:
        drag, session = self._drag, self._session
        assert drag is not None
        self.cancel()
        self.looked.emit("")
        if not drag.lifted:
            session.select([drag.code])
        elif drag.others:
            session.move_together([Carried(drag.code, drag.site, drag.place), *drag.moved])
        else:
            session.move(drag.code, drag.place, drag.site)

    def _put(self, at: QPointF) -> None:
        place = self._aim.place(at)
        self._figure.preview(())
        if place is None and self._aim.hit(at)[1] is None:
            self._session.refused.emit("There is no skin here; click on the figure.")
        elif place is None:
            self._session.refused.emit("Eyes and the inside of the mouth take no points; click on skin.")
        else:
            self._session.put(place)

    def _hover(self, at: QPointF) -> None:
        if self._session.tool == "place":
            self._show_next(at)
            return
        site = self._aim.site(at)
        self._figure.hover(site)
        if site is None:
            place = self._aim.place(at)
            self.looked.emit("" if place is None else self._words(place, ""))
            return
        point = self._session.point(self._session.sites.codes[site])
        if point is not None:
            names = "  ".join(part for part in (point.code, point.pinyin, point.english) if part)
            self.looked.emit(f"{names}{'  locked' if point.locked else ''}")

    def _show_next(self, at: QPointF) -> None:
        place = self._aim.place(at)
        if place is None:
            self._figure.preview(())
            self.looked.emit("")
            return
        code = self._session.next_code or ""
        shown = self._with_partner(place, code)
        self._figure.preview(shown, [code] * len(shown))
        self.looked.emit(self._words(place, code))

    def _with_partner(self, place: Place, code: str) -> list[Place]:
        point = self._session.point(code) if code else None
        linked = point is None or (point.laterality == "bilateral" and point.position_right is None)
        if place.side == "midline" or not self._session.both_sides or not linked:
            return [place]
        return [place, self._session.skin.mirror(place)]

    def _words(self, place: Place, code: str) -> str:
        session = self._session
        x, y, z = place.position
        parts = [f"{x:.1f}, {y:.1f}, {z:.1f} mm"]
        nears = [session.bench.nearest_landmark(place.position)]
        others = self._drag.others if self._drag is not None else []
        if not others:
            nears.append(session.bench.nearest_point(place.position, session.sites, session.places, code))
        parts += [
            f"{near.name} {near.mm:.1f} mm ({near.mm / session.bench.cun_mm:.2f} cun)"
            for near in nears
            if near is not None
        ]
        if self._wanted is not None and self._drag is not None:
            left = place if place.side != "right" else session.skin.mirror(place)
            parts.append(way_words(left.position, self._wanted, code))
            self.measured.emit(f"{code} in the hand: {parts[-1]}")
        elif self._drag is not None:
            way = float(np.linalg.norm(place.position - self._drag.start.position))
            parts.append(f"moved {way:.1f} mm")
        if others:
            parts.append(f"with {len({one.code for one in others} - {code})} more")
        return "   ".join(parts)

    def _find_rule_place(self) -> None:
        """Where the rules of the point in the hand want it; asked a moment after it was lifted, for it takes time."""
        drag, session = self._drag, self._session
        point = None if drag is None else session.point(drag.code)
        if point is None or drag is None or not point.constraints or drag.site:
            return
        sites = session.bound.sites((*session.points, *(p for p in session.base.points.values())))
        scene = session.bench.scene(sites, sites.positions(session.figure, session.figure.neutral.vertices))
        self._wanted = session.bench.by_rules(scene, point)

    def _on_key(self, event: QKeyEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = pressed
            return True
        if not pressed:
            return False
        self.began.emit()
        if event.key() == Qt.Key.Key_Escape:
            # What is in the hand goes back first; with nothing in it the list ends that is being placed.
            if not self.cancel():
                self._session.end_template()
            return True
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None or not self._session.selected or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        distance = FINE_MM
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            distance = STEP_CUN * self._session.bench.cun_mm
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            distance = STEP_MM
        stage = self._viewport.stage
        assert stage is not None
        right, up = stage.views.state.axes
        self._session.nudge(arrow[0] * right + arrow[1] * up, distance)
        return True

    def _begin_turn(self, at: QPointF) -> None:
        if not self._session.frozen and self._viewport.stage is not None:
            self._turning = at
            self._viewport.stage.begin_motion()

    def _turn(self, at: QPointF) -> None:
        assert self._turning is not None
        step, self._turning = at - self._turning, at
        self._viewport.turn(-step.x() * TURN_PER_PIXEL, step.y() * TURN_PER_PIXEL)

    def _end_turn(self) -> None:
        self._turning = None
        if self._viewport.stage is not None:
            self._viewport.stage.end_motion()
            self._viewport.request_render()


def _adds(event: QMouseEvent) -> bool:
    """Whether a click adds to what is selected, or takes from it."""
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return bool(event.modifiers() & keys)
