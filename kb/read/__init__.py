"""Bytes → entries, notes and problems; knows no database."""

from kb.read.bibtex import read_bibtex
from kb.read.files import decode
from kb.read.notes import read_note

__all__ = ["decode", "read_bibtex", "read_note"]
