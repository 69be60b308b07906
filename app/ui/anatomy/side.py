"""Which one of a pair of points is shown where only one of them can be."""

from app.scene.camera import CameraState
from app.ui.state import ViewState

_AHEAD = 0.5  # degrees of turning to the person's right from which on that side is nearer to the eye


def side_at_hand(state: ViewState, camera: CameraState) -> str:
    """Return the side of the selected point that was pointed at, or else the one nearer to the eye.

    A point without a pair has only one side, "left" or "midline" by the way its place is stored: it gives "left".
    """
    point = state.selected
    if state.selected_side or point is None or point.laterality == "midline":
        return state.selected_side or "left"
    return "right" if camera.azimuth < -_AHEAD else "left"
