"""Each kind of note as a table of its fields: form → the typed part of a note."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, TypeAlias

from kb.model import (
    FACETS,
    RELATIONS,
    Citation,
    Claim,
    Evidence,
    Label,
    Overlap,
    ReadingList,
    Sample,
    SavedSearch,
    Study,
    Topic,
)
from kb.read.notes.findings import read_findings
from kb.read.notes.form import Form
from kb.read.notes.searches import read_search
from kb.text import fold

Part: TypeAlias = Topic | Sample | Study | Claim | ReadingList | SavedSearch | None

_TOPIC_STATUS = ("in-use", "caution", "historical")
_LABEL_STATUS: tuple[Literal["in-use", "caution", "historical"], ...] = ("in-use", "caution", "historical")
_PROGRAMME_STATUS = ("evaluated", "partly", "planned", "not-evaluated", "unknown")
_PURPOSES = ("prospective-risk", "case-prioritisation", "dynamic-need", "screening")
_OVERLAPS: tuple[Literal["certain", "possible"], ...] = ("certain", "possible")


def read_part(kind: str, form: Form, title: str) -> Part:
    """What a note of this kind says in its front matter; None for kinds without a part of their own.

    ``title`` stands in for the label, statement or work that the form lacks.
    """
    return _READERS[kind](form, title)


def _study(form: Form, title: str) -> Study:
    form.missing("work", f"the file's name was taken for the citekey: {title}")
    work = form.text("work").removeprefix("@") or title  # its own work is no mention
    form.kept("use")
    _independent(form)
    if part := form.part("appraisal"):
        part.missing("because", "appraisal should give its reason")
    return Study(
        work=work,
        designs=form.names("design"),
        samples=(*form.names("sample"), *form.names("samples", field="sample")),
        findings=read_findings(form),
        cites=tuple(
            citation for part in form.parts("cites", short="work") for citation in _cites(form, part, work)
        ),
    )


def _independent(form: Form) -> None:
    """Whose study it is, which is read from the note's ``front``; ``of`` names tools and programmes."""
    if part := form.part("independent"):
        part.missing("value", "independent says nothing without it")
        part.missing("because", "independent should give its reason")
        part.truth("value")
        part.text("because")
        part.names("of", field="independent")
        part.close()
        form.adopt(part)


def _cites(form: Form, part: Form, citing: str) -> list[Citation]:
    cited = part.work("work")
    reason = part.intent("intent")
    where = part.text("where")
    part.close()
    if not cited:
        part.tell(
            "note-value", "An item of cites names no work; it was left out.", "Give its citekey as work."
        )
        return []
    form.adopt(part)
    return [Citation(citing, cited, part.origin, "note", reason, where)]


def _sample(form: Form, title: str) -> Sample:
    form.missing("label", f"the sample goes by {title}")
    return Sample(
        label=form.text("label") or title,
        n=form.whole("n", least=1),
        countries=form.names("countries"),
        population=form.text("population"),
        sex=form.text("sex"),
        ages=form.text("ages"),
        setting=form.text("setting"),
        recruited=form.text("recruited"),
        overlaps=tuple(overlap for part in form.parts("overlaps") for overlap in _overlap(form, part)),
    )


def _overlap(form: Form, part: Form) -> list[Overlap]:
    names = part.names("sample", field="overlaps")
    how = part.choice("how", _OVERLAPS)
    because = part.text("because")
    part.close()
    if len(names) != 1 or how is None:
        remedy = "Give one sample, and how: certain or possible."
        part.tell("note-value", "An overlap was left out: it does not say with which sample, or how.", remedy)
        return []
    form.adopt(part)
    return [Overlap(names[0], how, because)]


def _topic(form: Form, title: str) -> Topic:
    form.missing("facet", "the topic stands under no facet")
    return Topic(
        labels=_labels(form, title),
        facet=form.choice("facet", FACETS) or "",
        broader=form.names("broader"),
        narrower=form.names("narrower"),
        related=form.names("related"),
        status=form.choice("status", _TOPIC_STATUS) or "in-use",
    )


