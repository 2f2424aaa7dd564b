"""Importing a thesaurus again, and what is said of the notes that it writes."""

from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import WriteLibrary
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli_thesaurus import DAY, NOTES, SKOS, empty, kb

from kb.convert import Source
from kb.convert.thesaurus import import_thesaurus, preview_thesaurus

NAMES = ("CSAM", "Harm", "harm", "tort", "damage", "Abuse", "Tool", "Tool 2", "SE", "Zork", "SEM", "C", "++")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.lists(st.sampled_from(NAMES), max_size=2),
            st.lists(st.integers(0, 5), max_size=2),
        ),
        max_size=6,
    )
)
@settings(max_examples=40, deadline=None)
def test_a_file_brought_in_twice_changes_nothing_the_second_time(
    said: list[tuple[str, list[str], list[int]]],
) -> None:
    """Whatever names and relations it shares with itself and with the library."""
    text = SKOS + "".join(
        f'ex:{number} a skos:Concept ; skos:prefLabel "{name}"@en .\n'
        + "".join(f'ex:{number} skos:altLabel "{other}"@en .\n' for other in others)
        + "".join(f"ex:{number} skos:broader ex:{place} .\n" for place in places)
        for number, (name, others, places) in enumerate(said)
    )
    with TemporaryDirectory() as folder:
        home = empty(Path(folder) / "home")
        for name, content in NOTES.items():
            (home.notes / name).parent.mkdir(exist_ok=True)
            (home.notes / name).write_text(content, encoding="utf-8")
        source = Source("t.ttl", text.encode())

        import_thesaurus(home, preview_thesaurus(home, source), today=DAY)
        again = preview_thesaurus(home, source)

        assert {one.state for one in again.arrivals} <= {"same"}
        assert import_thesaurus(home, again, today=DAY) == []


def test_many_problems_of_one_kind_are_counted(library: WriteLibrary, tmp_path: Path) -> None:
    """Scope notes that cite works which are not here say so once; a few problems are told one by one."""
    home = library(notes={})
    text = SKOS + "<urn:kb:facet:theory> a skos:Collection ; skos:member ex:0, ex:1, ex:2, ex:3, ex:4 .\n"
    text += "".join(
        f'ex:{n} skos:prefLabel "Topic {n}" ; skos:scopeNote "After [@gone{n}] and [@lost{n}]." .\n'
        for n in range(5)
    )
    file = tmp_path / "t.ttl"
    file.write_text(text + 'ex:5 skos:prefLabel "Topic 5" .', encoding="utf-8")

    said = kb("import", str(file), library=home).stderr

    assert "work-unknown: 10 times in 5 notes, the first:" in said
    assert said.count("but no entry has this citekey") == 1
    assert "notes/topics/topic-5.md:1: note-missing" in said
    assert "kb check lists them all." in said
