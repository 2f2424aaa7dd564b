"""People under all their names: found, counted once, and told apart from a tool's developers."""

from conftest import WriteLibrary

import kb
from kb.base import Base
from kb.ingest import ingest

BIB = """
@article{seto2015predicting,
  author = {Seto, Michael C. and Eke, Angela W.},
  title = {Building a Tool for Ranking},
  journaltitle = {Sexual Abuse: A Journal of Research and Treatment},
  date = {2015},
}
@article{eke2019validation,
  author = {Eke, A. W. and Helmus, L. M. and Seto, M. C.},
  title = {Testing the Tool Again},
  journaltitle = {Sexual Abuse},
  date = {2019},
}
@article{soldino2021independent,
  author = {Soldino, Virginia and Merdian, Hannah L.},
  title = {Another Country},
  journaltitle = {Child Abuse & Neglect},
  date = {2021},
}
@article{seto2018gardens,
  author = {Seto, Angela},
  title = {Gardens},
  journaltitle = {Child Abuse Negl.},
  date = {2018},
}
@article{hidden2022,
  author = {Somebody, Ann and others},
  title = {Many Hands},
  date = {2022},
}
"""
TOOL = """---
kind: tool
label: CPORT
developers: ["Seto, Michael C.", "Eke, Angela W."]
development: seto2015predicting
---
A tool.
"""


def _study(citekey: str, more: str = "") -> str:
    return f"""---
kind: study
work: {citekey}
{more}
findings:
  - id: one
    tool: cport
    text: Something was found.
    where: abstract
---
"""


def _base(library: WriteLibrary, **studies: str) -> Base:
    notes = {"tools/cport.md": TOOL} | {f"studies/{k}.md": _study(k, more) for k, more in studies.items()}
    home = library(bib={"a.bib": BIB}, notes=notes)
    ingest(home)
    return kb.open(home.database)


def _found(base: Base, query: str) -> set[str]:
    return {hit.work.citekey for hit in base.search(query).hits}


def test_a_person_is_found_under_every_spelling(library: WriteLibrary) -> None:
    """By initials and by the whole name; another person of that family is not."""
    base = _base(library)
    both = {"seto2015predicting", "eke2019validation"}
    for typed in ('"Seto, M. C."', '"Michael Seto"', '"Seto, Michael C."', '"seto m"'):
        assert _found(base, f"author:{typed}") == both
    assert _found(base, "author:seto") == both | {"seto2018gardens"}
    assert _found(base, 'author:"Seto, Angela"') == {"seto2018gardens"}
    assert _found(base, "Michael Seto") >= both


def test_who_was_meant_is_said(library: WriteLibrary) -> None:
    """With the other spellings; and that nobody was."""
    base = _base(library)
    assert base.search('author:"Seto, M."').messages == (
        "“Seto, M.” is Seto, Michael C. (also Seto, M. C.).",
    )
    nobody = base.search('author:"Seto, Zoe"')
    assert (nobody.total, nobody.messages) == (0, ("Nobody who signed a work is called “Seto, Zoe”.",))


def test_names_stand_for_a_person_among_alternatives_and_with_a_minus(library: WriteLibrary) -> None:
    """As other fields do."""
    base = _base(library)
    either = 'author:"Seto, Angela" OR author:"Soldino, V."'
    assert _found(base, either) == {"seto2018gardens", "soldino2021independent"}
    assert _found(base, 'author:seto -author:"Seto, Michael"') == {"seto2018gardens"}


def test_a_journal_is_found_by_its_abbreviation_and_by_its_name(library: WriteLibrary) -> None:
    """Whichever an entry has, and though nobody wrote the abbreviation of ISO 4."""
    base = _base(library)
    for typed in ('"Child Abuse Negl"', '"Child Abuse & Neglect"', '"Child Abuse Negl."'):
        assert _found(base, f"journal:{typed}") == {"soldino2021independent", "seto2018gardens"}
    for typed in ('"Sex. Abuse"', '"Sexual Abuse"'):
        assert _found(base, f"journal:{typed}") == {"seto2015predicting", "eke2019validation"}


def test_studies_of_a_tool_are_told_apart(library: WriteLibrary) -> None:
    """Its developers' own, under whatever spelling; independent; and what nobody can tell."""
    studied = ("seto2015predicting", "eke2019validation", "soldino2021independent", "hidden2022")
    base = _base(library, **dict.fromkeys(studied, ""))
    told = {line.work.citekey: line.independence for line in base.evidence("cport")}
    assert {citekey: found.word for citekey, found in told.items() if found} == {
        "seto2015predicting": "developers",
        "eke2019validation": "developers",
        "soldino2021independent": "independent",
        "hidden2022": "unknown",
    }
    assert told["eke2019validation"] is not None
    assert told["eke2019validation"].because.startswith("a developer is among its authors: Eke, Angela W.")


def test_what_a_note_says_of_independence_comes_first(library: WriteLibrary) -> None:
    """With its reason."""
    said = "independent: {value: false, because: the authors work for the developers}"
    base = _base(library, soldino2021independent=said)
    found = base.evidence("cport")[0].independence
    assert found is not None
    assert (found.value, found.because) == (False, "the authors work for the developers")
