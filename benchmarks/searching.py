"""How fast is search? 200,000 works with abstracts, beside bare FTS5, SQL's GROUP BY and tantivy.

*Bare* is one ranked FTS5 query for 20 row numbers on the same file, with the
widest expression that the query compiles to; *GROUP BY* are two, years and
topics of what that expression finds. tantivy searches the same text, title
boosted, and gives 20 names. Search answers with titles, badges, passages,
reasons and counts; a page has all facets too.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from benchmarks import peers
from benchmarks.measure import Cost, Figure, best, cost, high, middle, rounds
from benchmarks.words import Words
from kb import store
from kb.base import Base, open_base
from kb.model import Content, Name, Origin, Work
from kb.search import Thesaurus, compile_query

FULL = 200_000
_BARE = """
SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH ?
ORDER BY bm25(fulltext_index, 5.0, 1.0, 0.5, 2.0, 2.0, 1.0, 1.0) LIMIT 20
"""
_GROUPED = (
    """
SELECT year, count(*) FROM fulltext_index JOIN work ON work.id = fulltext_index.rowid
WHERE fulltext_index MATCH ? GROUP BY year""",
    """
SELECT topic, count(*) FROM fulltext_index JOIN work_topic ON work_topic.work = fulltext_index.rowid
WHERE fulltext_index MATCH ? GROUP BY topic""",
)
_TOPICS = 60
_ORIGIN = Origin("references/made.bib")
KINDS = ("one word", "two words", "three words", "phrase", "beginning", "title: and a word")


@dataclass(slots=True)
class _Costs:
    """Of the queries of one kind, what each way cost, the best of a few rounds."""

    ways: dict[str, list[Cost]] = field(default_factory=dict)

    def add(self, costs: dict[str, list[Cost]]) -> None:
        for way, several in costs.items():
            self.ways.setdefault(way, []).append(best(several))

    def add_all(self, other: "_Costs", *, but: str) -> None:
        for way, costs in other.ways.items():
            self.ways.setdefault(way, []).extend(costs if way != but else [])
        if not self.ways.get(but):
            self.ways.pop(but, None)  # a peer that was not asked everything


def search_made(scratch: Path, works: int, *, queries: int, count: int) -> Iterator[tuple[str, list[Figure]]]:
    """For each kind of query: hits, pages and facets beside the peers, in one run."""
    database = scratch / "made.db"
    make(database, works)
    bare = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    bare.execute("PRAGMA cache_size = -32768")  # as ours has it
    with open_base(database) as base:
        tantivy = peers.tantivy(peers.texts(base))
        if tantivy is None:
            print("tantivy is left out: it is not installed (pip install tantivy).")
        base.search("the first search reads the columns").facets  # noqa: B018  once for each version of a store
        asked = made_queries(bare, max(1, queries // len(KINDS)))
        whole = _Costs()
        for kind in KINDS:
            costs = _Costs()
            for query in asked[kind]:
                costs.add(rounds(count, _ways(base, bare, query, tantivy if kind != "beginning" else None)))
            yield f"Search in {works:,} works: {kind}, {len(asked[kind])} queries", _figures(costs.ways)
            whole.add_all(costs, but="tantivy")
        yield f"Search in {works:,} works: all of these queries", _figures(whole.ways)
    bare.close()


def _ways(
    base: Base, bare: sqlite3.Connection, query: str, tantivy: peers.Search | None
) -> dict[str, Callable[[], Cost]]:
    match = (widest(query, base.thesaurus),)
    ways: dict[str, Callable[[], object]] = {
        "bare": lambda: bare.execute(_BARE, match).fetchall(),
        "hits": lambda: base.search(query, limit=20),
        "page": lambda: base.search(query, limit=20).facets,
        "grouped": lambda: [bare.execute(each, match).fetchall() for each in _GROUPED],
        "facets": lambda: store.facets.facets(base.db, store.fulltext.matching(base.db, match[0], [])),
    }
    if tantivy:
        ways["tantivy"] = lambda: tantivy(query, limit=20)
    return {name: partial(cost, way) for name, way in ways.items()}


def _figures(ways: dict[str, list[Cost]]) -> list[Figure]:
    told = []
    for name, pick in (("median", middle), ("95th percentile", high)):
        found = {way: pick(costs) for way, costs in ways.items()}
        told += [
            Figure(f"bare full-text query, {name}", found["bare"]),
            _beside(f"hits, {name}", found["hits"], "the bare query", found["bare"], 1.5),
            Figure(f"`GROUP BY` of years and of topics, {name}", found["grouped"]),
            _beside(f"all facets, {name}", found["facets"], "`GROUP BY`", found["grouped"], 1.0),
            Figure(
                f"page: hits and facets, {name}",
                found["page"],
                "(seconds)",
                found["page"].cpu,
                most=0.1 if name == "median" else None,
            ),
        ]
        if "tantivy" in found:
            told.append(
                Figure(
                    f"tantivy, {name}",
                    found["tantivy"],
                    "hits, times as fast",
                    found["hits"].cpu / max(found["tantivy"].cpu, 1e-9),
                )
            )
    return told


def _beside(name: str, ours: Cost, peer: str, theirs: Cost, most: float) -> Figure:
    return Figure(name, ours, peer, ours.cpu / max(theirs.cpu, 1e-9), most=most)


def widest(query: str, thesaurus: Thesaurus) -> str:
    """The expression for works with any of the words."""
    compiled = compile_query(query, thesaurus)
    return compiled.some_words or compiled.all_words


# --- what is searched


def make(database: Path, works: int, *, seed: int = 11) -> None:
    """A store of so many works with abstracts of about 150 words, topics and citations; no text files."""
    rng = Random(seed)
    vocabulary = Words(rng, size=min(30_000, 2_000 + works))
    made = [_work(vocabulary, rng, number) for number in range(works)]
    tables = store.tables(Content(made, {}, [], [], [], [], []))
    numbers = {row[1]: row[0] for row in tables["work"]}
    topics = [f"topic-{number}" for number in range(_TOPICS)]
    tables["topic"] = sorted((slug, "topic", slug, "theory", "in-use") for slug in topics)
    on = {(numbers[work.citekey], slug, "keyword") for work in made for slug in rng.sample(topics, 3)}
    tables["work_topic"] = sorted(on)
    tables["topic_relation"] = sorted((slug, "broader", topics[0]) for slug in topics[1::2])
    ids = sorted(numbers.values())
    cited = {(rng.choice(ids), rng.choice(ids[: max(2, works // 10)])) for _ in range(3 * works)}
    tables["citation"] = sorted((a, b, "", "cites", "", 1.0, _ORIGIN.path, 1) for a, b in cited if a != b)
    with store.writing(database) as (db, fresh):
        # Named after one file, so that arrays of columns are kept as for a library that was read.
        tables["file"] = [(_ORIGIN.path, f"{works}-{seed}", b"")]
        store.replace(db, tables, fresh=fresh)


def _work(words: Words, rng: Random, number: int) -> Work:
    return Work(
        f"made{number}",
        rng.choice(("article", "article", "inproceedings", "report")),
        _ORIGIN,
        title=words.phrase(rng.randint(6, 14)).capitalize(),
        authors=tuple(Name(*words.person().split(", ", 1)) for _ in range(rng.randint(1, 4))),
        year=rng.randint(1980, 2025),
        container=words.phrase(3).title(),
        abstract=words.prose(rng.randint(100, 200)),
        keywords=tuple(words.some(3)),
        held=rng.random() > 0.1,
    )


def made_queries(db: sqlite3.Connection, count: int, *, seed: int = 11) -> dict[str, list[str]]:
    """So many queries of each kind, of words as they stand in titles: the common ones often."""
    rng = Random(seed)
    titles = [
        title.lower().split() for (title,) in db.execute("SELECT title FROM work ORDER BY id LIMIT 5000")
    ]
    titles = [[word for word in title if word.isalpha()] for title in titles]
    chosen = [title for title in rng.sample(titles, len(titles)) if len(set(title)) > 4]
    made: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for i in range(count):
        for kind in KINDS:
            made[kind].append(_query(kind, rng, chosen[(i * len(KINDS) + KINDS.index(kind)) % len(chosen)]))
    return made


def _query(kind: str, rng: Random, title: Sequence[str]) -> str:
    some = rng.sample(sorted(set(title)), 3)
    start = rng.randrange(len(title) - 1)
    return {
        "one word": some[0],
        "two words": " ".join(some[:2]),
        "three words": " ".join(some),
        "phrase": f'"{title[start]} {title[start + 1]}"',
        "beginning": f"{some[0][:4]}*",
        "title: and a word": f"title:{some[0]} {some[1]}",
    }[kind]
