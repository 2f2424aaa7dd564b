"""Plain values as BibLaTeX writes them: what a program or a foreign file says, ready for a .bib."""

import re
from collections.abc import Iterable

from kb.model import Name

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)

_AND = re.compile(r"\sand\s", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\{}~^&%$#_]")


def latex(text: str) -> str:
    r"""Plain text as LaTeX that shows it.

    >>> latex("R&D, 5 %")
    'R\\&D, 5 \\%'
    """
    return text.translate(_LATEX) if _SPECIAL.search(text) else text


def people(names: Iterable[Name], *, more: bool = False) -> str:
    """Names as an author field has them; ``more`` adds “and others”.

    >>> people([Name("Seto", "Michael C."), Name("Internet Watch Foundation", corporate=True)])
    'Seto, Michael C. and {Internet Watch Foundation}'
    """
    written = [_person(name) for name in names]
    return " and ".join([*written, "others"] if more and written else written)


def _person(name: Name) -> str:
    if name.corporate:
        return f"{{{latex(name.family)}}}"
    family = f"{name.particle} {name.family}".strip()
    parts = [family, name.suffix, name.given] if name.suffix else [family, name.given]
    if not name.given and not name.suffix:
        return _whole(latex(family))
    return ", ".join(_whole(latex(part)) for part in parts)


def _whole(part: str) -> str:
    """A part of a name, in braces if BibTeX would cut it at a comma or an “and”."""
    return f"{{{part}}}" if "," in part or _AND.search(part) else part
