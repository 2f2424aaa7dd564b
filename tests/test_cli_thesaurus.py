"""kb thesaurus: out of one library, into another, and back into its own."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import Result
from conftest import ROOT, WriteLibrary
from hypothesis import given, settings
from test_render_skos import topics
from typer.testing import CliRunner

from kb.cli import app
from kb.convert import Source
from kb.convert.thesaurus import export_thesaurus, import_thesaurus, preview_thesaurus
from kb.edit.topics import new_topic
from kb.errors import EditError
from kb.library import Library, open_library
from kb.model.thesaurus import Concept

DAY = date(2026, 11, 22)
SKOS = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix ex: <http://example.org/> .\n"
HARM = """\
---
kind: topic
label: Harm
alt: [damage, tort]
facet: offence
status: caution
---
What is done.
"""
ABUSE = "---\nkind: topic\nlabel: Abuse\nfacet: offence\nrelated: [harm]\n---\n"
NOTES = {"topics/harm.md": HARM, "topics/abuse.md": ABUSE, "pages/tool.md": "---\nkind: page\n---\nA page.\n"}


def kb(*arguments: str, library: Library) -> Result:
    return CliRunner().invoke(app, ["thesaurus", *arguments, "--library", str(library.root)])


def bring(library: Library, text: str, facet: str = "") -> list[str]:
    """Import a text; the files that were written."""
    found = preview_thesaurus(library, Source("t.ttl", (SKOS + text).encode()), facet=facet)
    return [library.relative(path) for path in import_thesaurus(library, found, today=DAY)]


def preview(library: Library, text: str) -> dict[str, str]:
    """What would become of each concept, by slug; and the codes of problems."""
    found = preview_thesaurus(library, Source("t.ttl", (SKOS + text).encode()))
    states: dict[str, str] = {one.slug: one.state for one in found.arrivals}
    return states | {one.code: one.message for one in found.problems}


def differences(library: Library, text: str) -> list[tuple[str, ...]]:
    found = preview_thesaurus(library, Source("t.ttl", (SKOS + text).encode()))
    return [tuple(difference) for one in found.arrivals for difference in one.differences]


def note(library: Library, name: str) -> str:
    return (library.notes / name).read_text("utf-8")


def empty(folder: Path, title: str = "T") -> Library:
    for name in ("references", "notes"):
        (folder / name).mkdir(parents=True)
    (folder / "kb.toml").write_text(f"title = {json.dumps(title)}\n", encoding="utf-8")
    return open_library(folder)


# --- round trips


@given(topics())
@settings(max_examples=20)
def test_an_export_brought_into_an_empty_library_comes_out_again(concepts: tuple[Concept, ...]) -> None:
    """Byte by byte, whatever labels, eras and notes are; and a second import finds all the same."""
    with TemporaryDirectory() as folder:
        first, second = empty(Path(folder) / "first"), empty(Path(folder) / "second")
        for concept in concepts:
            new_topic(first, concept, DAY)
        text, problems = export_thesaurus(first)
        source = Source("t.ttl", text.encode())

        import_thesaurus(second, preview_thesaurus(second, source), today=DAY)
        again = preview_thesaurus(second, source)

        assert problems == []
        assert export_thesaurus(second) == (text, [])
        assert {one.state for one in again.arrivals} <= {"same"}
        assert [one.differences for one in again.arrivals if one.differences] == []


def test_the_shipped_thesaurus_comes_back_as_it_is(tmp_path: Path) -> None:
    """Into its own library all is the same; into an empty one the export is the same to the byte."""
    shipped = open_library(ROOT)
    text, problems = export_thesaurus(shipped)
    source = Source("t.ttl", text.encode())
    other = empty(tmp_path / "other", shipped.title)

    found = preview_thesaurus(shipped, source)
    written = import_thesaurus(other, preview_thesaurus(other, source), today=DAY)

    assert problems == []
    assert found.problems == ()
    assert [one for one in found.arrivals if one.state != "same" or one.differences] == []
    assert len(written) == len(found.arrivals) > 400
    assert export_thesaurus(other)[0] == text


# --- what becomes of concepts


def test_a_concept_that_is_here_gets_what_is_new_and_keeps_the_rest(library: WriteLibrary) -> None:
    """Labels and relations are written into its note; no other byte of it changes."""
    home = library(notes=NOTES)
    text = (
        'ex:1 a skos:Concept ; skos:prefLabel "HARM"@en ; skos:altLabel "damage"@en, "Schaden"@de ;\n'
        '  skos:hiddenLabel "hram" ; skos:broader ex:2 ; skos:scopeNote "Otherwise." .\n'
        'ex:2 a skos:Concept ; skos:prefLabel "Abuse"@en .'
    )

    assert preview(home, text) == {"harm": "changed", "abuse": "same"}
    assert bring(home, text) == ["notes/topics/harm.md"]

    assert note(home, "topics/harm.md") == HARM.replace(
        "alt: [damage, tort]\n",
        "alt: [damage, tort, {label: Schaden, lang: de}]\nhidden:\n  - hram\n",
    ).replace("facet: offence\n", "facet: offence\nbroader: [abuse]\n")
    assert note(home, "topics/abuse.md") == ABUSE
    assert preview(home, text) == {"harm": "same", "abuse": "same"}


def test_what_differs_is_shown_and_never_written(library: WriteLibrary) -> None:
    """A preferred label, a facet, a status, a note, and a label that another topic has."""
    home = library(notes=NOTES)
    text = (
        "@prefix kb: <urn:kb:term:> .\n"
        '<urn:kb:topic:harm> a skos:Concept ; skos:prefLabel "Injury"@en ; skos:altLabel "abuse"@en ;\n'
        '  kb:status "historical" ; skos:scopeNote "Otherwise." ; skos:hiddenLabel "tort" .\n'
        "<urn:kb:facet:outcome> a skos:Collection ; skos:member <urn:kb:topic:harm> ."
    )

    assert differences(home, text) == [
        ("label", "Injury", "Harm"),
        ("facet", "outcome", "offence"),
        ("status", "historical", "caution"),
        ("scope note", "Otherwise.", "What is done."),
        ("status of “tort”", "hidden", "in-use"),
        ("label", "abuse", "a label of abuse"),
    ]
    assert bring(home, text) == []
    assert note(home, "topics/harm.md") == HARM


def test_what_other_programs_drop_is_no_difference(library: WriteLibrary) -> None:
    """A plain label says nothing of a status that ours has, nor that others are gone."""
    home = library(notes={"topics/harm.md": HARM.replace("tort", "{label: tort, status: historical}")})

    assert differences(home, '<urn:kb:topic:harm> skos:prefLabel "Harm"@en ; skos:altLabel "tort"@en .') == []


def test_a_new_concept_becomes_a_note(library: WriteLibrary) -> None:
    """Under a slug of its label that no other note has, beneath what it is beneath."""
    home = library(notes=NOTES)
    text = (
        'ex:x skos:prefLabel "Tool"@en ; skos:broader ex:1 ; skos:related ex:1 . ex:1 skos:prefLabel "Harm" .'
    )

    assert bring(home, text, facet="theory") == ["notes/topics/tool-2.md"]
    assert note(home, "topics/tool-2.md") == (
        "---\nkind: topic\nlabel: Tool\nfacet: theory\n"
        "broader: [harm]\nrelated: [harm]\nadded: 2026-11-22\n---\n"
    )
    assert preview(home, text) == {"tool-2": "same", "harm": "same"}


def test_a_label_means_a_topic_only_if_it_is_certain(library: WriteLibrary) -> None:
    """Another name does, an acronym too; not one of three letters, which means too many things, or a word."""
    error = (
        "label: Standard error\nalt: [SE, SEM, SEOM, error of a mean, mean, noise]\nexact: [mean, noise]\n"
    )
    home = library(notes={"topics/spread.md": f"---\nkind: topic\n{error}facet: theory\n---\n"})

    for name in ("Error of a mean", "SEOM", "seom", "Spread", "standard Error"):
        assert preview(home, f'ex:a skos:prefLabel "{name}" .') == {"spread": "same"}
    for name in ("SE", "SEM", "Mean", "Noise"):
        assert preview(home, f'ex:a skos:prefLabel "{name}" .') == {name.lower(): "new"}


def test_a_topic_that_has_a_label_as_its_own_goes_before_one_that_has_it_too(library: WriteLibrary) -> None:
    """And what an import made is found again by the next."""
    notes = NOTES | {"topics/wrong.md": "---\nkind: topic\nlabel: Tort\nfacet: theory\n---\n"}
    home = library(notes=notes)
    text = 'ex:a skos:prefLabel "damage" . ex:b skos:prefLabel "Harm" . ex:c skos:prefLabel "Tort" .'

    found = preview(home, text)

    assert (found["harm"], found["wrong"]) == ("same", "same")
    assert "“damage”" in found["skos-label-twice"]
    assert len(found) == 3


def test_two_concepts_of_one_name_are_not_made_one(library: WriteLibrary) -> None:
    """The second is left out and told; of our own IRIs both are kept."""
    home = library(notes={})
    ours = '<urn:kb:topic:a> skos:prefLabel "Harm" . <urn:kb:topic:b> skos:prefLabel "Harm" .'

    found = preview(home, 'ex:a skos:prefLabel "Mercury" . ex:b skos:prefLabel "mercury" .')

    assert found["mercury"] == "new"
    assert "“mercury”" in found["skos-label-twice"]
    assert preview(home, ours) == {"a": "new", "b": "new"}


def test_slugs_from_a_file_lead_nowhere_else(library: WriteLibrary) -> None:
    """No IRI writes outside its folder, or over a note of another kind."""
    home = library(notes=NOTES)
    names = ("..%2F..%2Fetc", ".hidden", "a%2Fb", "%00", "con", "x" * 300, "tool", "Two%20words")
    text = "".join(f'<urn:kb:topic:{name}> skos:prefLabel "L{n}" .\n' for n, name in enumerate(names))

    assert set(preview(home, text)) == {"l0", "l1", "l2", "l3", "l4", "l5", "l6", "Two words"}
    assert min(bring(home, text)) == "notes/topics/Two words.md"


def test_loops_of_broader_are_left_out(library: WriteLibrary) -> None:
    """Within a file, and those that a file would close in the library."""
    home = library(notes=NOTES | {"topics/abuse.md": ABUSE.replace("related", "broader")})
    text = (
        '<urn:kb:topic:harm> skos:prefLabel "Harm" ; skos:broader <urn:kb:topic:abuse>, ex:a .\n'
        '<urn:kb:topic:abuse> skos:prefLabel "Abuse" .\n'
        'ex:a skos:prefLabel "A" ; skos:broader ex:b . ex:b skos:prefLabel "B" ; skos:broader ex:c .\n'
        'ex:c skos:prefLabel "C" ; skos:broader ex:b .'
    )

    found = preview(home, text)
    bring(home, text)

    assert "skos-loop" in found
    assert (found["harm"], found["abuse"]) == ("changed", "same")
    assert "broader: [a]" in note(home, "topics/harm.md")
    assert "broader: [b]" in note(home, "topics/a.md")
    assert "broader" not in note(home, "topics/b.md") + note(home, "topics/c.md")


def test_relations_to_what_is_not_in_the_file_lead_into_the_library(library: WriteLibrary) -> None:
    """A part of a thesaurus finds its place again; what is nowhere is left out and told."""
    home = library(notes=NOTES)
    text = 'ex:a skos:prefLabel "A" ; skos:broader <urn:kb:topic:HARM>, ex:gone ;\n'
    text += "  skos:narrower <urn:kb:topic:abuse> ."

    found = preview(home, text)
    bring(home, text)

    assert found["a"] == "new"
    assert found["abuse"] == "changed"
    assert "<http://example.org/gone>" in found["skos-relation"]
    assert "broader: [harm]" in note(home, "topics/a.md")
    assert note(home, "topics/abuse.md") == ABUSE.replace(
        "facet: offence\n", "facet: offence\nbroader: [a]\n"
    )


def test_two_topics_that_are_here_are_related_in_one_note(library: WriteLibrary) -> None:
    """One side is enough, and of a diff half is."""
    home = library(notes=NOTES | {"topics/cure.md": "---\nkind: topic\nlabel: Cure\nfacet: theory\n---\n"})
    text = 'ex:a skos:prefLabel "Harm" ; skos:related ex:b . ex:b skos:prefLabel "Cure" ; skos:related ex:a .'

    assert bring(home, text) == ["notes/topics/cure.md"]
    assert preview(home, text) == {"harm": "same", "cure": "same"}


def test_if_one_note_cannot_be_changed_none_is(library: WriteLibrary) -> None:
    """What a person has to do first is said before anything is written."""
    odd = "---\nkind: topic\nlabel: Odd\nfacet: theory\nalt: &names [one]\nhidden: *names\n---\n"
    home = library(notes=NOTES | {"topics/odd.md": odd})
    text = 'ex:a skos:prefLabel "Odd" ; skos:hiddenLabel "strange" . ex:b skos:prefLabel "New" .\n'
    text += 'ex:c skos:prefLabel "Harm" ; skos:altLabel "ill" .'

    with pytest.raises(EditError, match=r"odd\.md"):
        bring(home, text)

    assert not (home.notes / "topics" / "new.md").exists()
    assert note(home, "topics/harm.md") == HARM


def test_a_library_can_name_its_concepts_itself(library: WriteLibrary) -> None:
    """kb.toml gives the base and the language, and refuses what no program could read."""
    home = library(notes=NOTES)
    settings = home.root / "kb.toml"
    settings.write_text('[thesaurus]\nbase = "https://example.org/t#"\nlanguage = "de"\n', encoding="utf-8")
    text, _ = export_thesaurus(open_library(home.root))

    assert "<https://example.org/t#harm> a skos:Concept" in text
    assert '"Harm"@de' in text
    assert preview(open_library(home.root), text) == {"harm": "same", "abuse": "same"}

    settings.write_text('[thesaurus]\nbase = "no iri"\n', encoding="utf-8")
    answer = kb("export", library=home)
    assert answer.exit_code == 1
    assert "no iri" in str(answer.exception)


def test_names_that_lead_nowhere_are_told_and_left_out(library: WriteLibrary) -> None:
    """An export holds only what another program can follow."""
    home = library(notes={"topics/harm.md": HARM.replace("status", "broader: [gone]\nstatus")})

    text, problems = export_thesaurus(home)

    assert [one.code for one in problems] == ["name-unknown"]
    assert "gone" not in text


# --- commands


def test_a_dry_run_writes_nothing_and_a_run_what_it_showed(library: WriteLibrary, tmp_path: Path) -> None:
    """The preview counts and names; the store is brought up to the text."""
    home = library(notes=NOTES)
    path = tmp_path / "t.ttl"
    path.write_text(
        SKOS + 'ex:a skos:prefLabel "Harm" ; skos:altLabel "ill" ; skos:narrower ex:b .\n'
        'ex:b skos:prefLabel "Wound" .',
        encoding="utf-8",
    )

    dry = kb("import", str(path), "--dry-run", "--facet", "offence", library=home)
    assert dry.exit_code == 0
    assert "New: 1" in dry.output
    assert "Changed: 1" in dry.output
    assert "labels: + ill" in dry.output
    assert "Nothing was written" in dry.output
    assert note(home, "topics/harm.md") == HARM

    done = kb("import", str(path), "--facet", "offence", library=home)
    assert done.exit_code == 0
    assert "Written: 2 notes in notes/." in done.output
    assert "alt: [damage, tort, ill]" in note(home, "topics/harm.md")
    shown = CliRunner().invoke(app, ["show", "wound", "--library", str(home.root)])
    assert "Harm" in shown.output

    again = kb("import", str(path), "--json", library=home)
    assert again.exit_code == 0
    assert [one["state"] for one in json.loads(again.stdout)["concepts"]] == ["same", "same"]


def test_what_is_wrong_is_said_with_its_line(library: WriteLibrary, tmp_path: Path) -> None:
    """A broken file fails, odd ones do with --strict; a facet or format that is none is wrong usage."""
    home = library(notes=NOTES)
    broken, odd = tmp_path / "broken.ttl", tmp_path / "odd.ttl"
    broken.write_text(SKOS + "\nex:a skos:prefLabel .", encoding="utf-8")
    odd.write_text(SKOS + 'ex:a a skos:Concept ; skos:altLabel "only" .', encoding="utf-8")

    answer = kb("import", str(broken), library=home)
    assert answer.exit_code == 1
    assert f"{broken}:4: turtle-syntax" in answer.output
    assert kb("import", str(odd), "--dry-run", library=home).exit_code == 0
    assert kb("import", str(odd), "--dry-run", "--strict", library=home).exit_code == 1
    assert kb("import", str(odd), "--facet", "colour", library=home).exit_code == 2
    assert "turtle" in str(kb("export", "--format", "rdfxml", library=home).exception)
    assert "not read" in str(kb("import", str(tmp_path / "none.ttl"), library=home).exception)


def test_an_export_goes_to_a_file_or_to_stdout(library: WriteLibrary, tmp_path: Path) -> None:
    """The same bytes."""
    home = library(notes=NOTES)
    path = tmp_path / "out.ttl"

    assert kb("export", str(path), library=home).exit_code == 0
    assert kb("export", library=home).stdout_bytes == path.read_bytes()
    assert path.read_bytes().startswith(b"@prefix")
    assert "cannot be written" in str(kb("export", str(tmp_path), library=home).exception)
