"""Names of topics in the text of a query: which there are, and which to use instead."""

import re

from kb.search.expand import Thesaurus, expand
from kb.search.language import parse, terms
from kb.search.tree import AllOf, AnyOf, Concept, Field, Node


def named_in(query: str, thesaurus: Thesaurus) -> tuple[Concept, ...]:
    """The topics that the words of a query name, in order."""
    expanded, _ = expand(parse(query), thesaurus)
    return tuple(concept for clause in expanded.clauses for concept in _concepts(clause.node))


def preferred_names(query: str, thesaurus: Thesaurus) -> str:
    """The query with each name that is misspelt or not to be used replaced by its topic's preferred one."""
    for concept in named_in(query, thesaurus):
        if not thesaurus.may_suggest(concept.topic, concept.written):
            gaps = r"\W+".join(re.escape(word) for word in concept.written.split())
            found = re.search(rf"(?<!\w){gaps}(?!\w)", query)
            query = query[: found.start()] + concept.label + query[found.end() :] if found else query
    return query


def only_suggestable(query: str, thesaurus: Thesaurus) -> bool:
    """Whether no name in a query, also within a field or a phrase, is one that we would not use."""
    plain = " ".join(_said(clause.node) for clause in parse(query).clauses)
    return all(thesaurus.may_suggest(each.topic, each.written) for each in named_in(plain, thesaurus))


def _said(node: Node) -> str:
    """The words of a part of a query, without its marks."""
    if isinstance(node, AnyOf):
        return " ".join(map(_said, node.nodes))
    if isinstance(node, AllOf):
        return " ".join(_said(clause.node) for clause in node.clauses)
    text = node.value if isinstance(node, Field) else node.written
    return " ".join(term.written for term in terms(text))


def _concepts(node: Node) -> list[Concept]:
    if isinstance(node, Concept):
        return [node]
    if isinstance(node, AnyOf):
        return [concept for each in node.nodes for concept in _concepts(each)]
    if isinstance(node, AllOf):
        return [concept for clause in node.clauses for concept in _concepts(clause.node)]
    return []
