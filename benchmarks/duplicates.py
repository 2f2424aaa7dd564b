"""Labelled records: one work as several databases have it, and works that only look like one.

The ways are those of ``duplicates.md``, written down before the rules were
tuned. ``HELD_OUT`` kinds, and seeds from 1000 on, were not looked at then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeAlias

from benchmarks.duplicate_words import (
    DESIGNS,
    GIVEN,
    JOURNALS,
    PLACES,
    POPULATIONS,
    SERIAL,
    SPELLINGS,
    TOPICS,
    TRAITS,
)
from benchmarks.words import Words
from kb.model import Name, Origin, Work

Change: TypeAlias = Callable[["Maker", Work], Work]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A record, the number of the work that it is, and the way in which it came about."""

    work: Work
    cluster: int
    kind: str


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal in full, and as NLM and Web of Science abbreviate it."""

    full: str
    short: str
    capitals: str


class Maker:
    """Invents works, and what others make of them."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        words = Words(Random(seed + 1))
        self.invented = words
        self.families = [words.person().split(",")[0] for _ in range(4000)]
        self.groups = [self._group() for _ in range(3000)]
        self.journals = [Journal(*names.split("|")) for names in JOURNALS]
        self.journals += [self._journal() for _ in range(120)]
        self.serial = 0
        self.translations: dict[str, str] = {}

    def _group(self) -> tuple[Name, ...]:
        """People who publish together."""
        return tuple(self.person() for _ in range(self.rng.choice((3, 5, 8, 12))))

    def person(self) -> Name:
        given = " ".join(self.rng.sample(GIVEN, self.rng.choice((1, 1, 2))))
        family = self.rng.choice(self.families)
        if self.rng.random() < 0.06:
            family = f"{family}-{self.rng.choice(self.families)}"
        particle = self.rng.choice(("van", "de", "von der", "van den")) if self.rng.random() < 0.05 else ""
        return Name(family, given, particle)

    def _journal(self) -> Journal:
        field = self.invented.words[self.rng.randrange(300)].title()
        other = self.invented.words[self.rng.randrange(300)].title()
        return Journal(
            f"Journal of {field} and {other}",
            f"J {field[:5]} {other[:4]}",
            f"J {field[:4]} {other[:5]}".upper(),
        )

    def title(self) -> str:
        pick = self.rng.choice
        topic, trait, population = pick(TOPICS), pick(TRAITS), pick(POPULATIONS)
        rare = self.invented.words[int(len(self.invented.words) * self.rng.random() ** 2)]
        form = pick(
            (
                f"{trait} of {topic} among {population} in {pick(PLACES)}: {pick(DESIGNS)}",
                f"{topic} and {trait.lower()} in {population}: {pick(DESIGNS)}",
                f"{trait} and {rare} in {population} with {topic.lower()}",
                f"The {rare} model of {topic.lower()}: {trait.lower()} and {pick(TRAITS).lower()}",
                f"Does {rare} predict {topic.lower()}? {pick(DESIGNS).capitalize()} of {population}",
                f"{topic}, {rare} and {pick(TOPICS).lower()}",
                f"{rare.capitalize()} therapy for {topic.lower()} in {pick(PLACES)}",
            )
        )
        return form[0].upper() + form[1:]

    def work(self) -> Work:
        """A journal article of which all is known."""
        rng = self.rng
        self.serial += 1
        group = rng.choice(self.groups)
        year, first = rng.randint(1985, 2025), rng.randint(1, 1800)
        journal = rng.choice(self.journals)
        return Work(
            citekey=f"w{self.serial}",
            type="article",
            origin=Origin("references/made.bib", self.serial),
            title=self.title(),
            authors=tuple(rng.sample(group, rng.randint(1, min(8, len(group))))),
            year=year,
            container=journal.full,
            volume=str(max(1, year - 1970 + rng.randint(-9, 9))),
            issue=str(rng.randint(1, 6)),
            pages=f"{first}–{first + rng.randint(4, 22)}",
            doi=f"10.{rng.randint(1000, 1120)}/{rng.choice('abcjs')}{rng.randint(10**6, 10**8)}",
            fields={"pmid": str(rng.randint(10**6, 4 * 10**7))},
        )

    def named(self, work: Work) -> Journal:
        return next(
            (one for one in self.journals if one.full == work.container), Journal(*[work.container] * 3)
        )

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


