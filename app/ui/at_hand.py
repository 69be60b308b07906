"""Which one of a pair of points is meant where only one of them can be shown."""

from app.geometry.sites import Sites
from app.scene.stage import Stage
from app.ui.state import ViewState


def nearest(stage: Stage, sites: Sites, own: tuple[int, ...]) -> int | None:
    """Return that one of some sites that faces the camera most; the first of equals, which is the left one."""
    if not own:
        return None
    if stage.markers.sites is sites:
        normals = stage.markers.site_normals[list(own)]
    else:
        normals = sites.subset(own).normals(stage.figure, stage.pose.vertices)
    facing = (normals @ stage.views.state.backward).round(2)
    return own[int(facing.argmax())]


def selected_site(state: ViewState, stage: Stage) -> int | None:
    """Return the site of the selected point that was pointed at, or else the one that faces the camera."""
    return nearest(stage, state.sites, state.selected_sites)
