"""From a query's text to full-text expressions and filters; knows no database."""

from kb.search.expand import NO_THESAURUS, Expansion, Thesaurus, ThesaurusLabel, expand
from kb.search.explain import explain
from kb.search.filters import Filter
from kb.search.fts import Compiled, compile_query
from kb.search.language import FIELDS, MAX_CHARACTERS, parse
from kb.search.naming import named_in, only_suggestable, preferred_names
from kb.search.reasons import under_name
from kb.search.tree import Query

__all__ = [
    "FIELDS",
    "MAX_CHARACTERS",
    "NO_THESAURUS",
    "Compiled",
    "Expansion",
    "Filter",
    "Query",
    "Thesaurus",
    "ThesaurusLabel",
    "compile_query",
    "expand",
    "explain",
    "named_in",
    "only_suggestable",
    "parse",
    "preferred_names",
    "under_name",
]
