"""The findings of a study note: each whole, with a locator, or not at all."""

from kb.model import DIRECTIONS, MEASURES, Finding
from kb.read.notes.form import Form

_FOLLOW_UPS = ("fixed", "mean", "median", "maximum")

# What a measure can be at all; a value outside is a slip of the pen or of the measure.
_BOUNDS = {
    **dict.fromkeys(("AUC", "C", "sensitivity", "specificity", "rate", "Brier", "p"), (0.0, 1.0)),
    **dict.fromkeys(("OR", "RR", "HR", "DOR", "EO"), (0.0, float("inf"))),
    **dict.fromkeys(("r", "ICC"), (-1.0, 1.0)),
    "percent": (0.0, 100.0),
}


def read_findings(form: Form) -> tuple[Finding, ...]:
    """The findings that are whole, in order; each other one is reported and left out."""
    found: dict[str, Finding] = {}
    for part in form.parts("findings"):
        finding = _finding(part)
        part.close()
        lacking = "another finding of this note has the same id" if finding.id in found else _lacking(finding)
        if lacking:
            _drop(part, finding, lacking)
            continue
        _doubt(part, finding)
        form.adopt(part)
        found[finding.id] = finding
    return tuple(found.values())


def _finding(part: Form) -> Finding:
    low, high = part.pair("range")
    ci_low, ci_high = part.pair("ci")
    years, kind = _follow_up(part)
    return Finding(
        id=part.text("id"),
        origin=part.origin,
        where=part.text("where"),
        subjects=(*part.names("tool"), *part.names("intervention"), *part.names("programme")),
        comparator=part.text("comparator"),
        arms=part.texts("arms"),
        outcome=part.name("outcome"),
        measure=part.choice("measure", MEASURES) or "",
        value=part.number("value"),
        low=low,
        high=high,
        ci_low=ci_low,
        ci_high=ci_high,
        n=part.whole("n", least=1),
        events=part.whole("events", least=0),
        follow_up=years,
        follow_up_kind=kind,
        subgroup=part.text("subgroup"),
        samples=(*part.names("sample"), *part.names("samples", field="sample")),
        via=part.work("via"),
        text=part.text("text"),
        direction=part.choice("direction", DIRECTIONS) or "",
        topics=part.names("topics"),
    )


def _follow_up(part: Form) -> tuple[float | None, str]:
    follow_up = part.part("follow_up")
    if follow_up is None:
        return None, ""
    years = follow_up.number("years")
    kind = follow_up.choice("kind", _FOLLOW_UPS) or ""
    follow_up.close()
    if years is None:
        follow_up.missing("years", "the follow-up was left out")
        return None, ""
    if years < 0:
        follow_up.tell(
            "note-value", "The years of a follow-up are 0 or more.", "Correct years, or remove it."
        )
        return None, ""
    return years, kind


def _lacking(finding: Finding) -> str:
    """Why a finding cannot be stored; "" if it can."""
    numeric = finding.value is not None or finding.low is not None
    if not finding.id:
        return "it has no id"
    if "#" in finding.id or " " in finding.id:
        return "its id holds a space or a #"
    if not finding.where:
        return "it does not say where in the work it stands"
    if numeric and not finding.measure:
        return "it has a number, but no measure that is known"
    if not numeric and not finding.text:
        return "it has neither a value, a range nor a text"
    return ""


def _drop(part: Form, finding: Finding, lacking: str) -> None:
    name = f"The finding {finding.id}" if finding.id else "A finding"
    remedy = "A finding needs an id of its own, where, and a value or range with its measure, or a text."
    part.tell("finding-dropped", f"{name} was not stored: {lacking}.", remedy)


def _doubt(part: Form, finding: Finding) -> None:
    """Warn of numbers that cannot all be right, and of a text that leaves open what it means."""
    name = f"The finding {finding.id}"
    low, high = finding.ci_low, finding.ci_high
    value = finding.value
    if value is not None and low is not None and high is not None and not low <= value <= high:
        message = f"{name} has the value {value:g}, outside its interval [{low:g}, {high:g}]."
        part.doubt("finding-interval", "ci", message, "Look the numbers up again.")
    if finding.n and finding.events and finding.events > finding.n:
        message = f"{name} has {finding.events} events among n = {finding.n}."
        part.doubt("finding-events", "events", message, "Look the numbers up again.")
    least, most = _BOUNDS.get(finding.measure, (float("-inf"), float("inf")))
    for number in (value, finding.low, finding.high, low, high):
        if number is not None and not least <= number <= most:
            message = (
                f"{name} says {finding.measure} {number:g}, but this measure goes from {least:g} to {most:g}."
            )
            part.doubt("finding-unit", "measure", message, "Correct the number, its unit or the measure.")
            break
    if finding.text and value is None and finding.low is None and "direction" not in part:
        message = f"{name} is a text that does not say its direction."
        part.doubt("finding-direction", "text", message, f"Add direction: one of {', '.join(DIRECTIONS)}.")
