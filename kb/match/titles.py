"""Titles as they are compared: words in one form, numbers, and what a title says of its own kind."""

import html
import re
from dataclasses import dataclass
from itertools import accumulate
from sys import intern

from kb.match.words import GENERIC, GREEK, NUMBERS, ROMAN, STOP, listed
from kb.text import words as folded_words

_LONGEST = 600  # characters; what is longer is a title and an abstract run together
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
_ALSO = re.compile(r"(.{15,}?)(?:\s*[\[=]\s*|\s/\s(?=[A-Z]))([^\[\]=]{15,}?)\]?\s*\.?")
_BRACKETED = re.compile(r"\[(.*)\]\.?", re.DOTALL)
_BREAK = re.compile(r"[:.?!;](?=\s|$)|\s[-–—]+\s|[–—(]|--")
_LANGUAGES = (
    "english german french spanish italian portuguese dutch danish swedish norwegian finnish polish russian"
    " czech hungarian turkish chinese japanese korean persian hebrew greek"
)
_NOTES = re.compile(  # what Ovid and others add: [see comment], [Review] [45 refs], [German]
    r"(?:[\s.]*[\[(](?:(?:see )?comments?|reviews?|\d+ ref(?:erence)?s?|references|corrected|abstract|article"
    r"|letter|editorial|original|miscellaneous(?: article)?|(?:meeting|conference) abstract|proceedings"
    r"|(?:abstract|poster) (?:no\.? ?)?[a-z]?\d+|(?:published )?(?:erratum|correction) appears in [^\[\]]*"
    rf"|(?:(?:article )?in )?(?:{'|'.join(_LANGUAGES.split())}))[\])])+[\s.]*$",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_PART = listed("part volume vol study phase type stage level class chapter section")
_ORDINALS = listed("st nd rd th")
_LEAD = r"[\s:.\[(—–-]+"
_WORD = r"(?:'s|’s|s'|s’)?"
_MARK = r"(?:\s+(?:to|on|of|for|regarding|concerning)\b\s*:?|\s*[:.;—–-])\s*"
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        ("", r"^\W*(?:retracted|withdrawn)(?: article| paper| chapter)?\s*[:.\]—–-]+\s*"),
        ("", r"\s*\(?retracted article\b.*$"),
        ("retraction", rf"^\W*(?:notice of )?(?:retraction|withdrawal)(?: not(?:e|ice))?(?:$|{_MARK})"),
        ("retraction", r"^\W*(?:editorial )?retraction\W*$"),
        ("retraction", rf"{_LEAD}retraction(?: notice)?\W*$"),
        ("concern", rf"^\W*(?:editorial )?expressions? of concern\b(?:{_MARK})?"),
        ("correction", rf"^\W*(?:(?:author|publisher){_WORD} )?correction(?:s)?(?:$|{_MARK})"),
        (
            "correction",
            rf"^\W*(?:errat(?:um|a)|corrigend(?:um|a)|addendum|publisher{_WORD} note)\b(?:{_MARK})?",
        ),
        (
            "correction",
            rf"{_LEAD}(?:errat(?:um|a)|corrigend(?:um|a)|(?:author |publisher )?correction)\W*$",
        ),
        ("correction", r"\s*\(vol\.? \d+,? (?:pg|p|page|art)\.? .*\)\W*$"),
        ("reply", rf"^\W*(?:the )?(?:authors?{_WORD} )?(?:a )?(?:reply|response|rejoinder)(?:$|{_MARK})"),
        ("reply", rf"^\W*in (?:reply|response)(?:$|{_MARK})"),
        (
            "reply",
            rf"{_LEAD}(?:the )?(?:a )?(?:authors?{_WORD} )?(?:reply|response|rejoinder)(?: to\b.*)?\W*$",
        ),
        ("comment", rf"^\W*(?:invited )?(?:comment(?:s|ary|aries)?|discussion)(?:$|{_MARK})"),
        ("comment", rf"{_LEAD}(?:a |invited )?(?:comment|commentary)(?: on\b.*)?\W*$"),
        ("comment", r"^\W*re\s*[:.]\s*"),
        ("comment", r"^\W*letters?(?: to the editors?)?\s*[:.]\s*(?=\w)"),
        ("review", r"^\W*(?:book review|review of the book)s?\s*[:.]?\s*(?=\w)"),
        ("editorial", r"^\W*(?:guest )?editorial(?: comment)?\s*[:.—–-]+\s*(?=\w)"),
        ("protocol", r"[\s:.(—–-]+(?:a |the )?(?:[\w-]+ ){0,3}protocol\b(?: (?:for|of|to)\b.*)?\W*$"),
        ("protocol", r"^\W*(?:[\w-]+ ){0,3}protocol (?:for|of)\s+"),
    )
)
_ROLE_WORDS = (
    *listed("retract withdraw concern correct errat corrigend addend note (vol repl respon rejoin comment"),
    *listed("discussion letter editorial protocol"),
    *("book review", "review of the book"),
)
_REGARDING = re.compile(r"\W*re\s*[:.]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """A title made ready.

    ``words`` are folded, without the words that tell nothing, numbers in
    digits; ``squeezed`` is all of them without spaces, ``letters`` all letters
    of the title, ``main`` those before
    the first colon or the like, ``breaks`` how many letters stand before each
    of these; ``also`` a second title of the same record (a translation);
    ``role`` what the title says the thing is (correction, reply …), its mark
    taken off the words.
    """

    words: tuple[str, ...] = ()
    squeezed: str = ""
    letters: str = ""
    main: str = ""
    breaks: tuple[int, ...] = ()
    also: str = ""
    role: str = ""
    cut: bool = False
    bracketed: bool = False
    generic: bool = True


def made(text: str) -> Title:
    """The title as it is compared."""
    text = text[:_LONGEST]
    if not text:
        return Title()
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    text = text.strip()
    text = (_NOTES.sub("", text) or text) if text.endswith(("]", ")", "].", ").")) else text
    cut = text.endswith(("…", "..."))
    bracketed = _BRACKETED.fullmatch(text)
    text = bracketed[1] if bracketed and "]" not in bracketed[1] else text
    pair = _ALSO.fullmatch(text) if "[" in text or " = " in text or " / " in text else None
    text, also = (pair[1], pair[2]) if pair else (text, "")
    role, text = _role(text)
    words, breaks = _in_segments(text)
    squeezed = "".join(words)
    return Title(
        words=words,
        squeezed=squeezed,
        letters="".join(folded_words(text)),
        main=squeezed[: breaks[0]] if breaks else squeezed,
        breaks=breaks,
        also="".join(told_words(also)) if also else "",
        role=role,
        cut=cut,
        bracketed=bool(bracketed),
        generic=_is_generic(words),
    )


def _role(text: str) -> tuple[str, str]:
    """What the title says it is, and the title without saying so."""
    lowered = text.lower()
    if not any(word in lowered for word in _ROLE_WORDS) and not _REGARDING.match(text):
        return "", text
    role = ""
    for named, pattern in _ROLES:
        found = pattern.search(text)
        if not found:
            continue
        rest = (text[: found.start()] + " " + text[found.end() :]).strip()
        if named:
            return named, rest
        text = rest
    return role, text


def _in_segments(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The telling words, and how many letters of them stand before each colon, full stop, dash, bracket."""
    segments = [told for segment in _BREAK.split(text) if (told := told_words(segment))]
    words = tuple(word for told in segments for word in told)
    lengths = [sum(map(len, told)) for told in segments]
    return words, tuple(accumulate(lengths[:-1]))


def _is_generic(words: tuple[str, ...]) -> bool:
    """Whether a title is one that every volume may have: Editorial, Annual report 2010."""
    telling = [word for word in words if word not in GENERIC and not word.isdigit()]
    serial = "annual" in words and "report" in words
    return serial or not telling or sum(map(len, words)) < 8


def told_words(text: str) -> tuple[str, ...]:
    """The words of a title that tell something, numbers in digits."""
    found: list[str] = []
    for word in folded_words(text):
        if word.isalpha():
            found.append(word)
        else:
            found += _PIECE.findall(word)
    last = len(found) - 1
    kept: list[str] = []
    for place, word in enumerate(found):
        if word in STOP or (word in _ORDINALS and place and found[place - 1].isdigit()):
            continue
        if word.isdigit():
            kept.append(word.lstrip("0") or "0")
        elif word in NUMBERS:
            kept.append(NUMBERS[word])
        elif word in ROMAN and (len(word) > 1 or (place and (place == last or found[place - 1] in _PART))):
            kept.append(ROMAN[word])
        else:
            kept.append(intern(GREEK.get(word, word)))
    return tuple(kept)
