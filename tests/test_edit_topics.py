"""Topics written as notes, and terms added to notes that are there."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.edit.topics import Terms, add_terms, new_topic, with_terms
from kb.errors import EditError
from kb.library import Library, open_library
from kb.model import Label, Note, Topic
from kb.model.thesaurus import Concept
from kb.read import read_note
from kb.read.skos import tidied
from kb.text import squeeze

DAY = date(2026, 11, 22)
NEW = Terms((Label("New name"), Label("nwe name", "hidden")), ("above",), ("beside",))
TOPIC = """\
---
kind: topic
label: Harm   # what is done
alt:
- damage
- {label: tort, status: historical}   # of lawyers

# what people mistype
hidden: [hram, "ham"]
facet: offence
broader: abuse
added: 2026-11-21
---

A body with `code`,   spaces and
alt: no key.
"""


def read(content: bytes) -> Note:
    note, problems = read_note(content, "notes/topics/harm.md")
    assert note is not None
    assert problems == []
    return note


def library_of(folder: Path) -> Library:
    (folder / "references").mkdir(exist_ok=True)
    (folder / "notes" / "topics").mkdir(parents=True, exist_ok=True)
    return open_library(folder)


def test_terms_go_to_the_end_of_their_lists_and_nothing_else_moves() -> None:
    """Lists in lines and in brackets, a name alone, and a key that was not there."""
    after = with_terms(TOPIC.encode(), "notes/topics/harm.md", NEW).decode()

    assert after == (
        TOPIC.replace("   # of lawyers\n", "   # of lawyers\n- New name\n")
        .replace('"ham"]', '"ham", nwe name]')
        .replace("broader: abuse\n", "broader: [abuse, above]\nrelated: [beside]\n")
    )


@pytest.mark.parametrize(
    "alt",
    [
        "",
        "alt:\n",
        "alt: ~\n",
        "alt: []\n",
        "alt: [ ]\n",
        "alt: [one, two,]\n",
        "alt: [one,\n  two\n  ]\n",
        "alt: [one, # first\n  two # second\n  ]\n",
        "alt: one, with a comma\n",
        "alt: 'quoted: one'\n",
        "alt: {label: one, era: 1990s}\n",
        "alt:\n    - one\n    - label: two\n      era: 1990s\n",
        "alt:\n- >-\n  folded\n  text\n",
        "alt:\n  - |\n    kept\n\n",
        "alt:\n  - one\n\n  # a remark\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_terms_can_be_added_to_a_list_in_any_form(alt: str, ends: str) -> None:
    """As YAML allows it, with either kind of line end."""
    text = f"---\nkind: topic\nlabel: Harm\n{alt}facet: offence\n---\nBody.\n".replace("\n", ends)

    after = with_terms(text.encode(), "x.md", Terms((Label("new, name", "caution", place="UK"),)))

    topic, before = read(after).topic, read(text.encode()).topic
    assert topic is not None
    assert before is not None
    assert topic.labels == (*before.labels, Label("new, name", "caution", place="UK"))
    assert (b"\r" in after) == (ends == "\r\n")
    assert after.count(b"\n") - after.count(b"\r\n") in {0, after.count(b"\n")}


def test_what_cannot_be_added_is_not_written(tmp_path: Path) -> None:
    """Front matter that is no YAML, that repeats itself by a name, or is not in UTF-8."""
    library = library_of(tmp_path)
    path = library.notes / "topics" / "harm.md"
    front = "kind: topic\nfacet: offence\nlabel: Harm\n"
    for content in (
        f"---\n{front}alt: [one\n---\n".encode(),
        f"---\n{front}alt: &names [one]\nhidden: *names\n---\n".encode(),
        f"---\n{front}".encode(),
        b"No front matter.",
        f"---\n{front}alt: caf\xe9\n---\n".encode("latin-1"),
    ):
        path.write_bytes(content)
        with pytest.raises(EditError, match=r"harm\.md"):
            add_terms(library, path, NEW)
        assert path.read_bytes() == content


LABELS = st.text(st.characters(exclude_categories=["Cs"]), max_size=15).map(squeeze).filter(bool)
SLUGS = st.sampled_from(["up", "no", "null", "1990", "odd: name", "ünï"])


@st.composite
def _terms(draw: st.DrawFn) -> Terms:
    texts = draw(st.lists(LABELS, max_size=3, unique=True))
    labels = [
        Label(text, "hidden")
        if draw(st.booleans())
        else Label(text, draw(st.sampled_from(["in-use", "caution"])), draw(LABELS | st.just("")))
        for text in texts
    ]
    names = draw(st.lists(SLUGS, unique=True, max_size=2))
    return Terms(tuple(labels), tuple(names), tuple(names))


@given(_terms())
@settings(max_examples=40)
def test_any_term_reads_as_it_was_added(terms: Terms) -> None:
    """Whatever YAML would make of it, and the body stays."""
    known = {"Harm", "damage", "tort", "hram", "ham"}
    terms = Terms(tuple(one for one in terms.labels if one.text not in known), terms.broader, terms.related)

    after = with_terms(TOPIC.encode(), "notes/topics/harm.md", terms)

    topic = read(after).topic
    assert topic is not None
    assert set(topic.labels) >= set(terms.labels)
    assert topic.broader == ("abuse", *terms.broader)
    assert topic.related == terms.related
    assert read(after).body == read(TOPIC.encode()).body


@given(st.lists(LABELS, min_size=1, max_size=4, unique=True), st.text(max_size=20).map(tidied))
@settings(max_examples=40)
def test_a_new_topic_reads_as_it_was_meant(texts: list[str], text: str) -> None:
    """A note without a problem that holds every label."""
    labels = (Label(texts[0], "preferred"), *(Label(one, "historical", era="1990s") for one in texts[1:]))
    concept = Concept("harm", Topic(labels, "offence", ("up",), (), ("no",), "caution"), text=text)
    with TemporaryDirectory() as folder:
        path = new_topic(library_of(Path(folder)), concept, DAY)
        note = read(path.read_bytes())

    assert path.parent.name == "topics"
    assert note.topic == concept.topic
    assert tidied(note.body) == text


def test_each_kind_has_its_folder_and_no_file_is_overwritten(tmp_path: Path) -> None:
    """A tool goes to the tools."""
    library = library_of(tmp_path)
    concept = Concept("tool-x", Topic((Label("Tool X", "preferred"),), "intervention"), kind="tool")

    path = new_topic(library, concept, DAY)

    assert library.relative(path) == "notes/tools/tool-x.md"
    assert path.read_text("utf-8") == (
        "---\nkind: tool\nlabel: Tool X\nfacet: intervention\nadded: 2026-11-22\n---\n"
    )
    with pytest.raises(EditError, match="exists already"):
        new_topic(library, concept, DAY)