# --- one work as others have it


def pubmed(make: Maker, work: Work) -> Work:
    first, _, last = work.pages.partition("–")
    kept = (
        next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
        if len(first) == len(last)
        else 0
    )
    year = work.year - 1 if make.chance(0.06) and work.year else work.year
    return replace(
        work,
        title=work.title + ".",
        container=make.named(work).short,
        authors=_initials(work.authors, "{}{}"),
        pages=f"{first}–{last[kept:]}",
        year=year,
        doi=work.doi if make.chance(0.85) else "",
    )


def embase(make: Maker, work: Work) -> Work:
    return replace(
        work,
        title=_respelt(work.title) if make.chance(0.5) else work.title,
        fields={},
        authors=_initials(work.authors, "{}.{}."),
        doi=work.doi if make.chance(0.7) else "",
        container=work.container + (" (London, England)" if make.chance(0.1) else ""),
    )


def scopus(make: Maker, work: Work) -> Work:
    pages = f"e{make.rng.randint(1000, 99999)}" if make.chance(0.06) else work.pages
    authors = _initials(work.authors, "{}.{}.")
    return replace(
        work,
        title=work.title.capitalize(),
        authors=authors[:6],
        more_authors=len(authors) > 6,
        pages=pages,
        fields={},
        doi=work.doi if make.chance(0.9) else "",
    )


def web_of_science(make: Maker, work: Work) -> Work:
    authors = tuple(
        Name(_bare(f"{n.particle}{n.family}".replace("-", ""))[:15], n.given) for n in work.authors
    )
    year = work.year - 1 if make.chance(0.07) and work.year else work.year
    return replace(
        work,
        title=work.title.upper() if make.chance(0.3) else work.title.title(),
        authors=_initials(authors, "{}{}"),
        container=make.named(work).capitals if make.chance(0.5) else work.container.upper(),
        year=year,
        fields={},
        doi=work.doi if make.chance(0.75) else "",
    )


def scholar(make: Maker, work: Work) -> Work:
    title = work.title
    if len(title) > 70 and make.chance(0.15):
        title = title[: make.rng.randint(45, 68)].rsplit(" ", 1)[0] + "…"
    return replace(
        work,
        title=title,
        doi="",
        fields={},
        authors=_initials(work.authors, "{}{}")[:5],
        more_authors=len(work.authors) > 5,
        issue=work.issue if make.chance(0.7) else "",
        pages=work.pages if make.chance(0.6) else "",
        volume=work.volume if make.chance(0.8) else "",
    )


def crossref(make: Maker, work: Work) -> Work:
    title = work.title.split(":")[0] if make.chance(0.4) else work.title.replace(" and ", " &amp; ")
    ahead = make.chance(0.15)
    return replace(
        work,
        title=title,
        fields={},
        volume="" if ahead else work.volume,
        issue="" if ahead else work.issue,
        pages="" if ahead else work.pages,
        year=work.year - 1 if ahead and work.year else work.year,
    )


def typist(make: Maker, work: Work) -> Work:
    """Slips: letters in the title and in names, digits in numbers; the subtitle left out; no DOI."""
    title = _slips(make, work.title, make.rng.choice((0, 1, 1, 2, 3)))
    if make.chance(0.1):
        title = title.split(":")[0]
    authors = tuple(
        replace(n, family=_slips(make, n.family, 1)) if make.chance(0.15) else n for n in work.authors
    )
    pages = _digit(make, work.pages) if make.chance(0.05) else work.pages
    return replace(
        work,
        title=title,
        authors=authors,
        pages=pages,
        doi="",
        fields={},
        issue="" if make.chance(0.3) else work.issue,
        year=(work.year or 0) + 1 if make.chance(0.04) else work.year,
    )


