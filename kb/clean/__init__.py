"""An entry as written → a work in one clean form, and what is wrong with its values."""

from kb.clean.dates import dated
from kb.clean.entries import clean_entry
from kb.clean.identifiers import verbatim, web_address
from kb.clean.latex import plain
from kb.clean.names import people

__all__ = ["clean_entry", "dated", "people", "plain", "verbatim", "web_address"]
