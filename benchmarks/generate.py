"""A library of any size as text: the same files for the same size and seed.

Entries have about a kilobyte (people with accents, LaTeX in a part of them,
journals, DOIs, keywords that are labels of the thesaurus, abstracts in a
third), study notes about two (findings, samples, links, citations).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.words import Words, tex
from kb.text import fold, slug

_FACETS = ("outcome", "design", "country", "intervention", "offence", "population")
_PER_FILE = 1000
_CITED = 0.15  # of all works, known from reference lists only
_DATES = "added: 2026-11-21\nchecked: 2026-11-21\n"


@dataclass(frozen=True, slots=True)
class Size:
    """How many works, citations and notes a library has."""

    works: int = 20_000
    citations: int = 200_000
    notes: int = 2_000

    def scaled(self, factor: float) -> "Size":
        """The same library, larger or smaller; never too small to hold one of everything."""
        works = max(40, round(self.works * factor))
        return Size(works, round(self.citations * works / self.works), max(30, round(self.notes * factor)))


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept of the thesaurus, its preferred label first."""

    slug: str
    kind: str
    facet: str
    labels: tuple[str, ...]
    broader: str


@dataclass(slots=True)
class Work:
    """An entry before it is written."""

    citekey: str
    title: str
    authors: list[str]
    year: int
    topics: list[Topic]
    cites: list[str]


