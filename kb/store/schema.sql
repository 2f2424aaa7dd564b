-- The store: a view of references/ and notes/, on one screen. Delete it at any
-- time; `kb ingest` makes it again, row for row. A work's id is made from its
-- citekey (ids.row_numbers), so that it never depends on the order of ingests.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What was read, from which bytes; `records` is what the reader made of them.
CREATE TABLE file (
  path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, records BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What references/ alone decides and takes long to find out, beside the hash of all of it.
CREATE TABLE made (
  name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE problem (
  path TEXT NOT NULL, line INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
  citekey TEXT NOT NULL, message TEXT NOT NULL, remedy TEXT NOT NULL,
  PRIMARY KEY (path, line, code, citekey, message)
) STRICT, WITHOUT ROWID;

CREATE TABLE work (
  id INTEGER PRIMARY KEY, citekey TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
  title TEXT NOT NULL, byline TEXT NOT NULL, year INTEGER, date TEXT NOT NULL,
  container TEXT NOT NULL, publisher TEXT NOT NULL, volume TEXT NOT NULL, issue TEXT NOT NULL,
  pages TEXT NOT NULL, doi TEXT NOT NULL, isbn TEXT NOT NULL, url TEXT NOT NULL,
  language TEXT NOT NULL, abstract TEXT NOT NULL, annotation TEXT NOT NULL,
  held INTEGER NOT NULL, status TEXT NOT NULL, added TEXT NOT NULL, citeslist TEXT NOT NULL,
  fields TEXT NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL, more_authors INTEGER NOT NULL
) STRICT;

CREATE TABLE alias (alias TEXT PRIMARY KEY, citekey TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What each entry says, of works for which several stand: nothing of it is lost.
CREATE TABLE entry (
  citekey TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  doi TEXT NOT NULL, fields TEXT NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL,
  PRIMARY KEY (citekey, position)
) STRICT, WITHOUT ROWID;

-- People's decisions on which works are one; their names are followed by whoever asks.
CREATE TABLE decision (
  path TEXT NOT NULL, line INTEGER NOT NULL, verdict TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
  said_by TEXT NOT NULL, day TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (path, line, one, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE authorship (
  work INTEGER NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL,
  family TEXT NOT NULL, given TEXT NOT NULL, particle TEXT NOT NULL, suffix TEXT NOT NULL,
  corporate INTEGER NOT NULL, orcid TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (work, role, position)
) STRICT, WITHOUT ROWID;

-- Who signs, under all spellings of the name; and what one may look each up by.
CREATE TABLE person (
  slug TEXT PRIMARY KEY, family TEXT NOT NULL, given TEXT NOT NULL, particle TEXT NOT NULL,
  suffix TEXT NOT NULL, corporate INTEGER NOT NULL, orcid TEXT NOT NULL, spellings TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person_key (
  key TEXT NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_keyword (
  work INTEGER NOT NULL, position INTEGER NOT NULL, keyword TEXT NOT NULL,
  PRIMARY KEY (work, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_topic (
  work INTEGER NOT NULL, topic TEXT NOT NULL, via TEXT NOT NULL,
  PRIMARY KEY (work, topic, via)
) STRICT, WITHOUT ROWID;

CREATE TABLE citation (
  citing INTEGER NOT NULL, cited INTEGER NOT NULL, intent TEXT NOT NULL,
  field TEXT NOT NULL, place TEXT NOT NULL, confidence REAL NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL,
  PRIMARY KEY (citing, cited, intent, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE relation (
  citekey TEXT NOT NULL, other TEXT NOT NULL, type TEXT NOT NULL,
  PRIMARY KEY (citekey, other, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
  front TEXT NOT NULL, work TEXT NOT NULL, sensitivity INTEGER NOT NULL,
  added TEXT NOT NULL, checked TEXT NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL
) STRICT;

CREATE TABLE mention (
  note TEXT NOT NULL, citekey TEXT NOT NULL, line INTEGER NOT NULL,
  intent TEXT NOT NULL, place TEXT NOT NULL,
  PRIMARY KEY (note, citekey, line, intent, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
  note TEXT NOT NULL, target TEXT NOT NULL, field TEXT NOT NULL, line INTEGER NOT NULL,
  PRIMARY KEY (note, target, field, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (note TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (note, tag)) STRICT, WITHOUT ROWID;

CREATE TABLE topic (
  slug TEXT PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL,
  facet TEXT NOT NULL, status TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE label (
  folded TEXT NOT NULL, topic TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL,
  status TEXT NOT NULL, era TEXT NOT NULL, place TEXT NOT NULL, lang TEXT NOT NULL,
  exact INTEGER NOT NULL,
  PRIMARY KEY (topic, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE topic_relation (
  topic TEXT NOT NULL, relation TEXT NOT NULL, other TEXT NOT NULL,
  PRIMARY KEY (topic, relation, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE sample (
  slug TEXT PRIMARY KEY, label TEXT NOT NULL, n INTEGER, countries TEXT NOT NULL,
  population TEXT NOT NULL, sex TEXT NOT NULL, ages TEXT NOT NULL, setting TEXT NOT NULL,
  recruited TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE overlap (
  sample TEXT NOT NULL, other TEXT NOT NULL, how TEXT NOT NULL, because TEXT NOT NULL,
  PRIMARY KEY (sample, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
  id TEXT PRIMARY KEY, work TEXT NOT NULL, note TEXT NOT NULL, position INTEGER NOT NULL,
  outcome TEXT NOT NULL, measure TEXT NOT NULL, value REAL, low REAL, high REAL,
  ci_low REAL, ci_high REAL, n INTEGER, events INTEGER, follow_up REAL,
  follow_up_kind TEXT NOT NULL, subgroup TEXT NOT NULL, comparator TEXT NOT NULL,
  arms TEXT NOT NULL, place TEXT NOT NULL, via TEXT NOT NULL, text TEXT NOT NULL,
  direction TEXT NOT NULL, line INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_topic (
  finding TEXT NOT NULL, role TEXT NOT NULL, topic TEXT NOT NULL,
  PRIMARY KEY (finding, role, topic)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  slug TEXT PRIMARY KEY, statement TEXT NOT NULL, said_by TEXT NOT NULL, speaker TEXT NOT NULL,
  attribution TEXT NOT NULL, place TEXT NOT NULL, as_of TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_evidence (
  claim TEXT NOT NULL, position INTEGER NOT NULL, relation TEXT NOT NULL, work TEXT NOT NULL,
  url TEXT NOT NULL, finding TEXT NOT NULL, because TEXT NOT NULL, place TEXT NOT NULL,
  PRIMARY KEY (claim, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE list_item (
  list TEXT NOT NULL, position INTEGER NOT NULL, section TEXT NOT NULL, citekey TEXT NOT NULL,
  reason TEXT NOT NULL, role TEXT NOT NULL, minutes INTEGER, text TEXT NOT NULL,
  PRIMARY KEY (list, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_search (
  slug TEXT PRIMARY KEY, query TEXT NOT NULL, literal INTEGER NOT NULL, all_words INTEGER NOT NULL,
  sort TEXT NOT NULL, off TEXT NOT NULL, facets TEXT NOT NULL, why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE search_run (
  search TEXT NOT NULL, position INTEGER NOT NULL, run_on TEXT NOT NULL, run_by TEXT NOT NULL,
  thesaurus TEXT NOT NULL, total INTEGER, complete INTEGER, held INTEGER, cited INTEGER,
  base_held INTEGER, base_cited INTEGER, entries INTEGER, merged INTEGER, left_out INTEGER,
  newest TEXT NOT NULL, version TEXT NOT NULL, named INTEGER,
  command TEXT NOT NULL, understood TEXT NOT NULL, lists TEXT NOT NULL,
  PRIMARY KEY (search, position)
) STRICT, WITHOUT ROWID;

-- The works of a run: all it found, or what is new and gone since the run before.
CREATE TABLE search_work (
  search TEXT NOT NULL, position INTEGER NOT NULL, what TEXT NOT NULL, citekey TEXT NOT NULL,
  PRIMARY KEY (search, position, what, citekey)
) STRICT, WITHOUT ROWID;

-- What is searched of a work; of a note, its title and body.
CREATE TABLE fulltext (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, people TEXT NOT NULL, venue TEXT NOT NULL,
  keywords TEXT NOT NULL, topics TEXT NOT NULL, abstract TEXT NOT NULL, notes TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE fulltext_index USING fts5 (
  title, people, venue, keywords, topics, abstract, notes,
  content = 'fulltext', content_rowid = 'id', tokenize = "porter unicode61 remove_diacritics 2"
);

-- The same columns as fulltext_index, so that one expression can ask both.
CREATE VIEW note_text AS
SELECT id, title, '' AS people, '' AS venue, '' AS keywords, '' AS topics, '' AS abstract, body AS notes
FROM note;

CREATE VIRTUAL TABLE note_index USING fts5 (
  title, people, venue, keywords, topics, abstract, notes,
  content = 'note_text', content_rowid = 'id', tokenize = "porter unicode61 remove_diacritics 2"
);

-- Indexes are made after the rows (store.rows.replace): each names its query.
-- @indexes
CREATE INDEX work_doi ON work (doi) WHERE doi <> '';           -- resolve a DOI
CREATE INDEX entry_doi ON entry (doi) WHERE doi <> '';         -- resolve a DOI of a merged entry
CREATE INDEX alias_citekey ON alias (citekey);                 -- aliases of a work
CREATE INDEX authorship_person ON authorship (person, work);    -- works of a person
CREATE INDEX relation_other ON relation (other);               -- relations from the other end
CREATE INDEX work_topic_topic ON work_topic (topic, work);     -- works of a topic
CREATE INDEX citation_cited ON citation (cited, citing);       -- cited by
CREATE INDEX mention_citekey ON mention (citekey);             -- notes on a work
CREATE INDEX link_target ON link (target);                     -- what names a note
CREATE INDEX note_work ON note (work) WHERE work <> '';        -- study notes of a work
CREATE INDEX finding_work ON finding (work);                   -- findings of a work
CREATE INDEX finding_topic_topic ON finding_topic (topic);     -- findings on a tool
CREATE INDEX claim_evidence_work ON claim_evidence (work);     -- claims on a work
CREATE INDEX list_item_citekey ON list_item (citekey);         -- lists of a work
CREATE INDEX label_folded ON label (folded);                   -- a name's topic

-- What a reader works with; it dies with the connection. Made when that opens, for
-- a rollback in a transaction that made tables would read this whole schema again.
-- @reader
CREATE VIRTUAL TABLE temp.shown USING fts5 (
  title, people, venue, keywords, topics, abstract, notes,
  tokenize = "porter unicode61 remove_diacritics 2"
);                                                             -- the works of a page, to mark matches in
CREATE TABLE temp.chosen (id INTEGER PRIMARY KEY);             -- works found, to count facets of
