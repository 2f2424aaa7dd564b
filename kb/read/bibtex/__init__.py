"""BibTeX and BibLaTeX files → entries and problems.

``blocks`` cuts a file into pieces, ``values`` evaluates what stands behind a
``=``, ``inherit`` follows ``crossref`` and ``xdata``, ``reader`` puts it together.
"""

from kb.read.bibtex.reader import read_bibtex

__all__ = ["read_bibtex"]