def _tool(form: Form, title: str) -> Topic:
    full_name = form.text("full_name")
    form.choice("purpose", _PURPOSES)
    form.works("development")
    form.described("not_for", "population", "developers")
    form.kept("items")
    return Topic(
        labels=_labels(form, title, full_name),
        facet=form.choice("facet", FACETS) or "intervention",
        broader=tuple(dict.fromkeys((*form.names("broader"), *form.names("family")))),
        narrower=form.names("narrower"),
        related=form.names("related"),
        status=form.choice("status", _TOPIC_STATUS) or "in-use",
    )


def _programme(form: Form, title: str) -> Topic:
    form.described("operator", "audience", "since", "until")
    form.choice("status", _PROGRAMME_STATUS)
    for key in ("countries", "level", "intervention"):
        form.names(key)
    form.works("evaluations")
    form.addresses("links")
    return Topic(
        labels=_labels(form, title),
        facet=form.choice("facet", FACETS) or "intervention",
        broader=form.names("broader"),
        narrower=form.names("narrower"),
        related=form.names("related"),
    )


def _labels(form: Form, title: str, *others: str) -> tuple[Label, ...]:
    """The preferred label first, then the others as written; each text once."""
    form.missing("label", f"it goes by {title}")
    labels = [Label(form.text("label") or title, "preferred"), *(Label(text) for text in others if text)]
    for part in form.parts("alt", short="label"):
        status = part.choice("status", _LABEL_STATUS) or "in-use"
        text, era, place, lang = (part.text(key) for key in ("label", "era", "place", "lang"))
        part.close()
        if text:
            labels.append(Label(text, status, era, place, lang))
        else:
            part.tell("note-value", "An item of alt has no label; it was left out.", "Give it a label.")
    labels += (Label(text, "hidden") for text in form.texts("hidden"))
    unique: dict[str, Label] = {}
    for label in labels:
        unique.setdefault(label.text, label)
    return _exact(form, tuple(unique.values()))


def _exact(form: Form, labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels, those marked that are ordinary words too; case does not matter in saying which."""
    wanted = {fold(text): text for text in form.texts("exact")}
    for text in (wanted[folded] for folded in wanted.keys() - {fold(label.text) for label in labels}):
        message = f"“{text}” under exact is no name of this topic."
        form.doubt("note-value", "exact", message, "Write it as it stands under label, alt or hidden.")
    return tuple(replace(label, exact=fold(label.text) in wanted) for label in labels)


def _claim(form: Form, title: str) -> Claim:
    form.missing("statement", f"the claim goes by {title}")
    return Claim(
        statement=form.text("statement") or title,
        said_by=form.work("said_by"),
        speaker=form.text("speaker"),
        attribution=form.choice("attribution", ("stated", "inferred")) or "",
        where=form.text("where"),
        about=form.names("about"),
        evidence=tuple(found for part in form.parts("evidence") for found in _evidence(form, part)),
        as_of=form.date("as_of"),
    )


def _evidence(form: Form, part: Form) -> list[Evidence]:
    relation = part.choice("relation", RELATIONS)
    work = part.work("work")
    url = part.address("url")
    finding = part.text("finding").removeprefix(f"{work}#")
    because, where = part.text("because"), part.text("where")
    part.close()
    if relation is None or not (work or url):
        remedy = f"Give a work or a url, and a relation: {', '.join(RELATIONS)}."
        message = "A piece of evidence was left out: it names neither work nor address, or no known relation."
        part.tell("evidence-dropped", message, remedy)
        return []
    if work and finding:
        part.refer(f"{work}#{finding}", "finding")
    form.adopt(part)
    return [Evidence(relation, part.origin, work, url, finding, because, where)]


def _list(form: Form, title: str) -> ReadingList:
    form.missing("title", f"the list goes by {title}")
    return ReadingList(
        audience=", ".join(form.texts("audience")),
        purpose=form.text("purpose"),
        style=form.text("style") or "apa",
    )


def _card(form: Form, title: str) -> None:
    form.missing("question", f"the card goes by {title}")
    form.described("question", "answer", "applies_to")
    form.names("about")
    form.names("claims")
    form.findings("findings")


def _page(form: Form, title: str) -> None:
    """A page has the fields that every note has."""


_READERS: dict[str, Callable[[Form, str], Part]] = {
    "study": _study,
    "sample": _sample,
    "tool": _tool,
    "programme": _programme,
    "topic": _topic,
    "claim": _claim,
    "card": _card,
    "list": _list,
    "search": read_search,
    "page": _page,
}
