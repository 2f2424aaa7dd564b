"""Works that people say are one become one without loss; taken back, both are as they were."""

from dataclasses import replace
from datetime import date

import pytest
from conftest import WriteLibrary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_ingest import from_nothing, rows

from kb import open as open_base
from kb.edit import forget_decision, record_decision, set_fields
from kb.ingest import ingest
from kb.library import Library
from kb.match import merge
from kb.match.best import best
from kb.model import Citation, Decision, Name, Origin, Relation, Work

DAY = date(2026, 11, 21)
BIB = """\
@article{seto15,
  author = {Seto, M. and Eke, A.},
  title = {Predicting Recidivism},
  journal = {Law Hum. Behav.},
  year = {2015},
  volume = {39},
  pages = {416},
  keywords = {risk, CPORT},
  doi = {10.1000/a},
  added = {2026-11-20},
}

@article{seto2015predicting,
  author = {Seto, Michael C. and Eke, Angela W.},
  title = {Predicting Recidivism: Development of a Tool},
  journaltitle = {Law and Human Behavior},
  date = {2015-08},
  volume = {39},
  number = {4},
  pages = {416--429},
  keywords = {cport, prediction},
  doi = {10.1000/b},
  cites = {other2001},
  ids = {oldkey},
  added = {2026-11-21},
}

@book{other2001, title = {Another}, date = {2001}}

@article{citing2020, title = {Citing}, date = {2020}, cites = {seto2015predicting, 10.1000/b}}
"""
STUDY = """\
---
kind: study
work: seto2015predicting
findings:
  - {id: auc, measure: AUC, value: 0.7, where: abstract}
---
See [@seto15] and [@oldkey].
"""
LIST = "---\nkind: list\ntitle: L\n---\n- [@seto2015predicting] A reason.\n"
NOTES = {"studies/seto2015predicting.md": STUDY, "lists/l.md": LIST}


def decision(verdict: str, one: str, other: str, line: int = 1) -> Decision:
    return Decision(verdict, (one, other), Origin("references/decisions.toml", line))


def work(citekey: str, line: int = 1, **more: object) -> Work:
    return Work(citekey, "article", Origin("references/a.bib", line), **more)


def shown(home: Library, name: str) -> Work:
    with open_base(home.database) as base:
        return base.work(name).work


def problems(home: Library) -> list[tuple[str, int]]:
    return [(p.code, p.origin.line) for p in ingest(home).problems]


# --- through ingest


def test_two_entries_become_one_work_and_all_that_named_them_follows(library: WriteLibrary) -> None:
    """The first named keeps its citekey; values are the best of both; notes, lists and citations are its."""
    home = library(bib={"a.bib": BIB}, notes=NOTES)
    record_decision(home, "same", ("seto15", "seto2015predicting"), today=DAY)

    assert problems(home) == []
    one = shown(home, "seto2015predicting")
    assert (one.citekey, one.title, one.pages) == (
        "seto15",
        "Predicting Recidivism: Development of a Tool",
        "416–429",
    )
    assert [n.given for n in one.authors] == ["Michael C.", "Angela W."]
    assert (one.container, one.date, one.year, one.issue) == ("Law and Human Behavior", "2015-08", 2015, "4")
    assert (one.doi, one.added, one.keywords) == (
        "10.1000/a",
        "2026-11-20",
        ("risk", "CPORT", "prediction"),
    )
    with open_base(home.database) as base:
        view = base.work("seto15")
        assert {base.citekey(name) for name in ("oldkey", "10.1000/b", "10.1000/a")} == {"seto15"}
        assert [cited.work.citekey for cited in view.references] == ["other2001"]
        assert [cited.work.citekey for cited in view.cited_by] == ["citing2020"]
        assert [note.slug for note in view.notes] == ["seto2015predicting"]
        assert [line.name for line in view.findings] == ["seto2015predicting#auc"]
        assert base.counts().held == 3
        assert base.lists_of("seto15")[0].slug == "l"


