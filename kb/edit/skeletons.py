"""A new note of each kind: what is known filled in, what is to be filled in as comments."""

from datetime import UTC, date, datetime
from pathlib import Path
from string import Template

from kb.edit.files import create
from kb.edit.lists import new_list
from kb.edit.names import new_slug, quoted
from kb.errors import EditError
from kb.library import Library
from kb.model import FACETS, MEASURES, NOTE_KINDS, RELATIONS, SORTS, Work
from kb.text import nearest, squeeze, words

_FOLDERS = {"study": "studies", "search": "searches"}


def new_note(
    library: Library, kind: str, name: str, *, work: Work | None = None, today: date | None = None
) -> Path:
    """Write a skeleton of a note, and return its file.

    ``name`` is what the note is called: a label, title, statement, question or
    query; for a study, its work's citekey, unless ``work`` is given.

    Raises:
        EditError: The kind or name is none, or a note of that name exists.
    """
    if kind not in NOTE_KINDS:
        near = nearest(kind, NOTE_KINDS, limit=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise EditError(f"“{kind}” is no kind of note.{hint} Known are: {', '.join(NOTE_KINDS)}.")
    called = squeeze(work.citekey if kind == "study" and work else name)
    if not called:
        raise EditError(f"A {kind} needs a name. Nothing was written.")
    day = today or datetime.now(UTC).date()
    folder = library.notes / _FOLDERS.get(kind, f"{kind}s")
    if kind == "list":
        return folder / f"{new_list(library, called, today=day)}.md"
    # A study's file is called as its work, without signs, so that both are found together.
    slug = new_slug(library, called, wanted="".join(words(called)) if kind == "study" else "")
    path = folder / f"{slug}.md"
    create(library, path, _text(kind, called, work, day).encode())
    return path


def _text(kind: str, called: str, work: Work | None, day: date) -> str:
    title = (
        f"# {squeeze(work.title)} ({work.date or 'n.d.'})\n"
        if kind == "study" and work and work.title
        else ""
    )
    front = Template(_FRONT[kind]).substitute(
        name=quoted(called),
        title=title,
        facets=", ".join(FACETS),
        measures=", ".join(MEASURES),
        relations=", ".join(RELATIONS),
        sorts=", ".join(SORTS[1:]),
    )
    body = f"<!-- {_BODY[kind]} -->\n"
    return f"---\nkind: {kind}\n{front}added: {day.isoformat()}\nchecked: {day.isoformat()}\n---\n{body}"


_FRONT = {
    "study": """\
work: $name
$title# design: validation                # a topic of facet design
# sample: some-sample               # a note in notes/samples/, or a list of them
# findings:
#   - id: auc-sexual                # its own in this note
#     tool: static-99r              # or intervention, programme; comparator and arms where there are two
#     outcome: sexual-recidivism    # a topic of facet outcome
#     measure: AUC                  # $measures
#     value:                        # or range: [low, high]
#     ci:                           # [low, high]
#     n:
#     events:
#     follow_up:                    # {years: 5, kind: fixed}, or mean, median, maximum
#     subgroup:
#     where: Table 2                # page, table or section; never empty
#     via:                          # a citekey, if it was read in another work
#   - id: limits
#     text: One sentence in our own words.
#     direction: descriptive        # beneficial, harmful, null, mixed, descriptive
#     topics: [self-selection]
#     where: Discussion
# topics: [risk-assessment]
# cites: [another-work]             # or {work: another-work, intent: validates, where: p. 2}
sensitivity: 1                      # 0 to 3
""",
    "sample": """\
label: $name
# n:                                # how many people; findings on it have no more
# countries: [united-kingdom]       # topics of facet country
# population:
# sex:
# ages:
# setting:
# recruited:
# overlaps:
#   - sample: another-sample
#     how: possible                 # or certain
#     because:
""",
    "tool": """\
label: $name
# full_name:
# alt: [another name]
# purpose: prospective-risk         # case-prioritisation, dynamic-need, screening
# not_for: [what it must not be used for]
# items: []
# population:
# developers: ["Family, Given"]
# development: citekey              # the work that describes how it was made
# broader: [risk-tools]             # or its family
# related: []
""",
    "programme": """\
label: $name
# alt: [another name]
# operator:
# countries: [united-kingdom]       # topics of facet country
# since: 2020
# until:
# level: [secondary-prevention]     # topics of facet level
# intervention: [online-self-help]  # topics of facet intervention
# audience:
# status: unknown                   # evaluated, partly, planned, not-evaluated
# evaluations: []                   # citekeys
# links: []                         # official addresses
""",
    "topic": """\
label: $name
# alt:
#   - another name
#   - {label: an older name, status: historical, era: 1990s, place: United Kingdom, lang: en}
# hidden: [a wrong spelling to be found by]
# facet: outcome                    # $facets
# broader: []
# related: []
# status: in-use                    # caution, historical
""",
    "claim": """\
statement: $name
# said_by: citekey
# speaker:
# attribution: stated               # or inferred
# where: paragraph 1
# about: []                         # topics
# evidence:
#   - work: citekey                 # or url
#     finding: auc-sexual           # of that work's study note
#     relation: qualifies           # $relations
#     because:
#     where: abstract
# as_of:
""",
    "card": """\
question: $name
# answer: One answer in plain words.
# about: []                         # topics
# findings: []                      # some-study#some-finding
# claims: []
# applies_to:
""",
    "search": """\
title: $name
query: $name
# why:                              # what the search is for
# options:
#   literal: true                   # without the other names of the same thing
#   all_words: true                 # only works with every word
#   sort: year                      # relevance, $sorts
#   off: [some-topic]               # topics whose names do not stand for each other
#   facets: {held: held, year: 2015..2020, tool: cport}
# run:                              # what `kb searches run SLUG --record` writes
""",
    "page": """\
title: $name
""",
}

_BODY = {
    "study": "Two to five sentences in our own words; then, under a heading “## Limits”, one to three.",
    "sample": "What a reader must know of these people before relying on a number.",
    "tool": "What it is for, for whom, and what it is not for.",
    "programme": "What it offers, to whom, and what is known of its effects.",
    "topic": "A scope note: what is meant, what is not, and how it differs from its neighbours.",
    "claim": "One short paragraph of context; the standing is computed and never typed.",
    "card": "What stands behind the answer.",
    "search": "How the search was made, and what it cannot find.",
    "page": "Free text.",
}
