"""What each kind of note may say."""

from kb.model import Claim, Evidence, Label, Note, Origin, Overlap, Problem, ReadingList, Sample, Topic
from kb.read.notes import read_note


def read(front: str, path: str, body: str = "") -> tuple[Note, list[Problem]]:
    note, problems = read_note(f"---\n{front}---\n{body}".encode(), path)
    assert note is not None
    return note, problems


def codes(problems: list[Problem]) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.severity, problem.origin.line) for problem in problems]


def targets(note: Note) -> list[tuple[str, str, int]]:
    return [(link.target, link.field, link.origin.line) for link in note.links]


def test_a_sample_is_declared_with_its_overlaps() -> None:
    """An overlap that does not say how is left out."""
    note, problems = read(
        "kind: sample\nlabel: L\nn: 128\ncountries: [austria]\npopulation: P\nsex: male\nages: 18-60\n"
        "setting: S\nrecruited: 2001\noverlaps:\n"
        "  - {sample: other, how: possible, because: the same years}\n"
        "  - {sample: third}\n",
        "notes/samples/s.md",
    )
    assert note.sample == Sample(
        label="L",
        n=128,
        countries=("austria",),
        population="P",
        sex="male",
        ages="18-60",
        setting="S",
        recruited="2001",
        overlaps=(Overlap("other", "possible", "the same years"),),
    )
    assert targets(note) == [("austria", "countries", 5), ("other", "overlaps", 12)]
    assert codes(problems) == [("note-value", "error", 13)]


def test_a_topic_has_labels_of_many_times() -> None:
    """The preferred first; each text once; NO stays a place."""
    note, problems = read(
        "kind: topic\nlabel: CSAM\nalt:\n  - CSEM\n"
        "  - {label: old term, status: historical, era: 1990s, place: NO, lang: en}\n"
        "  - CSAM\nhidden: [csam material]\nfacet: offence\nbroader: a\nnarrower: [b]\n"
        "related: [c, d]\nstatus: caution\n",
        "notes/topics/csam.md",
    )
    assert problems == []
    assert note.topic == Topic(
        labels=(
            Label("CSAM", "preferred"),
            Label("CSEM"),
            Label("old term", "historical", "1990s", "NO", "en"),
            Label("csam material", "hidden"),
        ),
        facet="offence",
        broader=("a",),
        narrower=("b",),
        related=("c", "d"),
        status="caution",
    )
    assert note.title == "CSAM"


def test_names_that_are_ordinary_words_are_marked() -> None:
    """Under exact, in any case; what is no name of the topic is told, and the rest kept."""
    front = "kind: topic\nlabel: STABLE\nalt: [scales]\nhidden: [stabel]\nexact: [stable, Scales, other]\n"
    note, problems = read(front + "facet: design\n", "topics/stable.md")

    assert note.topic
    assert [(label.text, label.exact) for label in note.topic.labels] == [
        ("STABLE", True),
        ("scales", True),
        ("stabel", False),
    ]
    assert codes(problems) == [("note-value", "warning", 6)]


def test_a_tool_is_a_topic_under_its_family() -> None:
    """Its development is a mention, the rest is read from the front matter."""
    note, problems = read(
        "kind: tool\nlabel: T-2\nfull_name: The Tool\nalt: [T2]\nfamily: t-family\n"
        "broader: [t-family, risk-tools]\n"
        "purpose: screening\nnot_for: [x]\nitems: 7\npopulation: men\ndevelopers: ['Seto, Michael C.']\n"
        "development: seto2015predicting\nrelated: [u]\n",
        "notes/tools/t-2.md",
    )
    assert problems == []
    assert note.topic == Topic(
        labels=(Label("T-2", "preferred"), Label("The Tool"), Label("T2")),
        facet="intervention",
        broader=("t-family", "risk-tools"),
        related=("u",),
    )
    assert [m.citekey for m in note.mentions] == ["seto2015predicting"]
    assert note.front["items"] == 7


def test_a_programme_names_its_evaluations() -> None:
    """Countries, levels and interventions must lead somewhere; addresses must be such."""
    note, problems = read(
        "kind: programme\nlabel: P\noperator: O\ncountries: [united-kingdom]\nsince: 2015\nuntil: 2020\n"
        "level: [secondary-prevention]\nintervention: [helplines]\naudience: all\nstatus: partly\n"
        "evaluations: ['@a', b]\nlinks: ['https://x.org/', 'javascript:alert(1)', x.org]\n",
        "notes/programmes/p.md",
    )
    assert codes(problems) == [("note-value", "error", 13), ("note-value", "error", 13)]
    assert [m.citekey for m in note.mentions] == ["a", "b"]
    assert [link.field for link in note.links] == ["countries", "level", "intervention"]
    assert note.front["links"] == ["https://x.org/"]
    assert note.topic is not None
    assert note.topic.labels == (Label("P", "preferred"),)


def test_a_claim_has_evidence_for_and_against_it() -> None:
    """Evidence without a work, or of no known relation, is left out; a finding must lead somewhere."""
    path = "notes/claims/c.md"
    note, problems = read(
        "kind: claim\nstatement: It works.\nsaid_by: a2016\nspeaker: S\nattribution: stated\n"
        "where: paragraph 50\n"
        "about: [cport]\nevidence:\n"
        "  - {work: b, finding: auc, relation: supports, because: x, where: p. 1}\n"
        "  - {work: c, finding: c#auc, relation: qualifies}\n"
        "  - {url: 'https://x.org/', relation: contradicts}\n"
        "  - {work: d, relation: proves}\n"
        "  - {relation: supports}\n"
        "as_of: 2026-11-21\n",
        path,
    )
    assert note.claim == Claim(
        statement="It works.",
        said_by="a2016",
        speaker="S",
        attribution="stated",
        where="paragraph 50",
        about=("cport",),
        evidence=(
            Evidence("supports", Origin(path, 10), "b", "", "auc", "x", "p. 1"),
            Evidence("qualifies", Origin(path, 11), "c", "", "auc"),
            Evidence("contradicts", Origin(path, 12), "", "https://x.org/"),
        ),
        as_of="2026-11-21",
    )
    assert note.title == "It works."
    assert [m.citekey for m in note.mentions] == ["a2016", "b", "c"]
    assert targets(note) == [("cport", "about", 8), ("b#auc", "finding", 10), ("c#auc", "finding", 11)]
    assert codes(problems) == [
        ("note-value", "error", 13),
        ("evidence-dropped", "error", 13),
        ("evidence-dropped", "error", 14),
    ]


def test_a_card_answers_with_findings() -> None:
    """Each as note#finding."""
    note, problems = read(
        "kind: card\nquestion: Q?\nanswer: A.\nabout: [cport]\nfindings: [a#b, c]\nclaims: [d]\n"
        "applies_to: men\n"
        "checked: 2026-11-21\n",
        "notes/cards/q.md",
    )
    assert note.title == "Q?"
    assert [(link.target, link.field) for link in note.links] == [
        ("cport", "about"),
        ("d", "claims"),
        ("a#b", "findings"),
    ]
    assert codes(problems) == [("note-value", "error", 6)]


def test_a_list_says_for_whom_it_is() -> None:
    """Its items are in its body."""
    note, problems = read(
        "kind: list\ntitle: T\naudience: [a, b]\npurpose: P\nstyle: ieee\n", "notes/lists/l.md"
    )
    assert problems == []
    assert note.reading_list == ReadingList("a, b", "P", "ieee")
