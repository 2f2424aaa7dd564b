"""Under which of its names a topic was found in a work."""

import pytest

from kb.search import Expansion, under_name

CSAM = Expansion(
    "CSAM",
    "csam",
    "Child sexual abuse material",
    ("Child sexual abuse material", "IIOC"),
    ("CSAM consumption", "child pornography"),
    ("child pornography",),
)


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["Viewing CSAM"], ""),
        (["Viewing child sexual abuse materials"], "under the name: Child sexual abuse material"),
        (["Child-pornography and risk"], "under its older name: child pornography"),
        (["", "Risk.", "On CHILD PORNOGRAPHY."], "under its older name: child pornography"),
        (["IIOC, once child pornography"], "under the name: IIOC"),
        (["child pornography, now CSAM"], ""),
        (["child and pornography"], ""),
        ([], ""),
    ],
)
def test_the_name_in_the_text_is_told_unless_it_is_the_typed_one(texts: list[str], reason: str) -> None:
    """Names in use go before older ones, whole names only, in any inflection."""
    assert under_name([CSAM], texts) == reason


def test_names_to_be_used_with_care_are_told_as_such() -> None:
    """They are not older: somebody still writes them."""
    care = Expansion("paedophilia", "p", "Paedophilia", (), ("paedophile",), ())
    assert under_name([care], ["The pedophile next door"]) == "under a name to be used with care: paedophile"


def test_several_topics_have_their_reasons_side_by_side() -> None:
    """Each once, in the order of the query."""
    tool = Expansion("Static99R", "s", "Static-99R", ("Static-99R",))
    said = under_name([CSAM, tool, CSAM], ["Static 99 R and child pornography"])
    assert said == "under its older name: child pornography"
