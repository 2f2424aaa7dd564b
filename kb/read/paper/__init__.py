"""A paper's own text → its reference list, read into entries, and its in-text citations."""

from kb.read.paper.parse import reference_record
from kb.read.paper.reader import read_paper
from kb.read.paper.shapes import InText, Paper, Reference

__all__ = ["InText", "Paper", "Reference", "read_paper", "reference_record"]
