"""The manual under test: its examples are a library, its commands run."""

import re
import shlex
from pathlib import Path

import pytest
from conftest import WriteLibrary
from typer.testing import CliRunner

from kb.cli import app
from kb.library import Library

ROOT = Path(__file__).parent.parent
FORMATS = ROOT / "docs" / "formats.md"
README = ROOT / "README.md"

_EXAMPLE = re.compile(r"^`(references|notes)/([^`]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Topics that the examples name and do not show: slug → facet.
NAMED = {
    "outcomes": "outcome",
    "risk-scales": "intervention",
    "counselling": "intervention",
    "early-help": "level",
    "exampleland": "country",
    "retest": "design",
    "missing-data": "statistic",
}


# Words of other formats that look like codes of problems
_OTHER_WORDS = {"paper-conference", "related-urls", "work-type", "xml-ends", "xml-cut"}


def examples(folder: str) -> dict[str, str]:
    """The example files of the manual that lie in ``folder``, by their path in it."""
    found = _EXAMPLE.findall(FORMATS.read_text("utf-8"))
    return {name: text for place, name, text in found if place == folder}


def commands() -> list[str]:
    """Every `kb` command that the README shows, in order, but for those that never end."""
    lines = "\n".join(_COMMANDS.findall(README.read_text("utf-8"))).splitlines()
    return [line for line in lines if line.startswith("kb ") and not line.startswith("kb serve")]


def test_the_examples_of_the_formats_ingest_without_a_problem(library: WriteLibrary) -> None:
    """Taken together, the examples in docs/formats.md are a clean library."""
    from kb.ingest import ingest

    stubs = {
        f"topics/{slug}.md": f"---\nkind: topic\nlabel: {slug}\nfacet: {facet}\n---\n"
        for slug, facet in NAMED.items()
    }

    report = ingest(library(bib=examples("references"), notes=stubs | examples("notes")))

    assert report.problems == []
    assert (report.counts.held, report.counts.cited, report.counts.findings) == (2, 1, 2)


def test_the_commands_of_the_readme_run(copied: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newcomer who types the tour from top to bottom meets no error."""
    monkeypatch.chdir(copied.root)
    (copied.root / "export.ris").write_text("TY  - JOUR\nTI  - Exported\nER  - \n", encoding="utf-8")
    shown = commands()

    answers = [CliRunner().invoke(app, shlex.split(line, comments=True)[1:]) for line in shown]

    failed = [
        f"{line}: {answer.exception!r}\n{answer.output[-500:]}"
        for line, answer in zip(shown, answers, strict=True)
        if answer.exit_code
    ]
    assert len(shown) > 10
    assert failed == []


def test_every_place_that_the_manual_links_to_is_there() -> None:
    """No link between the files of this repository leads nowhere."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_problem_code_is_explained_and_none_that_is_not_given() -> None:
    """docs/problems.md and the code name the same codes."""
    rooms = [*(ROOT / "kb" / "read").rglob("*.py"), *(ROOT / "kb" / "clean").rglob("*.py")]
    rooms += [path for room in ("resolve", "match", "convert") for path in (ROOT / "kb" / room).rglob("*.py")]
    families = "alias|bib|cites|citekey|doi|evidence|file|finding|folder|label|list|name|note|related|slug"
    families += "|topic|work|overlay|decision|paper|ris|nbib|wos|xml|pubmed|endnote|enw|table|json|yaml"
    families += "|cochrane|skos|turtle|search"
    given = {
        code for path in rooms for code in re.findall(rf'"((?:{families})-[a-z-]+)"', path.read_text("utf-8"))
    }
    explained = set(
        re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "problems.md").read_text("utf-8"), re.MULTILINE)
    )
    assert given - _OTHER_WORDS == explained
