"""How a query was understood, in plain words."""

from dataclasses import replace

from kb.search.expand import Expansion
from kb.search.filters import Filter
from kb.search.fts import Compiled
from kb.search.language import TOPIC_FIELDS


def explain(compiled: Compiled) -> str:
    """What will be searched for, a sentence a line, with the exact expressions last."""
    if compiled.empty:
        return "\n".join(["Nothing is searched for.", *compiled.messages])
    lines = [*_text(compiled), *(_filter(each) for each in compiled.filters)]
    if compiled.excluded:
        lines.append(f"Left out: works with {' or '.join(compiled.excluded)}.")
    lines += [_expansion(each) for each in compiled.expansions]
    if compiled.literal:
        lines.append("Words are searched for as written, without the thesaurus.")
    if compiled.dropped:
        lines.append(f"Not searched for, because nearly every text has them: {', '.join(compiled.dropped)}.")
    return "\n".join([*lines, *compiled.messages, *_expressions(compiled)])


def _text(compiled: Compiled) -> list[str]:
    lines = []
    if compiled.required:
        lines.append(f"Every work must have {' and '.join(compiled.required)}.")
    if compiled.words and compiled.some_words in ("", compiled.all_words):
        lines.append(f"Works with {' and '.join(compiled.words)}.")
    elif compiled.words and not compiled.tiered:
        lines.append(
            f"Works with {' or '.join(compiled.words)}, by how many of these they have and how rare."
        )
    elif compiled.words:
        lines.append(f"First the works with {' and '.join(compiled.words)}; then those with some of that.")
    return lines


def _filter(condition: Filter) -> str:
    only = "Only works that do not fit" if condition.negated else "Only works that fit"
    return f"{only} {_condition(condition)}."


def _condition(condition: Filter) -> str:
    if condition.kind == "any":
        return " or ".join(_within(each) for each in condition.any_of)
    if condition.kind == "words":
        return condition.written
    if condition.kind == "year":
        return _years(condition)
    if not condition.values:
        return f"{condition.written} (none does)"
    if condition.kind in TOPIC_FIELDS:
        return f"{condition.written} (topics: {', '.join(condition.values)})"
    return condition.written


def _within(condition: Filter) -> str:
    """One of several conditions; in parentheses if it is several itself."""
    if condition.kind == "any" and condition.negated:
        every = [replace(each, negated=not each.negated) for each in condition.any_of]
        return "(" + " and ".join(map(_within, every)) + ")"
    said = f"({_condition(condition)})" if condition.kind == "any" else _condition(condition)
    return f"not {said}" if condition.negated else said


def _years(condition: Filter) -> str:
    if condition.low == condition.high:
        return f"the year {condition.low}"
    if condition.low is None or condition.high is None:
        return f"years up to {condition.high}" if condition.low is None else f"years from {condition.low}"
    return f"years from {condition.low} to {condition.high}"


def _expansion(expansion: Expansion) -> str:
    line = f"“{expansion.written}” names the topic {expansion.topic}."
    if expansion.also:
        line += f" Also searched for: {', '.join(expansion.also)}."
    if expansion.discouraged:
        line += f" Because texts use them, though we would not: {', '.join(expansion.discouraged)}."
    return line


def _expressions(compiled: Compiled) -> list[str]:
    return [
        f"{name}: {expression}"
        for name, expression in (
            ("Full text, all words", compiled.all_words),
            ("Full text, some words", compiled.some_words),
            ("Full text, left out", compiled.without),
        )
        if expression
    ]
