r"""What the commonest LaTeX commands of bibliographies mean, as one substitution.

These make up nearly all LaTeX in real files: accents, letters, escaped signs,
emphasis, addresses. Characters with a meaning of their own (braces, ``$``,
``~``, the backslash) come out as stand-ins, so that later steps leave them alone.
"""

import re
import unicodedata
from collections.abc import Callable

# Stand-ins: control characters, which no cleaned text holds
LITERAL = {
    "{": "\x01",
    "}": "\x02",
    "$": "\x03",
    "%": "\x04",
    "&": "\x05",
    "~": "\x06",
    "\\": "\x07",
    "-": "\x08",
}
SHOWN = {stand_in: char for char, stand_in in LITERAL.items()}

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_WORDS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ",
    "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "dots": "…", "ldots": "…", "textellipsis": "…",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"',
    "quotedblbase": "„", "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»",
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textasciicircum": "^",
    "textasciitilde": LITERAL["~"], "textbackslash": LITERAL["\\"], "textbraceleft": LITERAL["{"],
    "textbraceright": LITERAL["}"], "textdollar": LITERAL["$"], "textregistered": "®",
    "texttrademark": "™", "textcopyright": "©", "copyright": "©", "textdegree": "°", "pounds": "£",
    "textsterling": "£", "euro": "€", "texteuro": "€", "textbullet": "•", "textperiodcentered": "·",
    "textexclamdown": "¡", "textquestiondown": "¿", "LaTeX": "LaTeX", "TeX": "TeX", "slash": "/",
    "mathsemicolon": ";", "nobreakspace": " ", "space": " ", "quad": " ", "qquad": " ", "par": " ",
    "newline": " ", "linebreak": " ", "textmu": "µ", "textpm": "±",
    # Fonts and other orders to the typesetter leave nothing behind
    "em": "", "it": "", "bf": "", "sc": "", "sl": "", "tt": "", "rm": "", "sf": "", "itshape": "",
    "bfseries": "", "scshape": "", "upshape": "", "normalfont": "", "emph": "", "textit": "", "textbf": "",
    "textsc": "", "textsl": "", "texttt": "", "textrm": "", "textsf": "", "textup": "", "textmd": "",
    "textnormal": "", "mbox": "", "hbox": "", "mkbibemph": "", "mkbibitalic": "", "mkbibbold": "",
    "uppercase": "", "MakeUppercase": "", "relax": "", "noindent": "", "nobreakdash": "", "protect": "",
}  # fmt: skip
_SIGNS = {
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    "\n": " ",
    "!": "",
    "/": "",
    "@": "",
    "-": "",
    "_": "_",
    "#": "#",
}
_SIGNS |= {sign: LITERAL[sign] for sign in "{}$%&"}
# In mathematics: the letters and signs that titles and abstracts use
_SYMBOL_NAMES = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho
    sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi
    Omega times cdot pm mp leq le geq ge neq ne approx sim simeq equiv to rightarrow leftarrow Rightarrow
    infty partial nabla sum prod int in subset cup cap circ prime ell propto cong mid div dagger lt gt degree
    leftrightarrow uparrow downarrow
