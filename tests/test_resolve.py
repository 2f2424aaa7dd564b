"""Names are followed, or reported with the nearest candidates."""

from dataclasses import replace

from kb.model import (
    Citation,
    Claim,
    Evidence,
    Finding,
    Label,
    Link,
    ListItem,
    Mention,
    Note,
    Origin,
    Overlap,
    ReadingList,
    Relation,
    Sample,
    Study,
    Topic,
    Work,
)
from kb.resolve import resolve

BIB = Origin("references/a.bib", 3)
HERE = Origin("notes/x.md", 5)


def _work(citekey: str, **more: object) -> Work:
    return Work(citekey, "article", BIB, title=citekey, **more)  # type: ignore[arg-type]


def _note(slug: str, kind: str = "page", **more: object) -> Note:
    return Note(slug, kind, slug, Origin(f"notes/{slug}.md"), "", **more)  # type: ignore[arg-type]


def _topic(slug: str, *names: str, kind: str = "topic", **more: object) -> Note:
    labels = tuple(Label(name, "preferred" if i == 0 else "in-use") for i, name in enumerate(names))
    return _note(slug, kind, topic=Topic(labels, **more))  # type: ignore[arg-type]


def test_citations_lead_to_citekeys_aliases_and_dois() -> None:
    """A DOI that nobody holds becomes a cited work; an unknown citekey is an error with a candidate."""
    cites = tuple(Citation("a", name, BIB) for name in ("b", "bee", "10.1234/held", "10.1234/new", "bb", "a"))
    works = [_work("a", cites=cites), _work("b", doi="10.1234/held")]

    content = resolve(works, {"bee": "b"}, [])

    assert [(c.citing, c.cited) for c in content.citations] == [("a", "b")] * 3 + [("a", "doi:10.1234/new")]
    assert [(w.citekey, w.held) for w in content.works] == [
        ("a", True),
        ("b", True),
        ("doi:10.1234/new", False),
    ]
    assert [(p.code, p.origin) for p in content.problems] == [("cites-unknown", BIB), ("cites-itself", BIB)]


def test_a_relation_to_nowhere_is_reported() -> None:
    """The related field is checked as citations are."""
    works = [
        _work("a", relations=(Relation("a", "b", "reply", BIB), Relation("a", "c", "reply", BIB))),
        _work("b"),
    ]

    content = resolve(works, {}, [])

    assert [(r.citekey, r.other) for r in content.relations] == [("a", "b")]
    assert [p.code for p in content.problems] == ["related-unknown"]


def test_two_notes_of_one_name_store_the_first_and_report_the_other() -> None:
    """Case does not make a name another one: files may meet on a system that ignores it."""
    content = resolve([], {}, [_note("cport"), _note("CPORT")])

    assert [note.slug for note in content.notes] == ["CPORT"]
    assert [(p.code, p.origin.path) for p in content.problems] == [("slug-twice", "notes/cport.md")]


def test_wiki_links_lead_to_slugs_labels_and_titles_and_a_dead_one_is_a_warning() -> None:
    """At its line, with the nearest name."""
    links = tuple(Link(name, HERE) for name in ("csam", "IIOC", "Indecent images of children", "csamm"))
    notes = [_topic("csam", "CSAM", "IIOC", "indecent images of children"), _note("x", links=links)]

    content = resolve([], {}, notes)

    note = next(n for n in content.notes if n.slug == "x")
    assert {link.target for link in note.links} == {"csam"}
    assert [(p.code, p.severity, p.origin) for p in content.problems] == [("name-unknown", "warning", HERE)]
    assert "csam" in content.problems[0].remedy


def test_a_mention_with_an_odd_citekey_is_tried_whole_first() -> None:
    """confirms:smith2010 may be a citekey of its own."""
    works = [_work("smith2010"), _work("confirms:smith2010"), _work("jones2011")]
    mentions = (
        Mention("smith2010", HERE, intent="confirms"),
        Mention("jones2011", HERE, intent="confirms"),
        Mention("nobody1999", HERE),
    )
    content = resolve(works, {}, [_note("x", mentions=mentions)])

    assert [(m.citekey, m.intent) for m in content.notes[0].mentions] == [
        ("confirms:smith2010", ""),
        ("jones2011", "confirms"),
    ]
    assert [(p.code, p.citekey) for p in content.problems] == [("work-unknown", "nobody1999")]


def test_findings_are_tied_to_topics_samples_and_their_work() -> None:
    """Names become slugs; an unknown outcome drops that value only; too large an n is a warning."""
    finding = Finding(
        "auc", HERE, "abstract", subjects=("CPORT",), outcome="recidivsm", measure="AUC", value=0.7, n=99,
        topics=("sexual recidivism",),
    )  # fmt: skip
    notes = [
        _topic("cport", "CPORT", kind="tool"),
        _topic("sexual-recidivism", "Sexual recidivism", facet="outcome"),
        _topic("canada", "Canada", facet="country"),
        _note("ontario", "sample", sample=Sample("Ontario", n=80, countries=("Canada",))),
        _note(
            "a", "study",
            study=Study("a", samples=("ontario",), findings=(finding,)),
            links=(Link("CPORT", HERE, "tool"),),
        ),
    ]  # fmt: skip
    content = resolve([_work("a")], {}, notes)

    study = next(n.study for n in content.notes if n.study)
    assert study is not None
    (found,) = study.findings
    assert (found.subjects, found.outcome, found.topics, found.samples) == (
        ("cport",), "", ("sexual-recidivism",), ("ontario",),
    )  # fmt: skip
    assert sorted(p.code for p in content.problems) == ["finding-n", "name-unknown"]
    assert {(t, via) for _, t, via in content.work_topics} == {
        ("cport", "finding"), ("canada", "note"), ("sexual-recidivism", "note"),
    }  # fmt: skip