def turned(make: Maker, work: Work) -> Work:
    """Family and given names exchanged, in part or in all names."""
    authors = tuple(Name(n.given.split()[0], n.family) if make.chance(0.7) else n for n in work.authors)
    return replace(work, authors=authors, doi="" if make.chance(0.6) else work.doi, fields={})


def reordered(make: Maker, work: Work) -> Work:
    authors = list(work.authors)
    make.rng.shuffle(authors)
    return replace(work, authors=tuple(authors), doi="", fields={}, issue="")


def accents_written_out(_: Maker, work: Work) -> Work:
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
    authors = tuple(replace(n, family=n.family.translate(table)) for n in work.authors)
    return replace(work, authors=authors, doi="", fields={})


def guessed_type(make: Maker, work: Work) -> Work:
    """A reference manager's misc, the DOI kept or not, the journal with an ampersand."""
    return replace(
        work,
        type="misc",
        container=work.container.replace(" and ", " & "),
        fields={},
        doi=work.doi if make.chance(0.5) else "",
        issue="",
    )


def sparse(make: Maker, work: Work) -> Work:
    """A reference: first author, abbreviated journal, first page."""
    return replace(
        work,
        authors=_initials(work.authors[:1], "{}{}"),
        more_authors=len(work.authors) > 1,
        doi="",
        container=make.named(work).short,
        pages=work.pages.split("–")[0],
        issue="",
        fields={},
    )


def word_left_out(make: Maker, work: Work) -> Work:
    words = work.title.split()
    if len(words) > 2:
        del words[make.rng.randrange(1, len(words))]
    return replace(work, title=" ".join(words), doi="", fields={})


def bracketed(make: Maker, work: Work) -> Work:
    """A translated title in brackets, where the other records have it in its own language."""
    title = make.translations.setdefault(work.citekey, make.title())
    doi = "" if make.chance(0.5) else work.doi
    return replace(work, title=f"[{title}].", doi=doi, language="de", fields={})


SAME: tuple[Change, ...] = (
    pubmed,
    embase,
    scopus,
    web_of_science,
    scholar,
    crossref,
    typist,
    turned,
    reordered,
    accents_written_out,
    guessed_type,
    sparse,
    word_left_out,
    bracketed,
)
SHARES = (16, 14, 14, 14, 12, 10, 8, 2, 2, 2, 6, 4, 2, 1)


def _initials(names: Sequence[Name], form: str) -> tuple[Name, ...]:
    def short(name: Name) -> Name:
        letters = [word[0] for word in name.given.split()] + [""]
        return replace(name, given=form.format(letters[0], letters[1]).replace("..", ".").strip())

    return tuple(map(short, names))


def _bare(text: str) -> str:
    return text.translate(str.maketrans("äáåöøóüúéèçčñš", "aaaooouueeccns"))


def _respelt(title: str) -> str:
    for british, american in SPELLINGS:
        title = title.replace(british, american)
    return title


def _slips(make: Maker, text: str, count: int) -> str:
    letters = list(text)
    for _ in range(count):
        at = make.rng.randrange(1, len(letters) - 1) if len(letters) > 3 else 1
        if letters[at].isdigit() or at + 1 >= len(letters):
            continue
        match make.rng.randrange(3):
            case 0:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            case 1:
                del letters[at]
            case _:
                letters.insert(at, letters[at])
    return "".join(letters)


def _digit(make: Maker, text: str) -> str:
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    at = make.rng.choice(places)
    return text[:at] + make.rng.choice("123456789") + text[at + 1 :]


