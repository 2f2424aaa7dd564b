"""The formats in which works and reading lists leave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.errors import FormatError
from kb.model import ListView, Work
from kb.render.bibtex import bibtex
from kb.render.csl import csl, reading_list_csl
from kb.render.lists import readable, reading_list_bibtex, reading_list_markdown, work_of
from kb.render.reference import markdown
from kb.render.ris import ris
from kb.render.table import COLUMNS, csv, csv_of, json, json_of, record

_OF_ITEMS = ("section", "reason", "role", "minutes")


@dataclass(frozen=True, slots=True)
class Export:
    """A format: how works and reading lists are written in it, and how its files are called."""

    works: Callable[[Sequence[Work]], str]
    reading_list: Callable[[ListView, Mapping[str, Work]], str]
    suffix: str
    mime: str


def _list_csv(view: ListView, works: Mapping[str, Work]) -> str:
    return csv_of(_list_records(view, works), (*COLUMNS, *_OF_ITEMS))


def _list_json(view: ListView, works: Mapping[str, Work]) -> str:
    return json_of(_list_records(view, works))


def _list_ris(view: ListView, works: Mapping[str, Work]) -> str:
    chosen = [work_of(item.work, works) for item in view.items]
    return ris(chosen, annotations={item.work.citekey: readable(item.reason) for item in view.items})


def _list_records(view: ListView, works: Mapping[str, Work]) -> list[dict[str, object]]:
    return [
        record(work_of(item.work, works)) | {name: getattr(item, name) for name in _OF_ITEMS}
        for item in view.items
    ]


EXPORTS: dict[str, Export] = {
    "bibtex": Export(bibtex, reading_list_bibtex, ".bib", "application/x-bibtex"),
    "md": Export(markdown, reading_list_markdown, ".md", "text/markdown"),
    "csv": Export(csv, _list_csv, ".csv", "text/csv"),
    "json": Export(json, _list_json, ".json", "application/json"),
    "ris": Export(ris, _list_ris, ".ris", "application/x-research-info-systems"),
    "csl": Export(csl, reading_list_csl, ".csl.json", "application/vnd.citationstyles.csl+json"),
}


def export(works: Sequence[Work], form: str) -> str:
    """The works in one of the formats of ``EXPORTS``.

    Raises:
        FormatError: Another format.
    """
    return _format(form).works(works)


def export_list(view: ListView, works: Mapping[str, Work], form: str) -> str:
    """A reading list in one of these formats, with what it says of each work as far as there is room.

    Raises:
        FormatError: Another format.
    """
    return _format(form).reading_list(view, works)


def _format(form: str) -> Export:
    if form not in EXPORTS:
        raise FormatError(form, tuple(EXPORTS))
    return EXPORTS[form]
