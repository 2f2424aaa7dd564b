"""Does search find what matters, first? ``python -m benchmarks.relevance``.

Over the shipped base, with two sets of queries as people type them, judged from
the text alone by people who had not seen the code and committed before anything
was tuned (tests/data/labelled). Beside plain FTS5 (porter, words joined by OR,
``bm25`` with the title weighing five) and tantivy's BM25, each over the same text.

nDCG@10 has gains of 2^grade - 1 (Burges et al. 2005, doi:10.1145/1102351.1102363);
recall@50 and precision@10 count every grade from 1 up.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from benchmarks import peers
from kb.base import Base, open_base
from kb.ingest import ingest
from kb.library import open_library
from kb.text import fold, words

_ROOT = Path(__file__).parent.parent
_LABELLED = _ROOT / "tests" / "data" / "labelled"
SETS = {"one": "queries-one.jsonl", "two": "queries-two.jsonl"}
KINDS = ("one word", "two or three words", "four to six words", "seven or more")
_DEEP = 50  # of a ranking, what is judged

Search = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query as somebody typed it, and how much each work is wanted (1 to 3)."""

    name: str
    group: str
    user: str
    query: str
    grades: dict[str, int]

    @property
    def kind(self) -> str:
        """By its number of words."""
        count = len(words(self.query))
        return KINDS[(count > 1) + (count > 3) + (count > 6)]


@dataclass(frozen=True, slots=True)
class Named:
    """A topic, what people type for it, and the works that are on it."""

    topic: str
    variants: tuple[str, ...]
    works: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over some queries."""

    queries: int
    ndcg: float
    recall: float
    precision: float


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a variant of a topic's name finds, beside its plain name: both from 0 to 1."""

    topic: str
    variant: str
    kind: str
    recall: float
    precision_lost: float

    @property
    def kept(self) -> bool:
        """Whether it recalls as much as the plain name, and costs no precision worth a word."""
        return self.recall >= 0.95 and self.precision_lost <= 0.05


def judged() -> list[Judged]:
    """Both sets of queries, in order."""
    return [
        Judged(row["id"], name, row["user"], row["query"], row["relevant"])
        for name, path in SETS.items()
        for row in _rows(path)
    ]


def topics() -> list[Named]:
    """What people type for each topic; works that are on none are left out."""
    found = [
        Named(row["topic"], tuple(row["variants"]), frozenset(row["works"]))
        for row in _rows("variants.jsonl")
    ]
    return [each for each in found if each.works]


def _rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (_LABELLED / name).read_text("utf-8").splitlines() if line.strip()]


# --- measures


def ndcg(ranked: Sequence[str], grades: dict[str, int], *, depth: int = 10) -> float:
    """How near the first ``depth`` are to the best order there could be, 0 to 1."""
    best = sum((2**g - 1) / log2(i + 2) for i, g in enumerate(sorted(grades.values(), reverse=True)[:depth]))
    gains = ((2 ** grades.get(citekey, 0) - 1) / log2(i + 2) for i, citekey in enumerate(ranked[:depth]))
    return sum(gains) / best if best else 0.0


def recall(ranked: Sequence[str], grades: dict[str, int], *, depth: int = _DEEP) -> float:
    """The share of what is wanted among the first ``depth``."""
    return len({*ranked[:depth]} & grades.keys()) / len(grades) if grades else 0.0


def precision(ranked: Sequence[str], grades: dict[str, int], *, depth: int = 10) -> float:
    """The share of the first ``depth`` that is wanted."""
    return len({*ranked[:depth]} & grades.keys()) / depth


def scores(search: Search, queries: Iterable[Judged]) -> Scores:
    """Means of the measures over the queries."""
    asked = [(query, search(query.query)) for query in queries]
    if not asked:
        return Scores(0, 0.0, 0.0, 0.0)
    return Scores(
        len(asked),
        *(
            mean(measure(found, query.grades) for query, found in asked)
            for measure in (ndcg, recall, precision)
        ),
    )


def spellings(base: Base, named: Iterable[Named]) -> list[Spelling]:
    """Every variant beside the plain name of its topic.

    What is found are the works with all the words: what stands above the line.
    Recall is of the topic's works that the plain name finds, precision of the topic's works.
    """
    statuses = {(slug, fold(text)): status for slug, text, status in _labels(base)}
    told = []
    for topic in named:
        plain = _above_the_line(base, base.thesaurus.label(topic.topic))
        wanted = plain & topic.works or topic.works
        for variant in topic.variants:
            found = _above_the_line(base, variant)
            status = statuses.get((topic.topic, fold(variant)), "")
            kind = "label" if status and status != "hidden" else status or "unknown"
            share = len(found & wanted) / len(wanted)
            told.append(
                Spelling(topic.topic, variant, kind, share, _pure(plain, topic) - _pure(found, topic))
            )
    return told


