"""Numbers in one written form."""

from dataclasses import replace

import pytest

from kb.model import Finding, Origin
from kb.render import number

AUC = Finding("auc", Origin("x.md"), "abstract", measure="AUC", value=0.74, ci_low=0.66, ci_high=0.82, n=286)


BARE = replace(AUC, value=None, ci_low=None, ci_high=None, n=None)


def of(measure: str, value: float | None = None, *, ci: tuple[float, float] | None = None) -> Finding:
    low, high = ci or (None, None)
    return replace(BARE, measure=measure, value=value, ci_low=low, ci_high=high)


def test_a_number_stands_with_interval_n_and_follow_up() -> None:
    """All that is needed to judge it is said at once."""
    assert number(replace(AUC, follow_up=5.0, follow_up_kind="fixed")) == (
        "AUC .74 [.66, .82], n = 286, 5 years (fixed)"
    )


def test_a_missing_interval_is_said_in_words() -> None:
    """A number without an interval does not pass for a precise one."""
    assert number(replace(AUC, ci_low=None)) == "AUC .74, no interval, n = 286"
    assert number(of("percent", 12)) == "12%, no interval"


@pytest.mark.parametrize(
    ("finding", "shown"),
    [
        (replace(of("percent"), low=12, high=30.5), "12.0–30.5% (range), no interval"),
        (of("HR", 0.5, ci=(0.05, 1.25)), "HR 0.50 [0.05, 1.25]"),
        (of("r", -0.3, ci=(-0.42, 0.1)), "r −.30 [−.42, .10]"),
        (of("AUC", 1, ci=(0.9, 1)), "AUC 1.00 [.90, 1.00]"),
        (of("p", 0.03), "p = .03"),
        (of("mean", 11470.5), "mean 11,470.5, no interval"),
        (of("B", 0.00001), "B 0.00001, no interval"),
        (replace(of("AUC", 0.7), n=11470, follow_up=1.0), "AUC .70, no interval, n = 11,470, 1 year"),
        (
            replace(of("percent", 8), follow_up=2.5, follow_up_kind="mean"),
            "8%, no interval, 2.5 years (mean)",
        ),
        (replace(of("none"), text="Calls rose to 40."), "Calls rose to 40."),
        (replace(of("none", 40), text="Calls rose to 40."), "Calls rose to 40."),
        (of("none", 40), "40"),
        (of("AUC", float("nan")), "AUC nan, no interval"),
        (of("AUC"), ""),
    ],
)
def test_each_measure_has_its_form(finding: Finding, shown: str) -> None:
    """Units, signs, decimals and ranges are written as the field writes them."""
    assert number(finding) == shown