"""
_SYMBOL_SIGNS = "αβγδϵεζηθϑικλμνξπϖρσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩ×·±∓≤≤≥≥≠≠≈∼≃≡→→←⇒∞∂∇∑∏∫∈⊂∪∩∘'ℓ∝≅|÷†<>°↔↑↓"
_SYMBOLS = dict(zip(_SYMBOL_NAMES.split(), _SYMBOL_SIGNS, strict=True))
_SYMBOL = re.compile(r"\\([A-Za-z]+)")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_ESCAPED = re.compile(r"\\?([%&#_~$])")
_SMALL = re.compile(r"[0-9+\-−]+")

_ACCENT = r"""
      (?P<accent> [`'^~"=.] | [uvHcdbkr](?=\s*\{|\s+\S|\s*\\[ij]\b) )
        \s* (?: \{ \s* (?P<braced> \\[ij] | [^\W\d_]?) \s* \} | (?P<dotless> \\[ij]) (?![A-Za-z]) \s*
              | (?P<bare> [^\W\d_]) )
"""
_ACCENTED = re.compile(rf"(?P<outer>(?<!\\[\w`'^\"~=.])\{{\s*)?\\(?:{_ACCENT})(?(outer)\s*\}})", re.VERBOSE)
_COMMAND = re.compile(
    r"""
    \\(?:
      (?P<newline> \\ (?: \* | \[[\w. ]{1,9}\] )? )
    | """
    + _ACCENT
    + r"""
    | (?: url | nolinkurl | path ) \s* \{ (?P<url> [^{}]* ) \}
    | href \s* \{ [^{}]* \} (?= \s* \{ )
    | (?: noopsort | SortNoop | foreignlanguage | textcolor | [hv]space\*? ) \s* \{ [^{}]* \}
    | vphantom \s* \\? [{}]  # Better BibTeX balances braces with it
    | (?: enquote\*? | mkbibquote ) \s* \{ (?P<quote> [^{}]* ) \}
    | text (?P<script> super | sub ) script \s* \{ (?P<scripted> [^{}]* ) \}
    | [A-Za-z]{0,9} cite [A-Za-z]{0,9} \*? (?: \[ [^\[\]\\{}]* \] )* \s* \{ (?P<cited> [^{}]* ) \}
    | (?P<word> [A-Za-z]+ ) (?: [ \t\n]+ | \{\} )?
    | (?P<sign> [,;:\ \n!/@\-_\#{}$%&] )
    )
    """,
    re.VERBOSE,
)


def known(text: str) -> str:
    """``text`` with every command replaced that is known here; the others stay."""
    for _ in range(3):  # an accent on an accented letter needs a second look
        simpler = _COMMAND.sub(_meaning, text)
        if simpler == text or "\\" not in simpler:
            return simpler
        text = simpler
    return text


def script(text: str, *, raised: bool) -> str:
    """``text`` in small raised or lowered figures if it is one number, else as it is."""
    return text.translate(_RAISED if raised else _LOWERED) if _SMALL.fullmatch(text) else text


def accented(text: str) -> str:
    r"""``text`` with every accented letter as one letter, and all other LaTeX left as it is.

    >>> accented(r"{\v S}imek and Mu\~noz and \'{E}va and {\'\i}")
    'Šimek and Muñoz and Éva and í'
    """
    for _ in range(2):  # an accent on an accented letter
        text = _ACCENTED.sub(
            lambda found: _accented(found) if found[found.lastgroup or 0] else found[0], text
        )
    return text


def symbols(formula: str) -> str:
    r"""``formula`` with the letters and signs of mathematics that are known here.

    >>> symbols(r"\kappa \geq .8")
    'κ ≥ .8'
    """
    return _SYMBOL.sub(lambda found: _SYMBOLS.get(found[1], found[0]), formula)


def _meaning(match: re.Match[str]) -> str:
    found = _MEANINGS.get(match.lastgroup or "")
    return found(match) if found else ""


def _word(match: re.Match[str]) -> str:
    meaning = _WORDS.get(match["word"])
    return match[0] if meaning is None else meaning


def _address(match: re.Match[str]) -> str:
    return _ESCAPED.sub(lambda char: LITERAL.get(char[1], char[1]), match["url"])


def _accented(match: re.Match[str]) -> str:
    accent, letter = match["accent"], match[match.lastgroup or 0]
    base = {"\\i": "i", "\\j": "j", "ı": "i", "ȷ": "j"}.get(letter, letter)
    if not base:  # the accent alone: a sign
        return LITERAL.get(accent, accent) if not accent.isalpha() else ""
    return unicodedata.normalize("NFC", base + _ACCENTS[accent])


# By the last group of _COMMAND that matched
_MEANINGS: dict[str, Callable[[re.Match[str]], str]] = {
    "braced": _accented,
    "dotless": _accented,
    "bare": _accented,
    "word": _word,
    "url": _address,
    "sign": lambda match: _SIGNS[match["sign"]],
    "quote": lambda match: f"“{match['quote']}”",
    "scripted": lambda match: script(match["scripted"].strip(), raised=match["script"] == "super"),
    "cited": lambda match: f"[{match['cited']}]",
    "newline": lambda _: " ",
}
