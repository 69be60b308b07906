"""The light the figure stands in."""

import pyvista

STUDIO = (
    # position in the camera's frame: right, up, towards the viewer; intensity; colour
    ((-0.7, 0.75, 1.0), 0.64, (1.0, 0.965, 0.92)),
    ((0.95, 0.2, 0.65), 0.36, (0.93, 0.96, 1.0)),
    ((0.1, 0.1, 1.0), 0.18, (1.0, 0.98, 0.96)),
)
"""Key, fill and one beside the viewer; they go with the camera, so that no view lies in the dark."""


def set_lights(plotter: pyvista.BasePlotter) -> None:
    """Replace the plotter's lights by the studio's."""
    renderer = plotter.renderer
    renderer.remove_all_lights()
    for position, intensity, color in STUDIO:
        light = pyvista.Light(position=position, light_type="camera light", intensity=intensity, color=color)
        renderer.AddLight(light)
