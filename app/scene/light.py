"""The light the figure stands in."""

import pyvista

STUDIO = (
    # (position in the camera's frame: right, up, towards the viewer), intensity
    ((-0.6, 0.7, 1.0), 0.62),
    ((0.9, 0.2, 0.7), 0.34),
    ((0.0, -0.5, 0.8), 0.14),
)
"""Key, fill and a little from below; they go with the camera, so that no view lies in the dark."""


def set_lights(plotter: pyvista.BasePlotter) -> None:
    """Replace the plotter's lights by the studio's."""
    renderer = plotter.renderer
    renderer.remove_all_lights()
    for position, intensity in STUDIO:
        light = pyvista.Light(position=position, light_type="camera light", intensity=intensity)
        renderer.add_light(light)