def _pure(found: set[str], topic: Named) -> float:
    return len(found & topic.works) / len(found) if found else 1.0


def _labels(base: Base) -> list[tuple[str, str, str]]:
    return [
        (line.slug, label.text, label.status)
        for line in base.topic_lines()
        for label in base.topic(line.slug).labels
    ]


def _above_the_line(base: Base, query: str) -> set[str]:
    return {hit.work.citekey for hit in base.search(query, limit=10_000, all_words=True).hits}


# --- the report


def searches(base: Base) -> dict[str, Search]:
    """Ours and the peers, each from a query to citekeys; a peer that is not installed says so."""
    rows = peers.texts(base)
    found: dict[str, Search] = {"kb": lambda query: _ours(base, query), "FTS5": peers.fts5(rows)}
    tantivy = peers.tantivy(rows)
    if tantivy:
        found["tantivy"] = tantivy
    else:
        print("tantivy is left out: it is not installed (pip install tantivy).")
    return found


def _ours(base: Base, query: str) -> list[str]:
    return [hit.work.citekey for hit in base.search(query, limit=_DEEP).hits]


def tables(base: Base) -> str:
    """Everything that was measured, as tables."""
    engines, queries = searches(base), judged()
    groups: dict[str, list[Judged]] = {"all": queries}
    groups |= {f"set {name}": [q for q in queries if q.group == name] for name in SETS}
    groups |= {user: [q for q in queries if q.user == user] for user in ("researcher", "policy", "writer")}
    groups |= {kind: [q for q in queries if q.kind == kind] for kind in KINDS}
    lines = ["| queries | | " + " | ".join(engines) + " |", "| --- | --- |" + " --- |" * len(engines)]
    for name, chosen in groups.items():
        told = [scores(search, chosen) for search in engines.values()]
        cells = (f"{s.ndcg:.3f} / {s.recall:.3f} / {s.precision:.3f}" for s in told)
        lines.append(f"| {name} | {len(chosen)} | {' | '.join(cells)} |")
    return "\n".join((*lines, "", _variants_table(spellings(base, topics()))))


def _variants_table(told: Sequence[Spelling]) -> str:
    lines = [
        "| variants | | recall | precision lost, points | recall ≥ .95 | lost ≤ 5 | both |",
        "| --- |" + " --- |" * 6,
    ]
    for kind in ("label", "hidden", "unknown"):
        some = [each for each in told if each.kind == kind]
        if some:
            enough = sum(each.recall >= 0.95 for each in some) / len(some)
            pure = sum(each.precision_lost <= 0.05 for each in some) / len(some)
            both = sum(each.kept for each in some) / len(some)
            lost = 100 * mean(each.precision_lost for each in some)
            lines.append(
                f"| {kind} | {len(some)} | {mean(e.recall for e in some):.3f} | {lost:.1f}"
                f" | {enough:.0%} | {pure:.0%} | {both:.0%} |"
            )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, and with ``--each`` the score of each query."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("--database", type=Path, help="an ingested shipped base; made anew without")
    parser.add_argument("--each", action="store_true", help="every query and variant that loses")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="kb-bench-") as scratch:
        database = chosen.database or _ingested(Path(scratch))
        with open_base(database) as base:
            print(tables(base))
            if chosen.each:
                print(_each(base))


def _ingested(scratch: Path) -> Path:
    ingest(open_library(_ROOT, database=scratch / "kb.db"))
    return scratch / "kb.db"


def _each(base: Base) -> str:
    engines = searches(base)
    lines = ["", "nDCG@10 of " + ", ".join(engines)]
    for query in judged():
        told = " ".join(f"{ndcg(search(query.query), query.grades):.2f}" for search in engines.values())
        lines.append(f"{query.name} {told}  {query.query}")
    lines += [
        f"{each.topic}: “{each.variant}” ({each.kind})"
        f" recall {each.recall:.2f}, precision lost {each.precision_lost:.2f}"
        for each in spellings(base, topics())
        if not each.kept
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
