"""Content → rows: what each table holds, in the order of schema.sql's columns."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kb.ids import row_numbers
from kb.model import Content, Finding, Journal, Label, Name, Note, Person, Problem, Work
from kb.store import searches
from kb.store.people import keys
from kb.store.rows import Row
from kb.text import fold, transliterated

_JSON = json.JSONEncoder(ensure_ascii=False)  # once: json.dumps would make one for every row


def tables(content: Content) -> dict[str, list[Row]]:
    """The rows of every table but ``file`` and ``meta``; rows with an id come sorted by it."""
    numbers = row_numbers(work.citekey for work in content.works)
    notes = content.notes
    return {
        "problem": _problems(content.problems),
        "work": sorted(_work(work, numbers) for work in content.works),
        "entry": sorted(row for work in content.works for row in _entries(work)),
        "decision": sorted(
            (d.origin.path, d.origin.line, d.verdict, *d.works, d.by, d.on, d.why) for d in content.decisions
        ),
        "alias": sorted(content.aliases.items()),
        **_people(content, numbers),
        "work_keyword": sorted(
            (numbers[work.citekey], position, keyword)
            for work in content.works
            for position, keyword in enumerate(work.keywords)
        ),
        "work_topic": sorted((numbers[citekey], topic, via) for citekey, topic, via in content.work_topics),
        "citation": _citations(content, numbers),
        "relation": sorted({(r.citekey, r.other, r.type) for r in content.relations}),
        "note": sorted(_note(note, number) for note, number in _numbered(notes)),
        "mention": _distinct(
            (note.slug, m.citekey, m.origin.line, m.intent, m.where) for note in notes for m in note.mentions
        ),
        "link": _distinct(
            (note.slug, link.target, link.field, link.origin.line) for note in notes for link in note.links
        ),
        "tag": _distinct((note.slug, tag) for note in notes for tag in note.tags),
        **_thesaurus(notes),
        **_samples(notes),
        **_findings(notes),
        **_claims(notes),
        "list_item": [
            (note.slug, i, item.section, item.citekey, item.reason, item.role, item.minutes, item.text)
            for note in notes
            if note.reading_list
            for i, item in enumerate(note.reading_list.items)
        ],
        **searches.rows(notes),
        "fulltext": _fulltext(content, numbers),
    }


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Rows once each, in an order that is the same for the same rows."""
    return sorted(set(rows), key=lambda row: tuple(map(str, row)))


def _problems(problems: Iterable[Problem]) -> list[Row]:
    """Problems once each: told twice, one may come with a hint and one without."""
    rows: dict[Row, Row] = {}
    for problem in problems:
        row = _problem(problem)
        told = (*row[:3], *row[4:6])
        rows[told] = max(row, rows.get(told, row), key=lambda one: (len(str(one[-1])), str(one)))
    return _distinct(rows.values())


def _problem(problem: Problem) -> Row:
    origin = problem.origin
    return (
        origin.path,
        origin.line,
        problem.code,
        problem.severity,
        problem.citekey,
        problem.message,
        problem.remedy,
    )


def byline(authors: tuple[Name, ...], *, more: bool = False) -> str:
    """Authors as a work is shown everywhere: the first three, then “et al.”."""
    names = [name.inverted for name in authors[:3]]
    tail = " et al." if more or len(authors) > 3 else ""
    return "; ".join(names) + tail


def _work(work: Work, numbers: Mapping[str, int]) -> Row:
    return (
        numbers[work.citekey],
        work.citekey,
        work.type,
        work.title,
        byline(work.authors or work.editors, more=work.more_authors),
        work.year,
        work.date,
        work.container,
        work.publisher,
        work.volume,
        work.issue,
        work.pages,
        work.doi,
        work.isbn,
        work.url,
        work.language,
        work.abstract,
        work.annotation,
        int(work.held),
        work.status,
        work.added,
        work.citeslist,
        _JSON.encode(work.fields),
        work.origin.path,
        work.origin.line,
        int(work.more_authors),
    )


def _entries(work: Work) -> Iterable[Row]:
    for place, entry in enumerate(work.entries):
        fields = _JSON.encode(entry.fields)
        where = entry.origin
        yield work.citekey, place, entry.citekey, entry.type, entry.doi, fields, where.path, where.line


