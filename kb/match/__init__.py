"""Which entries are one work: merging by name, and finding, judging and gathering likely duplicates.

Merging (``merge``) is all that reading the text needs. What judges likeness
stands in ``features``, ``block``, ``compare``, ``cluster`` and ``index``, and is
imported from there, for it needs rapidfuzz.
"""

from kb.match.merge import Merged, joined, merge

__all__ = ["Merged", "joined", "merge"]