def generate(root: Path, size: Size, *, seed: int = 7) -> None:
    """Write a library of this size into ``root``."""
    made = _Maker(size, seed)
    files = {"kb.toml": 'title = "A generated library"\n', **dict(made.references()), **dict(made.notes())}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class _Maker:
    def __init__(self, size: Size, seed: int) -> None:
        self.rng = Random(seed)
        self.words = Words(self.rng)
        self.size = size
        self.taken: set[str] = set()
        self.samples = [self._unused(f"sample-{i}") for i in range(max(1, size.notes // 16))]
        self.topics = list(self._topics(max(12, size.notes // 8)))
        self.held = size.works - round(size.works * _CITED)
        self.works = [self._work(i) for i in range(size.works)]
        self._cite()

    def _unused(self, name: str) -> str:
        while name in self.taken:
            name += self.rng.choice("bcdfgh")
        self.taken.add(name)
        return name

    def _topics(self, count: int) -> Iterator[Topic]:
        above: dict[tuple[str, int], str] = {}
        for i in range(count):
            facet, place = _FACETS[i % len(_FACETS)], i // len(_FACETS)
            kind = "tool" if facet == "intervention" and place % 2 else "topic"
            labels = tuple(self._unused(self.words.phrase(n)) for n in (2, 2, 3, 1))
            name = self._unused(slug(labels[0]))
            above[facet, place] = name
            broader = above[facet, (place - 1) // 4] if place else ""
            yield Topic(name, kind, facet, labels, broader)

    def of_facet(self, facet: str, kind: str = "topic") -> Topic:
        """A topic of this facet, at random."""
        return self.rng.choice([t for t in self.topics if t.facet == facet and t.kind == kind])

    # --- works

    def _work(self, place: int) -> Work:
        year = 1985 + 40 * place // self.size.works
        authors = [self.words.person() for _ in range(self.rng.choice((1, 2, 3, 3, 4, 5, 8)))]
        topics = self.rng.sample(self.topics, 4)
        label = self.rng.choice(topics[0].labels)
        title = f"{self.words.phrase(4)} and {label}: {self.words.phrase(4)}".capitalize()
        family = fold(authors[0].split(",")[0]).replace(" ", "")
        return Work(
            self._unused(f"{family}{year}{title.split()[0].lower()}"), title, authors, year, topics, []
        )

    def _cite(self) -> None:
        """Two held works in three have a reference list; a few works are cited by very many."""
        citing = self.rng.sample(range(self.held), max(1, self.held * 2 // 3))
        pairs: set[tuple[int, int]] = set()
        while len(pairs) < self.size.citations:
            pair = self.rng.choice(citing), int(self.size.works * self.rng.random() ** 2.5)
            if pair[0] != pair[1] and pair not in pairs:
                pairs.add(pair)
                self.works[pair[0]].cites.append(self.works[pair[1]].citekey)

    def references(self) -> Iterator[tuple[str, str]]:
        """The .bib files, held works by the thousand."""
        shuffled = self.rng.sample(self.works[: self.held], self.held)
        for start in range(0, self.held, _PER_FILE):
            chosen = shuffled[start : start + _PER_FILE]
            yield f"references/part-{start // _PER_FILE:03}.bib", "\n".join(map(self._entry, chosen))
        yield "references/cited.bib", "\n".join(map(self._entry, self.works[self.held :]))

    def _entry(self, work: Work) -> str:
        pick, number = self.rng.random, self.rng.randint
        title, authors = work.title, " and ".join(work.authors)
        if pick() < 0.35:
            title, authors = self._in_tex(title), tex(authors)
        keywords = [self.rng.choice(topic.labels) for topic in work.topics] + [self.words.phrase(2)]
        first = number(1, 900)
        fields = {
            "author": authors,
            "title": title,
            "journaltitle": self._journal(work.topics[0]),
            "date": f"{work.year}-{number(1, 12):02}" if pick() < 0.3 else str(work.year),
            "volume": str(number(1, 60)),
            "number": str(number(1, 12)),
            "pages": f"{first}--{first + number(4, 30)}",
            "doi": f"10.5555/{work.citekey}",
            "url": f"https://example.org/{work.citekey}" if pick() < 0.3 else "",
            "abstract": self.words.prose(130) if pick() < 0.33 else "",
            "keywords": ", ".join(keywords),
            "cites": ", ".join(work.cites),
            "citeslist": "complete" if work.cites else "",
            "added": "2026-11-21",
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@article{{{work.citekey},\n{lines}}}\n"

    def _journal(self, topic: Topic) -> str:
        joined = self.rng.choice(("and", r"\&"))
        return f"Journal of {topic.labels[0].title()} {joined} {topic.labels[3].title()}"

    def _in_tex(self, title: str) -> str:
        first, *rest = title.split()
        rest[0] = self.rng.choice(
            (rf"\textit{{{rest[0]}}}", f"{{{rest[0].upper()}}}", rf"{rest[0]} \& $\alpha$")
        )
        return " ".join((first, *rest))

    # --- notes

    def notes(self) -> Iterator[tuple[str, str]]:
        """The notes: thesaurus and samples first, study notes for the rest."""
        for topic in self.topics:
            yield f"notes/{topic.kind}s/{topic.slug}.md", self._topic_note(topic)
        for name in self.samples:
            yield f"notes/samples/{name}.md", self._sample_note()
        studies = self.size.notes - len(self.topics) - len(self.samples)
        for work in self.rng.sample(self.works[: self.held], max(0, studies)):
            yield f"notes/studies/{work.citekey}.md", self._study_note(work)

    def _topic_note(self, topic: Topic) -> str:
        preferred, other, older, hidden = topic.labels
        broader = f"broader: [{topic.broader}]\n" if topic.broader else ""
        return (
            f"---\nkind: {topic.kind}\nlabel: {preferred}\nalt:\n  - {other}\n"
            f"  - {{label: {older}, status: historical, era: 1990s-2010s}}\nhidden: [{hidden}]\n"
            f"facet: {topic.facet}\n{broader}{_DATES}---\n\n{self.words.prose(60)}\n"
        )

    def _sample_note(self) -> str:
        return (
            f"---\nkind: sample\nlabel: {self.words.phrase(5)}\nn: {self.rng.randint(500, 3000)}\n"
            f"countries: [{self.of_facet('country').slug}]\npopulation: {self.words.phrase(4)}\n"
            f"setting: {self.words.phrase(3)}\n{_DATES}---\n{self.words.prose(30)}\n"
        )

    def _study_note(self, work: Work) -> str:
        findings = "".join(self._finding(i) for i in range(self.rng.randint(2, 5)))
        cites = "".join(
            f"  - {{work: {cited}, intent: extends, where: abstract}}\n" for cited in work.cites[:1]
        )
        mentioned = " ".join(f"[@{cited}, p. 3]" for cited in work.cites[1:4])
        return (
            f"---\nkind: study\nwork: {work.citekey}\ndesign: [{self.of_facet('design').slug}]\n"
            f"sample: {self.rng.choice(self.samples)}\nfindings:\n{findings}"
            + (f"cites:\n{cites}" if cites else "")
            + f"topics: [{', '.join(topic.slug for topic in work.topics)}]\nsensitivity: 1\n{_DATES}---\n"
            f"{self.words.prose(110)} {mentioned} See [[{work.topics[1].slug}]].\n\n"
            f"## Limits\n\n{self.words.prose(50)}\n"
        )

    def _finding(self, place: int) -> str:
        subject = self.of_facet("intervention", self.rng.choice(("topic", "tool")))
        key = "tool" if subject.kind == "tool" else "intervention"
        value = self.rng.randint(55, 85) / 100
        told = (
            f"measure: AUC\n    value: {value}\n    ci: [{value - 0.07:.2f}, {value + 0.07:.2f}]\n"
            if place % 2
            else f"text: {self.words.prose(18)}\n    direction: mixed\n"
        )
        outcome = self.of_facet("outcome").slug
        return (
            f"  - id: finding-{place}\n    {key}: {subject.slug}\n    outcome: {outcome}\n"
            f"    {told}    n: {self.rng.randint(50, 400)}\n    where: Table {place + 1}\n"
        )
