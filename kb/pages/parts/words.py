"""Counts and kinds in plain words."""

_TYPES = {
    "article": "Article",
    "book": "Book",
    "inbook": "Chapter",
    "incollection": "Chapter",
    "inproceedings": "Conference paper",
    "mastersthesis": "Thesis",
    "misc": "Other",
    "online": "Web page",
    "phdthesis": "Thesis",
    "report": "Report",
    "techreport": "Report",
    "thesis": "Thesis",
    "unpublished": "Manuscript",
}

_EVALUATED = {"partly": "Partly evaluated", "planned": "Evaluation planned", "unknown": "Not known"}


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its word.

    >>> counted(1, "work"), counted(1200, "study", "studies")
    ('1 work', '1,200 studies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def type_word(kind: str) -> str:
    """A BibLaTeX type in plain words.

    >>> type_word("incollection"), type_word("dataset")
    ('Chapter', 'Dataset')
    """
    return _TYPES.get(kind, kind.capitalize())


def evaluation(status: str) -> str:
    """How far a programme has been evaluated, in words that stand alone.

    >>> evaluation("partly"), evaluation("not-evaluated"), evaluation("")
    ('Partly evaluated', 'Not evaluated', '')
    """
    return _EVALUATED.get(status, spaced(status))


def spaced(name: str) -> str:
    """A slug or key in words: hyphens and underscores as spaces, with a capital.

    >>> spaced("not-evaluated")
    'Not evaluated'
    """
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