# --- another work that looks like it


def _apart(make: Maker, work: Work, **changes: object) -> Work:
    """Another work, with a place, DOI and PMID of its own."""
    new = make.work()
    own = {
        name: getattr(new, name)
        for name in ("citekey", "origin", "volume", "issue", "pages", "doi", "fields")
    }
    return replace(work, **{**own, **changes})  # type: ignore[arg-type]


def part(make: Maker, work: Work) -> Work:
    return _apart(
        make,
        work,
        title=make.rng.choice(("{} II", "{}: part 2", "{} 2")).format(work.title),
        volume=work.volume,
    )


def annual(make: Maker, work: Work) -> Work:
    year = (work.year or 2000) + 1
    return _apart(make, work, type="report", title=work.title.replace(str(work.year), str(year)), year=year)


def serial(make: Maker, work: Work) -> Work:
    """The same standing title in another volume, by the same people, once in a while on the same pages."""
    pages = work.pages if make.chance(0.3) else make.work().pages
    return _apart(make, work, volume=str(int(work.volume) + 1), year=(work.year or 0) + 1, pages=pages)


def correction(make: Maker, work: Work) -> Work:
    form = make.rng.choice(
        ("Correction: {}", "Erratum to: {}", "Corrigendum to “{}”", "{}: erratum", "Author correction: {}")
    )
    return _apart(make, work, title=form.format(work.title), volume=work.volume)


def retraction(make: Maker, work: Work) -> Work:
    form = make.rng.choice(("Retraction: {}", "Retraction notice to {}", "Notice of retraction: {}"))
    return _apart(make, work, title=form.format(work.title), year=(work.year or 0) + 1)


def reply(make: Maker, work: Work) -> Work:
    form = make.rng.choice(
        ("Reply to: {}", "{}: authors' reply", "Response to {}", "Comment on “{}”", "Re: {}")
    )
    authors = work.authors if make.chance(0.5) else make.work().authors
    return _apart(make, work, title=form.format(work.title), authors=authors, volume=work.volume)


def protocol(make: Maker, work: Work) -> Work:
    form = "{}: study protocol for a randomised controlled trial"
    return _apart(make, work, title=form.format(work.title.split(":")[0]), year=(work.year or 0) - 2)


def same_author_year(make: Maker, work: Work) -> Work:
    return _apart(make, work, title=make.title(), volume=work.volume)


def other_population(make: Maker, work: Work) -> Work:
    for old, new in (("women", "men"), ("adults", "children"), ("men", "women"), ("adolescents", "adults")):
        if f" {old}" in work.title:
            return _apart(make, work, title=work.title.replace(old, new), volume=work.volume)
    return _apart(make, work, title=f"{work.title} in women", year=work.year)


def supplement(make: Maker, work: Work) -> Work:
    """Another abstract of a supplement: one DOI, one page or the next."""
    return _apart(
        make,
        work,
        title=make.title(),
        authors=make.work().authors,
        doi=work.doi,
        volume=work.volume,
        pages=work.pages if make.chance(0.3) else make.work().pages,
        fields={},
    )


def wrong_doi(make: Maker, work: Work) -> Work:
    return replace(make.work(), doi=work.doi)


def neighbour(make: Maker, work: Work) -> Work:
    """The next article of the issue, whose DOI differs in a digit."""
    new = make.work()
    doi = work.doi[:-1] + str((int(work.doi[-1]) + 1) % 10)
    return replace(
        new, container=work.container, volume=work.volume, issue=work.issue, year=work.year, doi=doi
    )


def sibling(make: Maker, work: Work) -> Work:
    """A second paper of a project: nearly one title."""
    words = work.title.split()
    words[make.rng.randrange(len(words))] = make.invented.words[make.rng.randrange(2000)]
    return _apart(make, work, title=" ".join(words), year=(work.year or 0) + make.rng.choice((0, 0, 1)))


