"""The neutral adult has the measurements of a person: within two standard deviations of published norms.

The neutral figure is half woman, half man, so each norm is the mean of the two sexes' means, and its standard
deviation the mean of those within each sex; the spread between the sexes would only make the tests laxer.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from app.domain.builtin import load_library
from app.geometry.figure import load_figure

FIGURE = load_figure()
VERTICES = FIGURE.neutral.vertices
LANDMARKS = load_library().landmarks

RESPIRATOR_SURVEY = (
    "NIOSH survey of U.S. respirator users, 2003, CDC data set RD-10130-2020-0 (Zhuang Z, Bradtmiller B. J Occup "
    "Environ Hyg 2005;2:567-576): means of the White, the Black and the other, mostly Asian, adults, a third each as "
    "the neutral figure is; computed from the published single measurements"
)
FARKAS = (
    "Farkas LG (ed). Anthropometry of the Head and Face, 2nd ed. Raven Press 1994 (North American adults)"
)
CONFIRMED = "confirmed as reprinted in Al-Sebaei MO. Head Face Med 2015;11:4"
NOT_CONFIRMED = "not confirmed: no open reprint was found"
HONG_KONG = "near the 93.0 and 88.4 mm of Jayaratne YSN et al. Biomed Res Int 2013:821428 (Hong Kong)"
KORFACE = "Maxillofac Plast Reconstr Surg 2019, s40902-019-0191-7, table 9 (Korean adults)"
ARMY = (
    "2012 Anthropometric Survey of U.S. Army Personnel, Natick/TR-15/007, 2014, public working data "
    "(4082 men, 1986 women); confirmed from others' summaries of that data"
)


@dataclass(frozen=True)
class Norm:
    """Mean and standard deviation, mm, of men and of women, and where they are published."""

    men: tuple[float, float]
    women: tuple[float, float]
    source: str

    def deviations(self, measured: float) -> float:
        """How many standard deviations a figure that is half of each lies from the norm."""
        return (measured - (self.men[0] + self.women[0]) / 2) / ((self.men[1] + self.women[1]) / 2)


NORMS = {
    "head breadth (eu-eu)": Norm((154.3, 5.5), (147.8, 5.2), ARMY),
    "bizygomatic breadth (zy-zy)": Norm((144.1, 6.9), (136.4, 6.3), RESPIRATOR_SURVEY),
    "glabella-trichion (g-tr)": Norm((61.4, 3.2), (55.4, 3.3), KORFACE),
    "inner canthal distance (en-en)": Norm((33.3, 2.7), (31.8, 2.3), f"{FARKAS}; {CONFIRMED}"),
    "outer canthal distance (ex-ex)": Norm((91.2, 3.0), (87.8, 3.2), f"{FARKAS}; {NOT_CONFIRMED}; {HONG_KONG}"),
    "nose width (al-al)": Norm((39.0, 3.7), (35.5, 3.2), RESPIRATOR_SURVEY),
    "mouth width (ch-ch)": Norm((51.9, 4.1), (48.6, 3.9), RESPIRATOR_SURVEY),
    "subnasale-gnathion (sn-gn)": Norm((72.6, 4.5), (64.3, 4.0), f"{FARKAS}; {NOT_CONFIRMED}"),
    "stature": Norm((1756.2, 68.6), (1628.5, 64.2), ARMY),
}


def place(name: str) -> np.ndarray:
    position = LANDMARKS[name].position
    assert position is not None, f"the landmark {name} is not placed"
    return np.array(position)


def breadth(name: str) -> float:
    return 2 * abs(float(place(name)[0]))


def distance(one: str, other: str) -> float:
    return float(np.linalg.norm(place(one) - place(other)))


def head_breadth() -> float:
    """The greatest breadth of the head above the ears."""
    above = float(place("sa")[1]) + 5
    head = np.unique(FIGURE.full.triangles[FIGURE.region("head")])
    return float(np.ptp(VERTICES[head][VERTICES[head, 1] > above][:, 0]))


MEASURED = {
    "head breadth (eu-eu)": head_breadth,
    "bizygomatic breadth (zy-zy)": lambda: breadth("zy"),
    "glabella-trichion (g-tr)": lambda: distance("g", "tr"),
    "inner canthal distance (en-en)": lambda: breadth("en"),
    "outer canthal distance (ex-ex)": lambda: breadth("ex"),
    "nose width (al-al)": lambda: breadth("al"),
    "mouth width (ch-ch)": lambda: breadth("ch"),
    "subnasale-gnathion (sn-gn)": lambda: distance("sn", "gn"),
    "stature": lambda: float(np.ptp(VERTICES[:, 1])),
}


@pytest.mark.parametrize("name", NORMS)
def test_the_neutral_adult_is_within_two_standard_deviations(name: str) -> None:
    measured = MEASURED[name]()
    norm = NORMS[name]
    away = norm.deviations(measured)
    assert abs(away) <= 2, f"{name} is {measured:.1f} mm, {away:+.1f} standard deviations; {norm.source}"


@pytest.mark.parametrize("name", ["zy", "g", "tr", "en", "ex", "al", "ch", "sn", "gn"])
def test_the_landmarks_measured_lie_on_the_figure(name: str) -> None:
    # Measurements between places that are not on the figure would prove nothing about it.
    assert np.linalg.norm(VERTICES - place(name), axis=1).min() < 2
