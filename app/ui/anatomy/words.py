"""Names, keys and explanations of the anatomy's layers and expressions."""

from collections.abc import Mapping

from app.ui.anatomy.state import LayerName

LAYER_WORDS: Mapping[LayerName, tuple[str, str, str]] = {
    "channels": ("Channels", "Shift+C", "Channels as ways through their points, each with its name"),
    "zones": ("Caution zones", "Shift+Z", "Vessels, nerves and the eye socket, by how great the risk is"),
    "muscles": (
        "Muscles",
        "Shift+M",
        "Muscles of expression and chewing; lit where a chosen group works on them",
    ),
    "wrinkles": ("Wrinkle lines", "Shift+W", "Lines of the skin; lit where a chosen group works on them"),
    "landmarks": ("Landmarks", "Shift+L", "Landmarks that locations start from, with their names"),
    "proportions": (
        "Thirds and fifths",
        "Shift+T",
        "The face divided into three by height and five by width",
    ),
    "construction": ("How it is found", "H", "Landmarks, lines and cun by which the selected point is found"),
}
"""Words, key and explanation of each layer."""

RISK_WORDS: Mapping[str, str] = {
    "very high": "Very high risk",
    "high": "High risk",
    "medium": "Medium risk",
    "caution": "Infection",
    "low": "Low risk",
}

EXPRESSIONS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "raise": ("Brows up", {"brow_up": 1.0, "brow_inner_up": 0.8, "brow_outer_up": 0.3}),
    "frown": ("Frown", {"brow_down": 1.0}),
    "squint": ("Squint", {"squint": 0.6}),
    "nose": ("Wrinkle nose", {"nose_wrinkle": 1.0}),
    "smile": ("Smile", {"smile": 0.75, "squint": 0.15}),
    "pucker": ("Pucker", {"pucker": 0.75}),
    "corners": ("Corners down", {"frown": 0.8}),
    "neck": ("Tense neck", {"platysma": 1.0}),
}
"""Words and expression units, at their fullest, of each expression that has a slider."""

EYES = "eyes"
EYES_WORDS = "Eyes shut"
"""The slider of the eyes, which shows and changes the same as the action of that name."""


def expression_weights(amounts: Mapping[str, float]) -> dict[str, float]:
    """Unit weights of several expressions at once, each 0 to 1; a unit never goes beyond 1."""
    weights: dict[str, float] = {}
    for name, amount in amounts.items():
        for unit, full in EXPRESSIONS[name][1].items():
            weights[unit] = min(1.0, weights.get(unit, 0.0) + full * amount)
    return weights
