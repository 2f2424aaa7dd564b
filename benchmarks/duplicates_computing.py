"""Labelled records as two computing libraries have them: no DOI, venues in letters or in full.

After the shape of DBLP and ACM: title, authors, venue and year, and nothing
else; many papers stand in both, some have a journal version under the same title.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.duplicates import Labelled, Maker
from kb.model import Name, Origin, Work

# In letters, in full, and what it is
_VENUES = (
    ("SIGMOD Conference", "International Conference on Management of Data", "inproceedings"),
    ("VLDB", "Very Large Data Bases", "inproceedings"),
    ("KDD", "Knowledge Discovery and Data Mining", "inproceedings"),
    ("CHI", "Conference on Human Factors in Computing Systems", "inproceedings"),
    ("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)", "article"),
    ("VLDB J.", "The VLDB Journal — The International Journal on Very Large Data Bases", "article"),
    ("SIGMOD Record", "ACM SIGMOD Record", "article"),
    ("Inf. Syst.", "Information Systems", "article"),
)
_FORMS = (
    "Efficient {} of {} in {} systems",
    "{}-aware {} for {}",
    "A framework for {} and {} over {} data",
    "{}: a system for {} {}",
    "On the {} of {} {}",
    "Optimising {} queries over {} {}",
    "{} {} mining with {}",
    "Towards {} {} in {}",
)
_STANDING = (
    "Editor's notes",
    "Guest editorial",
    "Chair's message",
    "Reminiscences on influential papers",
    "Panel",
    "Book review column",
)


def records(count: int, *, seed: int) -> list[Labelled]:
    """So many records in no order, about half of the works in both libraries."""
    made: list[Labelled] = []
    make = Maker(seed)
    number = 0
    while len(made) < count:
        made += _paper(make, make.rng, number)
        number += 2
    shuffled = make.rng.sample(made[:count], count)
    return [
        replace(one, work=replace(one.work, citekey=f"c{i}", origin=Origin("made.bib", i + 1)))
        for i, one in enumerate(shuffled)
    ]


def _paper(make: Maker, rng: Random, number: int) -> Iterator[Labelled]:
    standing = rng.random() < 0.05
    words = [make.invented.words[rng.randrange(700)] for _ in range(3)]
    title = rng.choice(_STANDING) if standing else rng.choice(_FORMS).format(*words)
    venue = rng.choice(_VENUES)
    truth = Work(
        "",
        venue[2],
        Origin("made.bib"),
        title=title[0].upper() + title[1:],
        authors=tuple(make.person() for _ in range(rng.choice((1, 2, 2, 3, 4)))),
        year=rng.randint(1994, 2008),
    )
    yield from _in_both(rng, truth, venue, number)
    if standing:
        later = replace(truth, year=(truth.year or 0) + 1)
        yield from _in_both(rng, later, venue, number + 1)
    elif venue[2] == "inproceedings" and rng.random() < 0.2:
        journal = rng.choice([one for one in _VENUES if one[2] == "article"])
        version = replace(truth, type="article", year=(truth.year or 0) + rng.choice((0, 1, 1, 2)))
        yield from _in_both(rng, version, journal, number + 1)


def _in_both(rng: Random, truth: Work, venue: tuple[str, str, str], number: int) -> Iterator[Labelled]:
    sides = rng.choice(("both", "both", "letters", "full"))
    if sides != "full":
        yield Labelled(replace(truth, container=venue[0], title=truth.title + "."), number, "letters")
    if sides != "letters":
        yield Labelled(_other_side(rng, replace(truth, container=venue[1])), number, "full")


def _other_side(rng: Random, work: Work) -> Work:
    authors = list(work.authors)
    if rng.random() < 0.15:
        rng.shuffle(authors)
    if len(authors) > 2 and rng.random() < 0.03:
        authors.pop()
    authors = [
        Name(n.family, " ".join(g[0] + "." for g in n.given.split())) if rng.random() < 0.2 else n
        for n in authors
    ]
    title = work.title.title() if rng.random() < 0.3 else work.title
    if rng.random() < 0.05:
        at = rng.randrange(1, len(title) - 1)
        title = title[:at] + title[at + 1 :]
    if rng.random() < 0.04:
        title = title.split(":")[0]
    return replace(work, title=title, authors=tuple(authors))