def test_every_entry_is_kept_whole_beside_the_work(library: WriteLibrary) -> None:
    """With its citekey and place; what is exported is what was chosen, all from one entry."""
    home = library(bib={"a.bib": BIB})
    before = {name: (ingest(home), shown(home, name))[1] for name in ("seto15", "seto2015predicting")}
    record_decision(home, "same", ("seto15", "seto2015predicting"), today=DAY)
    ingest(home)

    one = shown(home, "seto15")

    assert [(e.citekey, e.origin, e.fields) for e in one.entries] == [
        (name, old.origin, old.fields) for name, old in before.items()
    ]
    assert one.fields["journaltitle"] == "Law and Human Behavior"
    assert not {"journal", "year"} & one.fields.keys()
    assert shown(home, "other2001").entries == ()


def test_a_decision_taken_back_leaves_no_trace(library: WriteLibrary) -> None:
    """The store's rows are what they were."""
    home = library(bib={"a.bib": BIB}, notes=NOTES)
    ingest(home)
    before = rows(home.database)

    record_decision(home, "same", ("seto15", "seto2015predicting"), today=DAY)
    ingest(home)
    assert rows(home.database) == from_nothing(home) != before
    forget_decision(home, ("seto15", "seto2015predicting"))
    ingest(home)

    assert rows(home.database) == before


def test_a_field_of_a_merged_work_is_set_in_its_own_entry(library: WriteLibrary) -> None:
    """The other entry stays as it is."""
    home = library(bib={"a.bib": BIB})
    record_decision(home, "same", ("seto15", "seto2015predicting"), today=DAY)
    ingest(home)

    set_fields(home, shown(home, "seto15"), {"publisher": "APA"})
    ingest(home)

    assert shown(home, "seto15").publisher == "APA"
    assert "publisher = {APA},\n}\n\n@article{seto2015predicting" in (home.references / "a.bib").read_text()


def test_a_shared_doi_that_was_decided_on_is_no_problem(library: WriteLibrary) -> None:
    """Same or different: nobody is asked again."""
    home = library(bib={"a.bib": BIB.replace("10.1000/b},\n", "10.1000/a},\n")})
    assert ("doi-twice", 13) in problems(home)

    record_decision(home, "different", ("seto2015predicting", "seto15"), today=DAY)
    assert "doi-twice" not in [code for code, _ in problems(home)]
    record_decision(home, "same", ("seto2015predicting", "seto15"), today=DAY)
    assert "doi-twice" not in [code for code, _ in problems(home)]
    assert shown(home, "seto15").citekey == "seto2015predicting"


def test_different_keeps_a_cited_work_of_the_same_doi_apart(library: WriteLibrary) -> None:
    """A person knows that one of the two DOIs is wrong."""
    cited = "@misc{c, title = {Cited}, doi = {10.1000/a}}\n"
    home = library(bib={"a.bib": BIB, "cited.bib": cited})
    ingest(home)
    assert shown(home, "c").citekey == "seto15"
    assert [entry.citekey for entry in shown(home, "c").entries] == ["seto15", "c"]

    record_decision(home, "different", ("seto15", "c"), today=DAY)

    assert problems(home) == []
    assert shown(home, "c").citekey == "c"


def test_a_vanished_citekey_and_a_contradiction_are_errors(library: WriteLibrary) -> None:
    """With the line, the nearest names, and what was not done."""
    home = library(bib={"a.bib": BIB})
    record_decision(home, "same", ("seto15", "seto2015predictin"), today=DAY)
    found = ingest(home).problems
    assert [(p.code, p.origin.line, p.severity) for p in found] == [("decision-unknown", 4, "error")]
    assert "perhaps seto2015predicting" in found[0].remedy

    home.decisions.unlink()
    record_decision(home, "same", ("seto15", "other2001"), today=DAY)
    record_decision(home, "same", ("other2001", "citing2020"), today=DAY)
    record_decision(home, "different", ("citing2020", "seto15"), today=DAY)
    found = ingest(home).problems
    assert [(p.code, p.severity) for p in found] == [("decision-contradicted", "error")]
    assert found[0].origin.line in {4, 9}


def test_an_alias_decides_too_and_never_against_ids(library: WriteLibrary) -> None:
    """A name that ids give to a work leads to it; that it be another is a contradiction."""
    home = library(bib={"a.bib": BIB, "b.bib": "@book{lone, title = {Lone}}\n"})
    record_decision(home, "same", ("lone", "oldkey"), today=DAY)
    assert problems(home) == []
    assert shown(home, "seto2015predicting").citekey == "lone"

    home.decisions.unlink()
    record_decision(home, "different", ("seto2015predicting", "oldkey"), today=DAY)
    assert problems(home) == [("decision-contradicted", 4)]