def _people(content: Content, numbers: Mapping[str, int]) -> dict[str, list[Row]]:
    signed = {signature: person.slug for person in content.people for signature in person.signed}
    keyed = {(key, p.slug) for p in content.people for name in _families(p) for key in keys(name)}
    return {
        "authorship": sorted(row for work in content.works for row in _authorship(work, numbers, signed)),
        "person": sorted(
            (person.slug, *_name(person.name), person.orcid, _JSON.encode(person.spellings))
            for person in content.people
        ),
        "person_key": sorted(keyed),
    }


def _families(person: Person) -> set[str]:
    """What stands before the comma in each of a person's spellings."""
    return {
        spelling if person.name.corporate else spelling.partition(",")[0] for spelling in person.spellings
    }


def _name(name: Name) -> Row:
    return name.family, name.given, name.particle, name.suffix, int(name.corporate)


def _authorship(
    work: Work, numbers: Mapping[str, int], signed: Mapping[tuple[str, str, int], str]
) -> Iterable[Row]:
    for role, names in (("author", work.authors), ("editor", work.editors)):
        for place, name in enumerate(names):
            person = signed.get((work.citekey, role, place), "")
            yield numbers[work.citekey], role, place, *_name(name), name.orcid, person


def _citations(content: Content, numbers: Mapping[str, int]) -> list[Row]:
    """One row per citing, cited, intent and field; of several places, the first."""
    rows: dict[Row, Row] = {}
    for c in content.citations:
        primary = (numbers[c.citing], numbers[c.cited], c.intent, c.field)
        row = (*primary, c.where, c.confidence, c.origin.path, c.origin.line)
        if primary not in rows or row[4:] < rows[primary][4:]:
            rows[primary] = row
    return sorted(rows.values())


def _numbered(notes: list[Note]) -> Iterable[tuple[Note, int]]:
    numbers = row_numbers(note.slug for note in notes)
    return ((note, numbers[note.slug]) for note in notes)


def _note(note: Note, number: int) -> Row:
    work = note.study.work if note.study else ""
    front = _JSON.encode(note.front)
    origin = note.origin
    return (
        number,
        note.slug,
        note.kind,
        note.title,
        note.body,
        front,
        work,
        note.sensitivity,
        note.added,
        note.checked,
        origin.path,
        origin.line,
    )


def _thesaurus(notes: list[Note]) -> dict[str, list[Row]]:
    topics: list[Row] = []
    labels: list[Row] = []
    relations: set[Row] = set()
    for note in notes:
        topic = note.topic
        if not topic:
            continue
        topics.append((note.slug, note.kind, note.title, topic.facet, topic.status))
        labels += (_label(note.slug, i, label) for i, label in enumerate(topic.labels))
        relations |= {(note.slug, "broader", other) for other in topic.broader}
        relations |= {(other, "broader", note.slug) for other in topic.narrower}
        relations |= {(note.slug, "related", other) for other in topic.related}
        relations |= {(other, "related", note.slug) for other in topic.related}
    return {"topic": sorted(topics), "label": labels, "topic_relation": _distinct(relations)}


def _label(topic: str, position: int, label: Label) -> Row:
    about = (label.status, label.era, label.place, label.lang)
    return (fold(label.text), topic, position, label.text, *about, int(label.exact))


def _samples(notes: list[Note]) -> dict[str, list[Row]]:
    samples = [(note.slug, note.sample) for note in notes if note.sample]
    return {
        "sample": sorted(
            (slug, s.label, s.n, ", ".join(s.countries), s.population, s.sex, s.ages, s.setting, s.recruited)
            for slug, s in samples
        ),
        "overlap": sorted(
            {
                (slug, o.sample): (slug, o.sample, o.how, o.because)
                for slug, s in samples
                for o in s.overlaps
            }.values()
        ),
    }


