"""What stands alone: books, reports, theses and pages, with their editions and publishers."""

import re

from kb.read.paper.brackets import EDITION, ORDINAL, THESIS, without_brackets, without_stop
from kb.read.paper.names import read_people
from kb.read.paper.shapes import Parsed
from kb.read.paper.tails import PAGES
from kb.read.paper.words import MONTH, UPPER, YEAR, publisher_like, sentence_ends, sentences, title_case

_PLACE = (
    rf"(?:[{UPPER}][\w’'.‐-]*(?:\s(?:[{UPPER}][\w’'.‐-]*|on|upon|de|am|of|the|d’)){{0,3}}"
    rf"(?:,\s(?:[{UPPER}]\.?[{UPPER}]\.?|[{UPPER}][\w’'.]+(?:\s[{UPPER}][\w’'.]+){{0,2}}))?"
    rf"(?:(?:,|;|/|\sand|\s&)\s?[{UPPER}][\w’'.-]+(?:\s[{UPPER}][\w’'.-]+)?"
    rf"(?:,\s[{UPPER}]{{2}})?){{0,2}}|[{UPPER}]{{2,4}})(?:\s\([\w. ]{{2,20}}\))?"
)
_IMPRINT = re.compile(rf"^(?P<place>{_PLACE}):\s*(?P<publisher>[^:]{{2,140}})$")
_PLACE_ALONE = re.compile(rf"[{UPPER}][\w ]{{2,30}}, (?:[A-Z]{{2}}|[A-Z]\.\s?[A-Z]\.?|UK|USA)")
EDITED_BY = re.compile(
    rf"[,.(]?\s*\(?\b(?:edited|ed\.|eds\.|hrsg\. von)(?:\s+and\s+translated)?\s+by\s+"
    rf"(?P<names>.{{3,400}}?)(?=,\s(?:{PAGES})(?:\.|,|$)|\)|\.\s[{UPPER}][\w ,.’'-]{{1,60}}:"
    rf"|,\s(?:vol|pp)|\.?$|\.\s(?!\w\.)(?!\w\s)[{UPPER}][a-z]{{3,}}|,\s(?:{ORDINAL})\s)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:(?:translated|revised|introduced|illustrated|compiled|adapted"
    r"|reprinted)\b.{0,60}?\bby\b|trans\.\s|with\s(?:an?\s)?(?:foreword|introduction|preface"
    r"|afterword)"
    r"|(?:foreword|introduction|preface|afterword)\sby|unpublished\s(?:manuscript|report"
    r"|paper)|kindle\b|e-?book\b|pdf\b|paperback\b|hardback\b|audiobook\b|first\spublished"
    r"|originally\spublished|reprint\b)",
    re.IGNORECASE,
)
_VOLUME_OF = re.compile(r"[Vv]ols?\.?\s(\d{1,3}(?:[-–]\d{1,3})?|[IVX]{1,5})(?:\sof\s.{3,200})?\.?")
_NUMBER_ALONE = re.compile(
    r"(?:(?:nos?|nr|number|report|working paper|publication|paper|cm|hc|bulletin)\b\.?\s*"
    r"(?:no\.?\s*)?)?[A-Z]{0,5}[-/ ]?\d[\w/.-]{0,15}",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"^[^.]{0,90}\b(?:report|paper|study|bulletin|series|working|research|briefing|discussion"
    r"|publication|statistical|monograph|trends)\b[^.]{0,60}(?:\bno\.?|\bnumber"
    r"|#)?\s?\d[\w/–-]*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:no|vol|cat|report|cmnd?)\b\.?", re.IGNORECASE)
_NAMED_SERIES = re.compile(r"[A-Z][\w ,&’'-]{0,80}\b[Ss]eries")


def read_book(text: str, parsed: Parsed, *, commas: bool = False) -> None:
    """What follows the date of something that is no article: title, edition, series, publisher or site."""
    text = without_asides(text, parsed)
    if read_thesis(text, parsed):
        return
    if commas:
        _comma_book(text, parsed)
        return
    edition = EDITION.search(text)
    parts = sentences(text)
    if (
        edition
        and edition.start() > 3
        and edition[0].count("(") == edition[0].count(")")
        and not text[: edition.start()].count("(") > text[: edition.start()].count(")")
    ):
        parsed.put("edition", edition["edition"])
        title, parts = text[: edition.start()], sentences(text[edition.end() :].lstrip(" .,;)"))
        _imprint(parts, parsed, title=title)
        return
    _imprint(parts[1:], parsed, title=parts[0] if parts else "")


def without_asides(text: str, parsed: Parsed) -> str:
    """``text`` without editors, translators, forewords and the like, which are put down."""
    if found := EDITED_BY.search(text):
        parsed.editors = parsed.editors or list(read_people(found["names"]).names)
        after = text[found.end() :]
        text = f"{text[: found.start()]}{'' if after[:1] in ('.', ',') else '.'}{after}"
    kept: list[str] = []
    for sentence in sentences(text):
        if kept and _ASIDE.match(sentence):
            parsed.notes.append(sentence.rstrip("."))
        elif kept and (found := _VOLUME_OF.fullmatch(sentence)):
            parsed.put("volume", found[1])
        else:
            kept.append(sentence)
    return " ".join(kept)


