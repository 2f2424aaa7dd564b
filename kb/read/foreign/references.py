"""Reference lists that databases export beside a record → one ``Record`` a reference."""

from collections.abc import Iterable
from itertools import islice

from kb.model import Origin
from kb.read.foreign.record import Record
from kb.read.strings import MOST, cited_references

_NOWHERE = Origin("")  # a reference stands where its record does


def put_references(record: Record, texts: Iterable[str], *, counted: str = "") -> None:
    """Give the record its reference list, from texts of one or more references each.

    ``counted`` is the number of references that the source names: a list that
    is shorter is partial.
    """
    each = (one for text in texts for one in cited_references(text, _NOWHERE))
    found = list(islice(each, MOST))
    record.references += [Record(one.type, fields=dict(one.fields)) for one in found]
    if found:
        whole = len(found) < MOST and (not counted.isdecimal() or int(counted[:9]) <= len(found))
        record.put("citeslist", "complete" if whole else "partial")