def _findings(notes: list[Note]) -> dict[str, list[Row]]:
    findings: list[Row] = []
    topics: set[Row] = set()
    for note in notes:
        for place, finding in enumerate(note.study.findings if note.study else ()):
            name = f"{note.slug}#{finding.id}"
            findings.append(_finding(name, note, place, finding))
            topics |= {(name, "subject", subject) for subject in finding.subjects}
            topics |= {(name, "topic", topic) for topic in finding.topics}
            topics |= {(name, "sample", sample) for sample in finding.samples}
            topics |= {(name, "outcome", finding.outcome)} if finding.outcome else set()
    return {"finding": findings, "finding_topic": _distinct(topics)}


def _finding(name: str, note: Note, place: int, f: Finding) -> Row:
    work = note.study.work if note.study else ""
    numbers = (f.value, f.low, f.high, f.ci_low, f.ci_high)
    return (
        name,
        work,
        note.slug,
        place,
        f.outcome,
        f.measure,
        *(None if number is None else float(number) for number in numbers),
        f.n,
        f.events,
        None if f.follow_up is None else float(f.follow_up),
        f.follow_up_kind,
        f.subgroup,
        f.comparator,
        ", ".join(f.arms),
        f.where,
        f.via,
        f.text,
        f.direction,
        f.origin.line,
    )


def _claims(notes: list[Note]) -> dict[str, list[Row]]:
    claims = [(note.slug, note.claim) for note in notes if note.claim]
    return {
        "claim": sorted(
            (slug, c.statement, c.said_by, c.speaker, c.attribution, c.where, c.as_of) for slug, c in claims
        ),
        "claim_evidence": [
            (slug, place, e.relation, e.work, e.url, e.finding, e.because, e.where)
            for slug, claim in claims
            for place, e in enumerate(claim.evidence)
        ],
    }


def _fulltext(content: Content, numbers: Mapping[str, int]) -> list[Row]:
    preferred = {note.slug: note.title for note in content.notes if note.topic}
    topics: dict[str, set[str]] = defaultdict(set)
    for citekey, topic, _ in content.work_topics:
        topics[citekey].add(preferred[topic])
    noted = _note_texts(content.notes)
    several = (person for person in content.people if len(person.spellings) > 1)
    spelt = {signature: person.spellings for person in several for signature in person.signed}
    journals = {citekey: journal for journal in content.journals for citekey in journal.works}
    return sorted(
        (
            numbers[work.citekey],
            work.title,
            _signatures(work, spelt),
            _venue(work, journals.get(work.citekey)),
            " · ".join((*work.keywords, work.date, work.citekey, *work.aliases, work.doi)),
            " · ".join(sorted(topics[work.citekey])),
            work.abstract,
            " ".join((work.annotation, noted.get(work.citekey, ""))).strip(),
        )
        for work in content.works
    )


def _signatures(work: Work, spelt: Mapping[tuple[str, str, int], tuple[str, ...]]) -> str:
    """Names as signed, then as they are spelt elsewhere and with umlauts written out.

    So Lätth, Latth and Laetth are one, and M. C. Seto is found by his first name.
    """
    names = [f"{n.given} {n.particle} {n.family}" for n in (*work.authors, *work.editors)]
    for role, signed in (("author", work.authors), ("editor", work.editors)):
        for place, name in enumerate(signed):
            if others := spelt.get((work.citekey, role, place)):
                names += [_forwards(other) for other in others if other != name.inverted]
    accented = [name for name in names if not name.isascii()]
    return " · ".join(dict.fromkeys((*names, *map(fold, accented), *map(transliterated, accented))))


def _forwards(inverted: str) -> str:
    """A spelling with the family name last, as it stands in the index."""
    family, _, given = inverted.partition(", ")
    return f"{given} {family}".strip()


def _venue(work: Work, journal: Journal | None) -> str:
    """Where it appeared, under all names of the journal."""
    others = (*journal.names, journal.abbreviation) if journal else ()
    return " · ".join(dict.fromkeys(filter(None, (work.container, *others, work.publisher))))


def _note_texts(notes: list[Note]) -> dict[str, str]:
    """Per citekey, what study notes say: body and findings."""
    texts: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        if note.study and note.study.work:
            texts[note.study.work] += [note.words, *(f.text for f in note.study.findings if f.text)]
    return {citekey: " ".join(parts) for citekey, parts in texts.items()}