def preprint(make: Maker, work: Work) -> Work:
    return _apart(
        make,
        work,
        container=make.rng.choice(("medRxiv", "PsyArXiv", "arXiv preprint arXiv:2011.01234")),
        volume="",
        issue="",
        pages="",
        fields={},
        doi="",
        year=(work.year or 0) - make.rng.choice((0, 1)),
    )


def conference(make: Maker, work: Work) -> Work:
    return _apart(
        make,
        work,
        type="inproceedings",
        volume="",
        issue="",
        year=(work.year or 0) - make.rng.choice((0, 1)),
        container=f"Proceedings of the {make.rng.randint(3, 30)}th International Conference on Prevention",
    )


def thesis(make: Maker, work: Work) -> Work:
    return _apart(
        make,
        work,
        type="phdthesis",
        container="",
        publisher="University of Somewhere",
        volume="",
        issue="",
        pages="",
        fields={},
        doi="",
        authors=work.authors[:1],
    )


def reprint(make: Maker, work: Work) -> Work:
    return _apart(
        make,
        work,
        container=make.rng.choice(make.journals).full,
        year=(work.year or 0) + make.rng.choice((0, 0, 1, 3)),
    )


def chapter(make: Maker, work: Work) -> Work:
    return _apart(make, work, type="incollection", title=make.title(), container=work.title)


def update(make: Maker, work: Work) -> Work:
    """A Cochrane review's next version."""
    number = make.rng.randint(1000, 9999)
    return _apart(make, work, doi=f"10.1002/14651858.cd00{number}.pub3", year=(work.year or 0) + 3)


OTHER: tuple[Change, ...] = (
    part,
    annual,
    serial,
    correction,
    retraction,
    reply,
    protocol,
    same_author_year,
    other_population,
    supplement,
    wrong_doi,
    neighbour,
    sibling,
    preprint,
    conference,
    thesis,
    reprint,
    chapter,
    update,
)
HELD_OUT = frozenset(change.__name__ for change in (*SAME[1::2], *OTHER[1::2]))


def records(count: int, *, seed: int, held_out: bool) -> list[Labelled]:
    """So many records in no order: 30 % a work that is there already, 15 % one that only looks so.

    Without ``held_out`` only the kinds that rules may be tuned with.
    """
    make = Maker(seed)
    shares = [
        share if held_out or way.__name__ not in HELD_OUT else 0
        for way, share in zip(SAME, SHARES, strict=True)
    ]
    others = [way for way in OTHER if held_out or way.__name__ not in HELD_OUT]
    made: list[Labelled] = []
    while len(made) < count:
        made += _family(make, len(made), shares, others)
    shuffled = make.rng.sample(made[:count], count)
    return [
        replace(one, work=replace(one.work, citekey=f"r{i}", origin=Origin("made.bib", i + 1)))
        for i, one in enumerate(shuffled)
    ]


def _family(make: Maker, number: int, shares: list[int], others: list[Change]) -> Iterator[Labelled]:
    """A work as one or several databases have it, and once in a while another that looks like it."""
    rng = make.rng
    truth = make.work()
    other = rng.choice(others) if make.chance(0.28) else None
    if other is annual:
        truth = replace(
            truth, type="report", title=f"{make.title().split(':')[0]}: annual report {truth.year}"
        )
    if other is serial or (other is None and make.chance(0.02)):
        truth = replace(truth, title=rng.choice(SERIAL))
    way = rng.choices(SAME, shares)[0]
    yield Labelled(way(make, truth) if way not in (bracketed, typist) else truth, number, "first")
    for _ in range(rng.choices((0, 1, 2, 3), (57, 25, 12, 6))[0]):
        way = rng.choices(SAME, shares)[0]
        yield Labelled(way(make, truth), number, way.__name__)
    if other:
        yield Labelled(other(make, truth), -number - 1, other.__name__)