def test_a_study_note_of_no_work_keeps_its_text_and_loses_its_findings() -> None:
    """The note is stored; the error names the citekey."""
    study = Study("nobody1999", findings=(Finding("f", HERE, "abstract", text="Something."),))
    content = resolve([], {}, [_note("nobody1999", "study", study=study)])

    assert content.notes[0].study == Study("")
    assert [(p.code, p.citekey, p.severity) for p in content.problems] == [
        ("work-unknown", "nobody1999", "error")
    ]


def test_typed_citations_of_a_study_note_are_citations_of_its_work() -> None:
    """With their intent."""
    study = Study("a", cites=(Citation("a", "b", HERE, "note", "extends", "p. 2"),))
    content = resolve([_work("a"), _work("b")], {}, [_note("a", "study", study=study)])

    assert [(c.citing, c.cited, c.intent, c.where) for c in content.citations] == [
        ("a", "b", "extends", "p. 2")
    ]


def test_evidence_names_works_and_their_findings() -> None:
    """A finding that is not there is an error, and the work stays as evidence; an unknown work goes."""
    evidence = (
        Evidence("supports", HERE, work="a", finding="auc"),
        Evidence("contradicts", HERE, work="a", finding="gone"),
        Evidence("qualifies", HERE, work="nobody1999"),
        Evidence("qualifies", HERE, url="https://example.org/"),
    )
    study = Study("a", findings=(Finding("auc", HERE, "abstract", text="Something."),))
    notes = [
        _note("a", "study", study=study),
        _note("c", "claim", claim=Claim("It works.", evidence=evidence)),
    ]

    content = resolve([_work("a")], {}, notes)

    claim = next(n.claim for n in content.notes if n.claim)
    assert claim is not None
    assert [(e.work, e.finding, e.url) for e in claim.evidence] == [
        ("a", "a#auc", ""), ("a", "", ""), ("", "", "https://example.org/"),
    ]  # fmt: skip
    assert sorted(p.code for p in content.problems) == ["finding-unknown", "work-unknown"]


def test_samples_lists_and_keywords_are_followed_too() -> None:
    """Overlaps lead to samples, items to works, keywords to topics by any label."""
    notes = [
        _note(
            "one",
            "sample",
            sample=Sample("One", overlaps=(Overlap("two", "certain"), Overlap("no", "possible"))),
        ),
        _note("two", "sample", sample=Sample("Two")),
        _note("l", "list", reading_list=ReadingList(items=(ListItem("bee", HERE), ListItem("zzzzz", HERE)))),
        _topic("csam", "CSAM", "child pornography"),
    ]
    content = resolve([_work("b", keywords=("Child Pornography", "other"))], {"bee": "b"}, notes)

    by_slug = {note.slug: note for note in content.notes}
    assert by_slug["one"].sample is not None
    assert [o.sample for o in by_slug["one"].sample.overlaps] == ["two"]
    assert by_slug["l"].reading_list is not None
    assert [i.citekey for i in by_slug["l"].reading_list.items] == ["b"]
    assert content.work_topics == [("b", "csam", "keyword")]
    assert sorted(p.code for p in content.problems) == ["name-unknown", "work-unknown"]


def test_a_name_of_the_wrong_kind_is_a_warning() -> None:
    """An outcome must be a topic of that facet."""
    finding = Finding("f", HERE, "abstract", outcome="canada", text="x")
    notes = [
        _topic("canada", "Canada", facet="country"),
        _note("a", "study", study=Study("a", findings=(finding,))),
    ]

    content = resolve([_work("a")], {}, notes)

    assert [(p.code, p.severity) for p in content.problems] == [("name-unfit", "warning")]


def test_one_label_of_two_topics_and_circles_are_reported() -> None:
    """Broader topics must lead up and end."""
    notes = [
        _topic("a", "A", "same", broader=("b",)),
        _topic("b", "B", broader=("c",)),
        _topic("c", "C", "Same", broader=("a",)),
    ]
    content = resolve([], {}, notes)

    assert sorted(p.code for p in content.problems) == ["label-twice", "topic-cycle"]


def test_words_for_search_read_as_a_reader_reads_them() -> None:
    """A link without words of its own stands for the label of where it leads."""
    tool = replace(_topic("cport", "CPORT", kind="tool"), title="CPORT")
    notes = [tool, _note("x", words="See [[cport]] and [[nowhere]].")]

    content = resolve([], {}, notes)

    assert next(n.words for n in content.notes if n.slug == "x") == "See CPORT and nowhere."
