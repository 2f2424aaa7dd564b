"""Files of publications as programs export them, of any length: the same for the same count and seed.

The first thousand of ten thousand are those of a file of one thousand. One in
two hundred BibTeX entries is broken, as files of people are.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count as counted
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.words import Words, tex

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTICLES = ("van der", "von", "de la", "Van", "d'")
_BROKEN = 200  # one entry in so many
_JOURNALS = 60
_CONTAINERS = {"article": "journal", "book": "series", "phdthesis": "school", "techreport": "institution"}
_TYPES = ("article",) * 12 + ("inproceedings", "incollection", "book", "phdthesis", "techreport", "online")


@dataclass(frozen=True, slots=True)
class Made:
    """A publication before it is written in any format; accents are letters, there is no markup."""

    number: int
    citekey: str
    type: str
    authors: tuple[tuple[str, str, str], ...]  # particle, family and given name
    title: str
    journal: int
    year: int
    month: int
    volume: int
    issue: int
    first: int
    abstract: str
    keywords: tuple[str, ...]

    @property
    def doi(self) -> str:
        """A DOI; some have an underscore, which LaTeX wants escaped."""
        return f"10.5555/{'s_' if self.number % 7 == 0 else ''}{self.citekey}"

    @property
    def last(self) -> int:
        """The last page."""
        return self.first + 4 + self.number % 23


class Maker:
    """Invents publications one after the other."""

    def __init__(self, seed: int = 7) -> None:
        self.rng = Random(seed)
        self.words = Words(self.rng)
        self.journals = [f"Journal of {self.words.phrase(3).title()}" for _ in range(_JOURNALS)]

    def made(self) -> Iterator[Made]:
        """Publications without end."""
        return map(self._made, counted())

    def _made(self, number: int) -> Made:
        pick, choose, words = self.rng.randint, self.rng.choice, self.words
        authors = tuple(self._author() for _ in range(choose((1, 2, 3, 3, 4, 5, 8))))
        return Made(
            number,
            f"made{number:06}{words.some(1)[0]}",
            choose(_TYPES),
            authors,
            f"{words.phrase(4)}: {words.phrase(5)}".capitalize(),
            pick(0, _JOURNALS - 1),
            pick(1985, 2026),
            pick(1, 12),
            pick(1, 60),
            pick(1, 12),
            pick(1, 900),
            words.prose(130) if self.rng.random() < 0.35 else "",
            tuple(words.phrase(choose((1, 2))) for _ in range(pick(0, 6))),
        )

    def _author(self) -> tuple[str, str, str]:
        family, _, given = self.words.person().partition(", ")
        return (self.rng.choice(_PARTICLES) if self.rng.random() < 0.08 else "", family, given)


def write(path: Path, form: str, size: int, *, whole: bool = False) -> None:
    """Write so many publications in one of ``FORMS``; ``whole`` leaves no BibTeX entry broken."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_bibtex(size, whole=whole) if form == "bibtex" else FORMS[form](size))


# --- BibTeX


def _bibtex(size: int, *, whole: bool) -> Iterator[str]:
    maker = Maker()
    for i, name in enumerate(maker.journals):
        value = f'"Journal of " # {_braced(_text(name[len("Journal of ") :], maker.rng), maker.rng)}'
        yield f"@string{{j{i} = {value}}}\n"
    for made in islice(maker.made(), size):
        written = _entry(made, Random(made.number))
        yield written if whole or made.number % _BROKEN != _BROKEN // 2 else _broken(written, made.number)


def _broken(entry: str, number: int) -> str:
    """A comma, a brace or a definition is missing, or the citekey is that of other entries."""
    kind = number // _BROKEN % 4
    if kind == 0:
        return entry.replace(",\n  year", "\n  year", 1)
    if kind == 1:
        return entry.removesuffix("}\n\n") + "\n"
    if kind == 2:
        return entry.replace("  year", "  series = undefined,\n  year", 1)
    return re.sub(r"\{.*?,", "{again,", entry, count=1)


