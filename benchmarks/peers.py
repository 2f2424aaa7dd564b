"""Other search engines over the same text: what a search is measured against.

Each takes rows of (name, title, all other text) and gives a function from a
query to names, best first. Words that tell nothing are left out of queries as
ours leaves them out; all others are joined by OR.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from kb.base import Base
from kb.search.fts import STOP_WORDS
from kb.text import words

Text = tuple[str, str, str]
Search = Callable[..., list[str]]

_TITLE = 5.0
_TEXTS = """
SELECT citekey, fulltext.title,
       people || ' ' || venue || ' ' || keywords || ' ' || topics || ' ' || fulltext.abstract || ' ' || notes
FROM fulltext JOIN work USING (id) ORDER BY citekey
"""


def texts(base: Base) -> list[Text]:
    """Citekey, title and everything else that is indexed, of every work."""
    return list(base.db.execute(_TEXTS))


def telling(query: str) -> list[str]:
    """The words of a query without those that tell nothing, unless there are no others."""
    found = list(dict.fromkeys(words(query)))
    return [word for word in found if word not in STOP_WORDS] or found


def fts5(rows: Iterable[Text]) -> Search:
    """Plain FTS5: porter, OR, ``bm25`` with the title weighing five."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE VIRTUAL TABLE plain USING fts5 (name UNINDEXED, title, text, tokenize = 'porter unicode61')"
    )
    db.executemany("INSERT INTO plain VALUES (?, ?, ?)", rows)
    ranked = f"SELECT name FROM plain WHERE plain MATCH ? ORDER BY bm25(plain, 0, {_TITLE}, 1) LIMIT ?"

    def search(query: str, limit: int = 50) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in telling(query))
        return [name for (name,) in db.execute(ranked, (match, limit))] if match else []

    return search


def tantivy(rows: Sequence[Text]) -> Search | None:
    """tantivy's BM25 with English stems, the title boosted by five; None where it is not installed."""
    try:
        import tantivy as engine
    except ImportError:
        return None
    schema = engine.SchemaBuilder()
    schema.add_text_field("name", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        schema.add_text_field(field, tokenizer_name="en_stem")
    index = engine.Index(schema.build())
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for name, title, text in rows:
        writer.add_document(engine.Document(name=[name], title=[title], text=[text]))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str, limit: int = 50) -> list[str]:
        parsed = index.parse_query(
            " ".join(telling(query)), ["title", "text"], field_boosts={"title": _TITLE}
        )
        hits = searcher.search(parsed, limit, count=False).hits
        return [searcher.doc(address)["name"][0] for _, address in hits]

    return search
