"""A finding's number in one written form, as every table and page shows it."""

import math
from decimal import Decimal

from kb.model import Finding

# These cannot exceed 1, so no zero stands before their point (APA 7, section 6.36).
_WITHIN_ONE = frozenset(("AUC", "C", "r", "sensitivity", "specificity", "rate", "ICC", "Brier", "p"))
# Always given to two decimals at least: .70 is read as the same precision as .74.
_TO_HUNDREDTHS = frozenset(("AUC", "C"))
_WITHOUT_INTERVAL = frozenset(("p", "none"))
_NO_INTERVAL = "no interval"


def number(finding: Finding) -> str:
    """The number with its interval or the words “no interval”, its n and follow-up; else the text.

    All figures of one finding have as many decimals as the longest of them, areas under a curve two at least.

    >>> from kb.model import Origin
    >>> number(Finding("auc", Origin("x.md"), "abstract", measure="AUC", value=0.74, n=286))
    'AUC .74, no interval, n = 286'
    """
    said = _said(finding)
    if not said:
        return finding.text
    return ", ".join(part for part in (said, _sample(finding), _follow_up(finding)) if part)


def _said(finding: Finding) -> str:
    """Measure, value and interval; "" where there is no value, or where the text states it."""
    value = _value(finding)
    if not value or (finding.measure == "none" and finding.text):
        return ""
    if finding.measure in _WITHOUT_INTERVAL:
        return f"p = {value}" if finding.measure == "p" else value
    named = value if finding.measure in {"percent", ""} else f"{finding.measure} {value}"
    if finding.ci_low is None or finding.ci_high is None:
        return f"{named}, {_NO_INTERVAL}"
    low, high = (_figure(end, finding) for end in (finding.ci_low, finding.ci_high))
    return f"{named} [{low}, {high}]"


def _value(finding: Finding) -> str:
    unit = "%" if finding.measure == "percent" else ""
    if finding.value is not None:
        return f"{_figure(finding.value, finding)}{unit}"
    if finding.low is None or finding.high is None:
        return ""
    return f"{_figure(finding.low, finding)}–{_figure(finding.high, finding)}{unit} (range)"


def _figure(figure: float, finding: Finding) -> str:
    if not math.isfinite(figure):
        return str(figure)
    text = f"{figure:,.{_decimals(finding)}f}".replace("-", "−")
    if finding.measure in _WITHIN_ONE and abs(figure) < 1:
        text = text.replace("0.", ".", 1)
    return text


def _decimals(finding: Finding) -> int:
    figures = (finding.value, finding.low, finding.high, finding.ci_low, finding.ci_high)
    least = 2 if finding.measure in _TO_HUNDREDTHS else 0
    places = [_places(one) for one in figures if one is not None and math.isfinite(one)]
    return max(least, *places, 0)


def _places(figure: float) -> int:
    exponent = Decimal(repr(figure)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _sample(finding: Finding) -> str:
    return "" if finding.n is None else f"n = {finding.n:,}"


def _follow_up(finding: Finding) -> str:
    if finding.follow_up is None:
        return ""
    years = f"{finding.follow_up:g} year{'' if finding.follow_up == 1 else 's'}"
    return f"{years} ({finding.follow_up_kind})" if finding.follow_up_kind else years