def read_thesis(text: str, parsed: Parsed) -> bool:
    """Put down a thesis whose kind follows its title; False if there is none."""
    for start in (*sentence_ends(text), *(m.end() for m in re.finditer(r"[,”’]\s+|\s(?=\()", text))):
        found = THESIS.match(text, start + (text[start : start + 1] in "(["))
        if not found:
            continue
        parsed.type = "thesis"
        parsed.put("type", found[0])
        parsed.put("institution", _school(text[found.end() :]))
        parsed.put("title", without_brackets(text[:start].rstrip(" ,.([“‘"), parsed))
        return True
    return False


def _school(text: str) -> str:
    text = re.sub(r"^[\s.,:;)\]]+", "", text).rstrip(" .)]")
    return text.split(": ")[-1] if ": " in text else text


def _comma_book(text: str, parsed: Parsed) -> None:
    """Title, edition, series, publisher, place: as Australian Harvard has them between commas."""
    parts = [part.strip() for part in re.split(r",\s+(?![^(\[]*[)\]])", text.rstrip(" .")) if part.strip()]
    for place, part in enumerate(parts):
        found = EDITION.search(part)
        if found and found.end() == len(part) and (place or found.start() > 3):
            parsed.put("edition", found["edition"])
            title = [*parts[:place], part[: found.start()]] if found.start() else parts[:place]
            parsed.put("title", without_brackets(", ".join(title), parsed))
            _publisher_place(parts[place + 1 :], parsed)
            return
    end = len(parts)
    if end >= 3 and title_case(parts[-1]) and len(parts[-1].split()) <= 3 and publisher_like(parts[-2]):
        end -= 2
    elif end >= 2 and publisher_like(parts[-1]):
        end -= 1
    _publisher_place(parts[end:], parsed)
    while end > 1 and (_SERIES.match(parts[end - 1]) or _NUMBERED.match(parts[end - 1])):
        end -= 1
        parsed.put("number", parts[end])
        parsed.type = "report"
    parsed.put("title", without_brackets(", ".join(parts[:end]), parsed))


def _publisher_place(parts: list[str], parsed: Parsed) -> None:
    parts = [part for part in parts if not re.fullmatch(r"vols?\. .*|pp?\. .*", part)]
    if parts:
        parsed.put("publisher", parts[0])
        parsed.put("location", ", ".join(parts[1:]))


def _imprint(parts: list[str], parsed: Parsed, *, title: str) -> None:
    """Put down what follows a title’s first sentence: more of it, a series, a publisher with its place."""
    parts = _without_number([part.rstrip(" .") for part in parts if part.strip(" .")], parsed)
    news = len(parsed.values.get("date", "")) > 7 and "url" in parsed.values
    if parts and not news and (found := _IMPRINT.match(parts[-1])):
        parsed.put("location", found["place"])
        parsed.put("publisher", _unyeared(found["publisher"]))
        parts.pop()
    elif parts and _PLACE_ALONE.fullmatch(parts[-1]):
        parsed.put("location", parts.pop())
    elif parts and _is_publisher(parts, parsed):
        parsed.put("publisher", _unyeared(parts.pop()))
    else:
        title = _sited(title, parts, parsed)
    _put_title(title, parts, parsed)


def _without_number(parts: list[str], parsed: Parsed) -> list[str]:
    """The sentences without “No. 12” and the series that follows it."""
    for place, part in enumerate(parts):
        if _NUMBER_ALONE.fullmatch(part):
            parsed.put("number", part)
            parsed.type = "report" if parsed.type == "misc" else parsed.type
            parsed.put("series", ". ".join(parts[place + 1 : -1]))
            return [*parts[:place], *parts[max(place + 1, len(parts) - 1) :]]
    return parts


def _put_title(title: str, parts: list[str], parsed: Parsed) -> None:
    """Put down a title with the sentences that belong to it; series and editions do not."""
    if "publisher" in parsed.values and parts and _NAMED_SERIES.fullmatch(parts[-1]):
        parsed.put("series", parts.pop())
    while parts and (_SERIES.match(parts[-1]) or EDITION.fullmatch(parts[-1])):
        series = parts.pop()
        parsed.put("edition" if EDITION.fullmatch(series) else "number", series)
    first = without_stop(title) if parts else title
    joint = " " if first.endswith(("?", "!")) else ". "
    parsed.put("title", without_brackets(joint.join([first, ". ".join(parts)]) if parts else first, parsed))


def _is_publisher(parts: list[str], parsed: Parsed) -> bool:
    """Whether the last sentence is a publisher or a site, and not more of the title."""
    last = parts[-1]
    if _SERIES.match(last) or (last.endswith((")", "]")) and not re.search(r"\([A-Z]{2,}\)$", last)):
        return False
    if parsed.authors and last == parsed.authors[0].family:
        return True
    site = "url" in parsed.values and len(last.split()) <= 5 and last[:1].isupper() and not last.endswith("?")
    return publisher_like(last) or site


def _sited(title: str, parts: list[str], parsed: Parsed) -> str:
    """A title without “London: Sage” or “, Sage” that follows it with no full stop between."""
    if parts:
        return title
    found = re.search(rf"[,.?!]\s+(?P<place>{_PLACE}):\s(?P<publisher>[^:,.]{{2,80}})[.\s]*$", title)
    if found and publisher_like(found["publisher"]) and ":" not in found["place"]:
        parsed.put("location", found["place"])
        parsed.put("publisher", found["publisher"])
        return title[: found.start() + 1]
    return title


def _unyeared(publisher: str) -> str:
    return re.sub(rf"[,;]\s*(?:{MONTH}\s)?{YEAR}$", "", publisher.strip(" .,"))