def _entry(made: Made, rng: Random) -> str:
    container = _CONTAINERS.get(made.type, "organization" if made.type == "online" else "booktitle")
    fields = {
        "author": _braced(_people(made, rng), rng),
        "title": _braced(_text(made.title, rng), rng),
        container: f"j{made.journal}",
        "year": str(made.year) if rng.random() < 0.5 else f"{{{made.year}}}",
        "month": _MONTHS[made.month - 1] if rng.random() < 0.5 else "",
        "volume": f"{{{made.volume}}}",
        "number": f"{{{made.issue}}}" if made.type == "article" else "",
        "pages": f"{{{made.first}--{made.last}}}",
        "publisher": _braced(_text(f"{made.authors[0][1]} and Sons", rng), rng),
        "doi": f"{{{made.doi.replace('_', chr(92) + '_')}}}",
        "url": f"{{https://example.org/{made.citekey}?a=1\\&b=%20}}" if made.number % 3 == 0 else "",
        "keywords": _braced(_text(", ".join(made.keywords), rng), rng) if made.keywords else "",
        "abstract": _braced(_text(made.abstract, rng), rng) if made.abstract else "",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@{made.type}{{{made.citekey},\n{lines}\n}}\n\n"


def _braced(text: str, rng: Random) -> str:
    """In braces, or where that can be in quotes."""
    return f'"{text}"' if rng.random() < 0.15 and '"' not in text else f"{{{text}}}"


def _people(made: Made, rng: Random) -> str:
    """Names in every shape that BibTeX knows, some with accents in LaTeX."""
    if made.number % 40 == 0:
        return "{Office for the Study of Examples}"
    names = [_person(*author, rng) for author in made.authors]
    shown = " and ".join([*names, "others"] if made.number % 25 == 0 else names)
    return tex(shown) if rng.random() < 0.7 else shown


def _person(particle: str, family: str, given: str, rng: Random) -> str:
    if not particle and rng.random() < 0.03:
        return f"{family}, Jr., {given}"
    family = f"{particle} {family}".strip()
    return f"{given} {family}" if rng.random() < 0.35 else f"{family}, {given}"


def _text(text: str, rng: Random) -> str:
    """The text, four times in ten with a command, an accent or mathematics in it."""
    if rng.random() >= 0.4:
        return text
    before, _, rest = text.partition(" ")
    word, _, rest = rest.partition(" ")
    put = rng.choice(
        (
            rf"\textit{{{word}}}",
            rf"\emph{{{word}}}",
            f"{{{word.upper()}}}",
            rf"{word} \& co",
            rf"{word} 12\,\%",
            rf"{word} $\alpha = .05$",
            rf"{word} \textendash{{}} ``so''",
            rf"Fran\c{{c}}ois {word}",
            rf"M{{\"u}}ller {word}",
            rf"{word} na\"{{\i}}ve",
            rf"\O{{}}stergaard {word}",
            rf"Stra{{\ss}}e {word}",
        )
    )
    return f"{before} {put} {rest}".strip()


# --- the others


def _ris(size: int) -> Iterator[str]:
    maker = Maker()
    for made in islice(maker.made(), size):
        kind = {"article": "JOUR", "inproceedings": "CPAPER", "book": "BOOK", "online": "ELEC"}
        lines = [("TY", kind.get(made.type, "CHAP"))]
        lines += [("AU", f"{f'{part} {family}'.strip()}, {given}") for part, family, given in made.authors]
        lines += [("TI", made.title), ("T2", maker.journals[made.journal]), ("PY", str(made.year))]
        lines += [("DA", f"{made.year}/{made.month:02}//"), ("VL", str(made.volume)), ("IS", str(made.issue))]
        lines += [("SP", str(made.first)), ("EP", str(made.last)), ("DO", made.doi)]
        lines += [("KW", word) for word in made.keywords]
        lines += [("AB", made.abstract)] if made.abstract else []
        yield "".join(f"{tag}  - {value}\n" for tag, value in [*lines, ("ER", "")]) + "\n"


def _csl(size: int) -> Iterator[str]:
    maker = Maker()
    kinds = {"article": "article-journal", "inproceedings": "paper-conference", "book": "book"}
    for made in islice(maker.made(), size):
        item = {
            "id": made.citekey,
            "type": kinds.get(made.type, "chapter"),
            "author": [
                {"family": family, "given": given} | ({"non-dropping-particle": part} if part else {})
                for part, family, given in made.authors
            ],
            "title": made.title,
            "container-title": maker.journals[made.journal],
            "issued": {"date-parts": [[made.year, made.month]]},
            "volume": str(made.volume),
            "issue": str(made.issue),
            "page": f"{made.first}-{made.last}",
            "DOI": made.doi,
            "abstract": made.abstract,
        }
        yield f"{',' if made.number else '['}\n{json.dumps(item, ensure_ascii=False)}"
    yield "\n]\n"


def _openalex(size: int) -> Iterator[str]:
    maker = Maker()
    for made in islice(maker.made(), size):
        yield json.dumps(_openalex_work(made, maker.journals[made.journal]), ensure_ascii=False) + "\n"


def _openalex_work(made: Made, journal: str) -> dict[str, object]:
    rng = Random(made.number)
    cited = [f"https://openalex.org/W{rng.randrange(10**9, 4 * 10**9)}" for _ in range(rng.randrange(60))]
    places: dict[str, list[int]] = {}
    for place, word in enumerate(made.abstract.split()):
        places.setdefault(word, []).append(place)
    number = f"https://openalex.org/W{10**9 + made.number}"
    return {
        "id": number,
        "doi": f"https://doi.org/{made.doi}",
        "title": made.title,
        "display_name": made.title,
        "publication_year": made.year,
        "publication_date": f"{made.year}-{made.month:02}-01",
        "ids": {"openalex": number, "doi": f"https://doi.org/{made.doi}"},
        "language": "en",
        "primary_location": {"source": {"display_name": journal, "issn_l": "1234-5679", "type": "journal"}},
        "type": "article",
        "authorships": [_authorship(*author, made.number) for author in made.authors],
        "cited_by_count": made.volume,
        "is_retracted": False,
        "biblio": {
            "volume": str(made.volume),
            "issue": str(made.issue),
            "first_page": str(made.first),
            "last_page": str(made.last),
        },
        "keywords": [{"display_name": word, "score": 0.5} for word in made.keywords],
        "referenced_works_count": len(cited),
        "referenced_works": cited,
        "abstract_inverted_index": places or None,
    }


def _authorship(particle: str, family: str, given: str, number: int) -> dict[str, object]:
    name = " ".join(part for part in (given, particle, family) if part)
    return {
        "author_position": "middle",
        "author": {"id": f"https://openalex.org/A{number}", "display_name": name, "orcid": None},
        "institutions": [{"id": f"https://openalex.org/I{number}", "display_name": "Example University"}],
        "raw_author_name": name,
    }


FORMS: dict[str, Callable[[int], Iterable[str]]] = {"ris": _ris, "csl": _csl, "openalex": _openalex}
