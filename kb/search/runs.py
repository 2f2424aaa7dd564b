"""Clauses side by side, put together: by AND, by OR, and what of them speaks of the whole query."""

from collections.abc import Sequence

from kb.search.tree import AllOf, AnyOf, Clause, Field, Node

Runs = Sequence[list[Clause]]  # what AND parts, each as it stands side by side


def either(nodes: list[Node]) -> list[Clause]:
    """``nodes`` as alternatives; one alone is no alternative."""
    if len(nodes) > 1:
        return [Clause(AnyOf(tuple(nodes)))]
    return [Clause(node) for node in nodes]


def node(clauses: Sequence[Clause]) -> Node:
    """``clauses`` as one."""
    if len(clauses) == 1 and clauses[0].sign != "-":
        return clauses[0].node
    return AllOf(tuple(each for clause in clauses for each in _opened(clause)))


def _opened(clause: Clause) -> Sequence[Clause]:
    """What is left out in parentheses of its own is left out of what stands beside them."""
    inner = clause.node
    if isinstance(inner, AllOf) and clause.sign != "-" and not _wanted(inner.clauses):
        return inner.clauses
    return [clause]


def strict(runs: Runs) -> list[Clause]:
    """One run as it is; several, joined by AND, each required, or left out as it says."""
    if len(runs) == 1:
        return runs[0]
    found: list[Clause] = []
    for run in runs:
        found += [Clause(node(run), "+")] if _wanted(run) else run
    return found


def _wanted(run: Sequence[Clause]) -> bool:
    return any(clause.sign != "-" for clause in run)


def parted(operands: Sequence[Runs]) -> tuple[list[list[list[Clause]]], list[Clause]]:
    """Alternatives, and apart from them what speaks of the whole query: signed words, and some fields.

    A field beside words does where no other alternative has a field, or where
    fields stand at both ends of the query alone; ``topic:cport OR topic:kirat
    warning`` is two alternatives as they stand.
    """
    moving = len([each for each in operands if any(map(_is_field, _flat(each)))]) == 1 or _at_ends(operands)
    kept: list[list[list[Clause]]] = []
    outer: list[Clause] = []
    for runs in operands:
        fields = moving and any(map(_is_plain, _flat(runs)))  # alone they are the alternative
        apart = [c for c in _flat(runs) if c.sign or (fields and _is_field(c))]
        outer += apart
        left = [[c for c in run if c not in apart] for run in runs]
        kept.append([run for run in left if run] or [[]])
    return kept, outer


def _at_ends(operands: Sequence[Runs]) -> bool:
    """Whether different fields stand before and after alternatives that are all words."""
    flat = [[c for c in _flat(each) if not c.sign] for each in operands]
    first, last = flat[0], flat[-1][::-1]
    while first and _is_field(first[0]):
        first = first[1:]
    while last and _is_field(last[0]):
        last = last[1:]
    inner = [first, *flat[1:-1], last]
    words_only = all(each and not any(map(_is_field, each)) for each in inner)
    names = [{c.node.name for c in each if isinstance(c.node, Field)} for each in (flat[0], flat[-1])]
    return words_only and names[0].isdisjoint(names[1])


def _flat(runs: Runs) -> list[Clause]:
    return [clause for run in runs for clause in run]


def _is_field(clause: Clause) -> bool:
    return not clause.sign and isinstance(clause.node, Field)


def _is_plain(clause: Clause) -> bool:
    return not clause.sign and not isinstance(clause.node, Field)
