"""People under all their names: found, counted once, and told apart from a tool's developers."""

from conftest import WriteLibrary

import kb
from kb.base import Base
from kb.ingest import Report, ingest
from kb.library import Library

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


OTHER = """---
kind: tool
label: Risk Matrix 2000
developers: ["Thornton, David", "Somebody, Ann"]
---
Another tool.
"""
PROGRAMME = """---
kind: programme
label: Get Help
---
A programme.
"""
TOPIC = """---
kind: topic
label: Self-help
facet: intervention
---
A topic.
"""
NOTES = {
    "tools/cport.md": TOOL,
    "tools/rm2000.md": OTHER,
    "programmes/get-help.md": PROGRAMME,
    "topics/self-help.md": TOPIC,
}


def _study(citekey: str, more: str = "", on: str = "tool: cport") -> str:
    return f"""---
kind: study
work: {citekey}
{more}
findings:
  - id: one
    {on}
    text: Something was found.
    where: abstract
---
"""


def _written(library: WriteLibrary, on: str, studies: dict[str, str]) -> tuple[Base, Report]:
    notes = NOTES | {f"studies/{k}.md": _study(k, more, on) for k, more in studies.items()}
    home = library(bib={"a.bib": BIB}, notes=notes)
    report = ingest(home)
    return kb.open(home.database), report


def _base(library: WriteLibrary, on: str = "tool: cport", **studies: str) -> Base:
    return _written(library, on, studies)[0]


def _words(base: Base, about: str) -> dict[str, str]:
    """By citekey, whose study it is; "" where nothing is said."""
    lines = base.evidence(about)
    return {line.work.citekey: line.independence.word if line.independence else "" for line in lines}


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


BOTH = "tool: [cport, rm2000]"


def test_what_a_note_says_holds_only_of_the_tools_that_it_names(library: WriteLibrary) -> None:
    """By slug or label, one or several; of the others the rule says whose study it is."""
    for of in ("rm2000", "[Risk Matrix 2000]"):
        said = f"independent: {{value: false, of: {of}, because: they work there}}"
        base = _base(library, BOTH, soldino2021independent=said)
        assert _words(base, "rm2000") == {"soldino2021independent": "developers"}
        assert _words(base, "cport") == {"soldino2021independent": "independent"}


def test_without_of_what_a_note_says_holds_of_all_its_subjects(library: WriteLibrary) -> None:
    """Also where the rule would say something else."""
    said = "independent: {value: true, because: looked up}"
    base = _base(library, BOTH, eke2019validation=said)
    assert _words(base, "cport") == _words(base, "rm2000") == {"eke2019validation": "independent"}


def test_a_name_under_of_that_leads_nowhere_is_told(library: WriteLibrary) -> None:
    """As any other name is; and what is said then holds of nothing."""
    said = "independent: {value: false, of: [cprot], because: they work there}"
    base, report = _written(library, "tool: cport", {"soldino2021independent": said})
    [problem] = [problem for problem in report.problems if problem.code == "name-unknown"]
    assert problem.severity == "error"
    assert "“cprot” (independent)" in problem.message
    assert _words(base, "cport") == {"soldino2021independent": "independent"}


def test_on_a_topic_nothing_is_said_of_a_study_of_something_else(library: WriteLibrary) -> None:
    """Of the tool or programme it is said on their own pages."""
    said = "independent: {value: false, because: they run it}"
    for on, subject in (("tool: cport", "cport"), ("programme: get-help", "get-help")):
        base = _base(library, f"{on}\n    intervention: self-help", soldino2021independent=said)
        assert _words(base, "self-help") == {"soldino2021independent": ""}
        assert _words(base, subject)["soldino2021independent"] != ""


def test_only_notes_tell_whose_study_of_a_programme_it_is(library: WriteLibrary) -> None:
    """The others are not known to be independent, with the reason."""
    base = _base(
        library,
        "programme: get-help",
        eke2019validation="independent: {value: false, of: [get-help], because: they run it}",
        seto2018gardens="independent: {value: true, because: looked up}",
        soldino2021independent="",
    )
    assert _words(base, "get-help") == {
        "eke2019validation": "operator",
        "seto2018gardens": "independent",
        "soldino2021independent": "unknown",
    }
    told = {line.work.citekey: line.independence for line in base.evidence("get-help")}
    assert told["soldino2021independent"] is not None
    assert told["soldino2021independent"].because.startswith("whether its authors work for")


def test_of_a_programme_of_which_no_note_says_anything_nothing_is_said(library: WriteLibrary) -> None:
    """Also not where a note says something of another."""
    other = "independent: {value: false, of: [cport], because: they made it}"
    base = _base(library, "programme: get-help", eke2019validation=other, soldino2021independent="")
    assert _words(base, "get-help") == {"eke2019validation": "", "soldino2021independent": ""}


def test_a_review_by_the_developers_of_one_tool_stands_apart_from_others(shipped: Library) -> None:
    """Of the shipped text: the CPORT is theirs, Risk Matrix 2000 is not, and of OSP/I nobody can tell."""
    with kb.open(shipped.database) as base:
        found = {tool: _words(base, tool)["helmusndwhat"] for tool in ("cport", "rm2000-s", "osp-i")}
        told = _words(base, "ppd")
    assert found == {"cport": "developers", "rm2000-s": "independent", "osp-i": "unknown"}
    assert (told["beier2015german"], told["mokros2019dunkelfeld"]) == ("operator", "independent")
