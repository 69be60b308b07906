"""Reading and writing plans. A plan is a file of its own, apart from the point sets: NAME.plan.json."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from app.domain.areas import AREAS
from app.domain.canonical import canonical_json
from app.domain.explain import explain_value
from app.domain.library import Library
from app.domain.names import normal, suggestion
from app.domain.plan import PLAN_FORMAT, PLAN_VERSION, Plan
from app.domain.problems import FileProblem
from app.domain.storage import check_version, parse_json, read_bytes, write_bytes
from app.domain.unknown import lift_unknown


def read_plan(path: Path, library: Library) -> Plan:
    """The plan in a file, every name in it known to the library. Raises FileProblem, one sentence."""
    return parse_plan(read_bytes(path), path, library)


def parse_plan(data: bytes, path: Path, library: Library) -> Plan:
    """The plan in the bytes of a file; `path` is named in problems. Raises FileProblem."""
    raw = parse_json(data, path)
    if not isinstance(raw, dict) or raw.get("format") != PLAN_FORMAT:
        remedy = f'open a file that begins with "format": "{PLAN_FORMAT}"'
        raise FileProblem(path, "format", "this is not a plan of Facepoints", remedy)
    check_version(raw.get("version"), PLAN_VERSION, path)
    lift_unknown(raw, Plan)
    try:
        plan = msgspec.convert(raw, Plan)
    except msgspec.ValidationError as error:
        raise explain_value(error, raw, path) from None
    for problem in _problems(plan, path, library):
        raise problem
    return plan


def write_plan(path: Path, plan: Plan) -> None:
    """Write a plan in canonical form, atomically. Raises FileProblem; the file that was there is then untouched."""
    write_bytes(path, canonical_json(plan).encode())


def _problems(plan: Plan, path: Path, library: Library) -> Iterator[FileProblem]:
    """Names that nothing has, and names that are there twice."""
    for place in ("needles", "added", "dropped"):
        codes: tuple[str, ...] = getattr(plan, place)
        yield from _unknown("point", place, codes, library.points, path, library.aliases)
        for index, code in enumerate(codes):
            if code in codes[:index]:
                yield FileProblem(
                    path, f"{place}[{index}]", f"{code} is there twice", "take one of the two out"
                )
    treatments = [own for own in (plan.treatment, plan.body_variant) if own]
    answers = [answer.caution for answer in plan.answers]
    answers += plan.denied
    areas = [area for answer in plan.answers for area in answer.areas]
    yield from _unknown("goal", "goals", plan.goals, library.goals, path)
    yield from _unknown("treatment", "treatment", treatments, library.treatments, path)
    yield from _unknown("caution", "answers", answers, library.cautions, path)
    yield from _unknown("caution", "decided", plan.decided, library.cautions, path)
    yield from _unknown("area", "answers", areas, AREAS, path)


def _unknown(
    kind: str,
    place: str,
    names: Iterable[str],
    known: Iterable[str],
    path: Path,
    aliases: Mapping[str, str] | None = None,
) -> Iterator[FileProblem]:
    own = set(known)
    for name in names:
        if name not in own:
            near = suggestion(name, aliases or {normal(one): one for one in own})
            remedy = f"correct the name, or open the point set that has the {kind} first"
            yield FileProblem(path, place, f"the {kind} {name} is not known{near}", remedy)
