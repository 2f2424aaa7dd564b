"""The facts that a tool's, programme's or sample's front matter states, under their names."""

from collections.abc import Mapping

from kb.base import Base
from kb.errors import UnknownName
from kb.model import Note
from kb.pages.parts.markup import Html, el, joined, link, outward
from kb.pages.parts.notes import note_address
from kb.pages.parts.words import evaluation, spaced
from kb.pages.parts.works import short

_HEADS = {
    "purpose": "Purpose",
    "not_for": "Not for",
    "items": "Items",
    "population": "For whom it was made",
    "developers": "Developers",
    "development": "Development",
    "operator": "Operator",
    "countries": "Countries",
    "since": "Since",
    "until": "Until",
    "level": "Level of prevention",
    "intervention": "Kind of intervention",
    "audience": "Audience",
    "status": "Evaluation",
    "evaluations": "Evaluations",
    "links": "Addresses",
    "n": "People",
    "sex": "Sex",
    "ages": "Ages",
    "setting": "Setting",
    "recruited": "Recruited",
    "overlaps": "Shares people with",
}
_NAMES = frozenset(("countries", "level", "intervention", "development", "evaluations", "overlaps"))
_CODES = frozenset(("purpose",))


def facts(base: Base, note: Note) -> Html:
    """The facts as a list of terms; what is not stated is not shown."""
    rows = [_fact(base, key, head, note.front[key]) for key, head in _HEADS.items() if note.front.get(key)]
    if note.checked:
        rows.append(joined((el("dt", "Checked"), el("dd", note.checked))))
    return el("dl", joined(rows), cls="kb-facts")


def _fact(base: Base, key: str, head: str, said: object) -> Html:
    values = said if isinstance(said, list) else [said]
    return joined((el("dt", head), *(el("dd", _value(base, key, value)) for value in values)))


def _value(base: Base, key: str, value: object) -> Html | str:
    if isinstance(value, Mapping):  # an overlap: which sample, how surely, why
        named = _named(base, str(value.get("sample", "")))
        said = [str(value[part]) for part in ("how", "because") if value.get(part)]
        return joined((named, el("span", f" {', '.join(said)}", cls="kb-quiet") if said else None))
    text = str(value)
    if key in _NAMES:
        return _named(base, text)
    if text.startswith(("http://", "https://")):
        return outward(text.partition("://")[2].rstrip("/"), text)
    if key == "status":
        return evaluation(text)
    return spaced(text) if key in _CODES else text


def _named(base: Base, name: str) -> Html | str:
    """A work or note as a link, by its label; a name that leads nowhere as it is."""
    try:
        kind, found = base.kind_of(name)
    except UnknownName:
        return name
    if kind == "work":
        return link(short(base.lines([found])[0]), note_address(base, kind, found))
    return link(base.note(found).title, note_address(base, kind, found))