def test_broken_decisions_cost_only_themselves(library: WriteLibrary) -> None:
    """And a folder of that name, or nothing, is no crash."""
    home = library(bib={"a.bib": BIB})
    home.decisions.write_text('[[decision]]\nverdict = "same"\nworks = ["seto15", "oldkey"]\nwhy = [\n')
    assert problems(home) == [("decision-syntax", 4)]
    home.decisions.unlink()
    home.decisions.mkdir()
    assert problems(home) == [("file-is-folder", 1)]


CHANGES = {
    "a.bib": [BIB, BIB.replace("@article{seto15,", "@article{seto2014,"), ""],
    "decisions.toml": [
        '[[decision]]\nverdict = "same"\nworks = ["seto15", "seto2015predicting"]\n',
        '[[decision]]\nverdict = "different"\nworks = ["seto15", "oldkey"]\nwhen = 1\n',
        "what\n",
        "",
    ],
}
STEPS = [(name, text) for name, texts in CHANGES.items() for text in texts]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), min_size=1, max_size=5))
def test_a_store_kept_up_with_decisions_equals_one_made_from_nothing(
    library: WriteLibrary, steps: list[tuple[tuple[str, str], bool]]
) -> None:
    """Though only the files that changed are read again."""
    home = library(bib={"a.bib": BIB, "decisions.toml": ""}, notes=NOTES)
    for (name, text), stop in steps:
        (home.references / name).write_text(text)
        if stop:
            ingest(home)
    ingest(home)

    assert rows(home.database) == from_nothing(home)


# --- laws of deciding

CITEKEYS = "abcde"
PAIRS = st.tuples(
    st.sampled_from(["same", "different"]),
    st.lists(st.sampled_from(CITEKEYS), min_size=2, max_size=2, unique=True),
)
WORKS = [work(name, line, title=f"Title {name}") for line, name in enumerate(CITEKEYS, start=1)]


@given(st.lists(PAIRS, max_size=6), st.randoms())
def test_the_order_of_works_and_decisions_does_not_matter(said: list, chance: object) -> None:
    """Nor does it matter that one is made twice."""
    decisions = [decision(verdict, *pair, line) for line, (verdict, pair) in enumerate(said, start=1)]
    works, shuffled = list(WORKS), [*decisions, *decisions[:1]]
    chance.shuffle(works)  # type: ignore[attr-defined]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = merge(WORKS, decisions=decisions), merge(works, decisions=shuffled)

    assert one.works == other.works
    assert one.aliases == other.aliases


@given(st.lists(PAIRS, max_size=6))
def test_a_persons_different_is_never_overruled(said: list) -> None:
    """Each decision is followed, or reported as contradicted; every entry is in exactly one work."""
    decisions = [decision(verdict, *pair, line) for line, (verdict, pair) in enumerate(said, start=1)]

    merged = merge(WORKS, decisions=decisions)

    leads = {name: merged.aliases.get(name, name) for name in CITEKEYS}
    contradicted = {p.origin.line for p in merged.problems}
    for one in decisions:
        joined = leads[one.works[0]] == leads[one.works[1]]
        assert joined == (one.verdict == "same") or one.origin.line in contradicted
        assert one.verdict == "same" or not joined
    kept = sorted(e.citekey for w in merged.works for e in (w.entries or [w]))
    assert kept == sorted(CITEKEYS)


@pytest.mark.parametrize(
    ("pairs", "survivor"),
    [
        ([("a", "b"), ("b", "c")], "a"),
        ([("b", "a"), ("c", "b")], "c"),
        ([("a", "c"), ("b", "c")], "a"),
        ([("a", "b"), ("b", "a")], "a"),
    ],
)
def test_the_name_that_no_decision_puts_second_stays(pairs: list[tuple[str, str]], survivor: str) -> None:
    """Else the first in the text."""
    merged = merge(WORKS, decisions=[decision("same", *pair) for pair in pairs])

    assert [w.citekey for w in merged.works if w.entries] == [survivor]


