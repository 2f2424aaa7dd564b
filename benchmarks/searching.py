"""How fast is search? Beside the bare full-text query with the same expanded terms.

*Bare* is one ranked FTS5 query for 20 row numbers, with the widest expression
that the query compiles to. Search answers with titles, badges, passages,
reasons and counts, works with all the words first.
"""

import sqlite3
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.measure import Cost, Figure, best, cost, high, middle, rounds
from kb.base import open_base
from kb.search import Thesaurus, compile_query

_BARE = """
SELECT rowid FROM fulltext_index WHERE fulltext_index MATCH ?
ORDER BY bm25(fulltext_index, 5.0, 3.0, 1.0, 3.0, 2.0, 1.0, 1.0) LIMIT 20
"""


def search_generated(database: Path, *, queries: int, count: int) -> list[Figure]:
    """Median and 95th percentile of so many queries, each the best of a few rounds."""
    bare = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    ours: list[Cost] = []
    theirs: list[Cost] = []
    with open_base(database) as base:
        for query in made_queries(bare, queries):
            parameters = (widest(query, base.thesaurus),)
            answers = partial(cost, partial(base.search, query, limit=20))
            rows = partial(cost, partial(_fetched, bare, parameters))
            costs = rounds(count, {"ours": answers, "bare": rows})
            ours.append(best(costs["ours"]))
            theirs.append(best(costs["bare"]))
    bare.close()
    beside = "the bare query"
    return [
        Figure("bare full-text query, median", middle(theirs)),
        Figure("search, median", middle(ours), beside, middle(ours).cpu / middle(theirs).cpu, most=1.5),
        Figure("bare full-text query, 95th percentile", high(theirs)),
        Figure("search, 95th percentile", high(ours), beside, high(ours).cpu / high(theirs).cpu, most=1.5),
    ]


def _fetched(db: sqlite3.Connection, parameters: tuple[str]) -> None:
    db.execute(_BARE, parameters).fetchall()


def widest(query: str, thesaurus: Thesaurus) -> str:
    """The expression for works with any of the words."""
    compiled = compile_query(query, thesaurus)
    return compiled.some_words or compiled.all_words


def made_queries(db: sqlite3.Connection, count: int, *, seed: int = 11) -> list[str]:
    """One to three words of titles, labels of topics, phrases of titles: a fifth of each."""
    rng = Random(seed)
    titles = [title.split() for (title,) in db.execute("SELECT title FROM work ORDER BY citekey")]
    labels = [text for (text,) in db.execute("SELECT text FROM label ORDER BY topic, position")]
    made: list[str] = []
    for i in range(count):
        title = rng.choice(titles)
        words = [word.strip(":,") for word in title if word.isalpha()] or ["prevention"]
        start = rng.randrange(max(1, len(title) - 2))
        kinds = (
            rng.choice(words),
            " ".join(rng.sample(words, min(2, len(words)))),
            " ".join(rng.sample(words, min(3, len(words)))),
            rng.choice(labels),
            f'"{" ".join(title[start : start + 2])}"',
        )
        made.append(kinds[i % len(kinds)])
    return made
