"""The reference list that an export of Web of Science or Scopus has in each entry → entries of their own."""

import re
from dataclasses import replace

from kb.model import Entry
from kb.read.strings import cited_references

_WOS = ("cited-references", "cited_references")
_YEAR = re.compile(r"\((?:1[5-9]|20)\d\d[a-z]?\)")
_NUMBER = ("number-of-cited-references", "number_of_cited_references")


def with_references(entry: Entry) -> Entry:
    """The entry, with the works that its own list of cited references names.

    Whether the list is whole is what the export says: it counts the references, and exports
    that give a list give all of it.
    """
    fields = entry.fields
    written = next((fields[name] for name in _WOS if name in fields), "")
    if not written and _YEAR.search(fields.get("references", "")):
        written = fields["references"]
    if not written.strip():
        return entry
    references = cited_references(written, entry.origin)
    if not references:
        return entry
    said = next((fields[name] for name in _NUMBER if name in fields), "").strip("{} ")
    whole = not said.isdecimal() or int(said[:9]) <= len(references)
    fields = {"citeslist": "complete" if whole else "partial"} | fields
    return replace(entry, fields=fields, references=references)