def test_an_alias_of_another_work_does_not_take_what_was_decided() -> None:
    """A citekey that was merged leads where the decision says."""
    thief = work("a0", 0, title="Thief", aliases=("b",))

    merged = merge([thief, *WORKS], decisions=[decision("same", "c", "b")])

    assert merged.aliases == {"b": "c"}
    assert [p.code for p in merged.problems] == ["alias-taken"]


# --- the best value


def names(*given: str) -> tuple[Name, ...]:
    return tuple(Name("Family", one) for one in given)


@pytest.mark.parametrize(
    ("field", "first", "second", "taken"),
    [
        ("title", "Short", "Short: With Subtitle", 1),
        ("title", "PREDICTING RECIDIVISM", "Predicting recidivism", 1),
        ("title", "One Title", "Another", 0),
        ("title", "", "Another", 1),
        ("authors", names("M."), names("M.", "A."), 1),
        ("authors", names("M. C.", "AW"), names("Michael", "Angela"), 1),
        ("authors", names("Michael"), names("M."), 0),
        ("authors", names("M."), (), 0),
        ("container", "Sex. Abuse", "Sexual Abuse", 1),
        ("container", "SEXUAL ABUSE-J RES TR", "Sexual Abuse", 1),
        ("container", "Sexual Abuse", "Sex Abuse", 0),
        ("pages", "416", "416–429", 1),
        ("pages", "W1–W33", "51–58", 0),
        ("pages", "12", "416–429", 0),
        ("date", "2015", "2015-08-03", 1),
        ("date", "2014", "2015-08-03", 0),
        ("date", "", "2015", 1),
        ("abstract", "Cut …", "Cut, and whole", 1),
        ("citeslist", "partial", "complete", 1),
        ("status", "ok", "retracted", 1),
        ("status", "corrected", "", 0),
        ("added", "2026-11-21", "2026-11-20", 1),
        ("doi", "10.1/a", "10.1/b", 0),
        ("volume", "", "39", 1),
    ],
)
def test_of_two_values_the_better_is_taken(field: str, first: object, second: object, taken: int) -> None:
    """And nothing is better than something."""
    works = [work("a", **{field: first}), work("b", **{field: second})]

    assert getattr(best(works), field) == (first, second)[taken]


def test_pages_of_another_volume_do_not_fill_a_gap() -> None:
    """What belongs together comes from one entry; fields too."""
    one = work("a", volume="39", fields={"volume": "39"})
    other = work("b", volume="40", issue="4", pages="1–9", fields={"volume": "40", "number": "4"})

    joined = best([one, other])

    assert (joined.volume, joined.issue, joined.pages, joined.fields["volume"]) == ("39", "", "", "39")


def test_lists_are_united_and_what_leads_to_itself_is_left_out() -> None:
    """Keywords whatever their case; annotations under each other; held if one is."""
    at = Origin("a")
    one = work(
        "a",
        keywords=("Risk",),
        annotation="Mine.",
        cites=(Citation("a", "x", at),),
        relations=(Relation("a", "b", "preprint", at),),
        held=False,
        fields={"keywords": "Risk", "annotation": "Mine.", "cites": "x"},
    )
    other = work(
        "b",
        keywords=("risk", "one, two"),
        annotation="Yours.",
        cites=(Citation("b", "x", at), Citation("b", "y", at)),
        relations=(Relation("b", "z", "reprintof", at),),
        aliases=("old",),
        fields={"keywords": "risk, {one, two}", "annotation": "Yours."},
    )

    joined = best([one, other])

    assert joined.keywords == ("Risk", "one, two")
    assert [c.cited for c in joined.cites] == ["x", "y"]
    assert [r.other for r in joined.relations] == ["z"]
    assert (joined.aliases, joined.annotation, joined.held) == (("b", "old"), "Mine.\n\nYours.", True)
    assert (joined.fields["keywords"], joined.fields["cites"]) == ("Risk, {one, two}", "x, y")
    assert joined.fields["annotation"] == "Mine.\n\nYours."


def test_entries_of_entries_are_told_once_each() -> None:
    """A work that was joined before brings its own."""
    both = best([work("a"), work("b")])

    assert [e.citekey for e in best([both, work("c")]).entries] == ["a", "b", "c"]
    assert replace(both, entries=()).entries == ()
