"""What to beware of and how far to trust what is written: cautions, sources, disagreements."""

from app.domain.record import Name, Record


class Caution(Record, frozen=True, kw_only=True):
    """A condition of the client that changes or forbids treatment."""

    id: Name
    title: str
    rule: str = ""
    avoid_points: tuple[str, ...] = ()
    avoid_zones: tuple[str, ...] = ()
    action: str = ""
    evidence: str = ""
    confidence: str = ""
    sources: tuple[str, ...] = ()


class SideEffect(Record, frozen=True, kw_only=True):
    """An expected side effect and its published rate; `plain` says both in words for a client."""

    what: str
    rate: str = ""
    plain: str = ""
    source: str = ""


class Source(Record, frozen=True, kw_only=True):
    """A source and how far it is trusted."""

    id: Name
    kind: str = ""
    cite: str
    trust: str = ""
    caveat: str = ""
    read_as: str = ""


class Disagreement(Record, frozen=True, kw_only=True):
    """Where sources differ about a point, and what Facepoints does."""

    point: str
    topic: str
    detail: str
    product: str = ""


class ScaleStep(Record, frozen=True, kw_only=True):
    """A step of the evidence or confidence scale."""

    id: Name
    meaning: str


class ExcludedSite(Record, frozen=True, kw_only=True):
    """A site that is left out, and why."""

    name: str
    why: str


class Unverified(Record, frozen=True, kw_only=True):
    """What was not checked against a source."""

    topic: Name
    items: tuple[str, ...]
