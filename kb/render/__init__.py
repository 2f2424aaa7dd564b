"""Works, lists, numbers and notes → text for people and other programs; knows no database and no page."""

from kb.render.bibtex import bibtex
from kb.render.exports import EXPORTS, Export, export, export_list
from kb.render.lists import reading_list_bibtex, reading_list_markdown
from kb.render.notes import note_html, plain
from kb.render.number import number
from kb.render.prisma import REPORTS, search_report
from kb.render.reference import markdown, reference
from kb.render.table import csv, json, record

__all__ = [
    "EXPORTS",
    "REPORTS",
    "Export",
    "bibtex",
    "csv",
    "export",
    "export_list",
    "json",
    "markdown",
    "note_html",
    "number",
    "plain",
    "reading_list_bibtex",
    "reading_list_markdown",
    "record",
    "reference",
    "search_report",
]
