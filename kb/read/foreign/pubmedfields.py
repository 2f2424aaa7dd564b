"""What the parts of a PubMed record mean: titles, dates, people, terms, places."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias
from xml.etree.ElementTree import Element

from kb.model import Name
from kb.read.foreign.dates import edtf, span
from kb.read.foreign.elements import marked, put, text
from kb.read.foreign.persons import body, person, spaced
from kb.read.foreign.record import Record
from kb.read.foreign.values import page_range, put_preprint, whole_range

Take: TypeAlias = Callable[[Record, Element], None]
"""What takes an element into a record."""

_TYPES = (("dataset", "dataset"), ("academic dissertation", "thesis"), ("technical report", "report"))
_UNTITLED = frozenset(("", "not available", "in process citation", "no title available"))
_UNKNOWN_LANGUAGE = ("und", "mul", "zxx")
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])")
_ONE_PLACE = re.compile(r"[A-Za-z]{1,4}-?\d+")
_NAMES_OF_IDS = {"pubmed": "pmid", "pmc": "pmcid", "bookaccession": "nbk"}


# Titles -----------------------------------------------------------------------------------------


def end_title(record: Record) -> None:
    """The title without PubMed's full stop and brackets; the original's, where there is no other."""
    title, original = record.fields.pop("title", ""), record.fields.pop("origtitle", "")
    title, original = _bare_title(title), _bare_title(original)
    if title.lower() in _UNTITLED:
        title, original = original, ""
    for name, value in (("title", title), ("origtitle", original)):
        if value:
            record.fields[name] = value
    if "booktitle" in record.fields:
        record.fields["booktitle"] = _bare_title(record.fields["booktitle"])


def _bare_title(title: str) -> str:
    title = title.strip()
    if title[-1:] == "." and title[-2:] != "..":
        title = title[:-1]
    if title[:1] == "[" and title[-1:] == "]" and title.find("]") == len(title) - 1:
        title = title[1:-1].strip()
        title = title[:-1] if title[-1:] == "." and title[-2:] != ".." else title
    return title


# Dates ------------------------------------------------------------------------------------------


def published(element: Element) -> str:
    """The date of a PubDate in EDTF; of a MedlineDate, both ends, if it names two.

    >>> from xml.etree.ElementTree import XML
    >>> published(XML("<PubDate><MedlineDate>2014 Dec-2015 Jan</MedlineDate></PubDate>"))
    '2014-12/2015-01'
    >>> published(XML("<PubDate><Year>2015</Year><Season>Spring</Season></PubDate>"))
    '2015-21'
    """
    parts = {child.tag: text(child) for child in element}
    whole = parts.get("MedlineDate", "")
    if not whole:
        year, month, day = (
            parts.get("Year", ""),
            parts.get("Month", parts.get("Season", "")),
            parts.get("Day", ""),
        )
        between = "-" if month.isdecimal() else " "
        return edtf(between.join(filter(None, (year, month, day if month else "")))) or year
    return span(whole) or whole


def put_date(record: Record, element: Element) -> None:
    """Set the date of a PubDate."""
    record.put("date", published(element))


def put_electronic_date(record: Record, element: Element) -> None:
    """Keep the day on which it appeared online, as ``epubdate``."""
    record.put("epubdate", published(element))


# People -----------------------------------------------------------------------------------------


def put_authors(record: Record, element: Element) -> None:
    """Set the authors, or the editors where the list says so, with their affiliations."""
    role = "editor" if element.get("Type") == "editors" else "author"
    _put_people(record, element, role)


def _put_people(record: Record, element: Element, role: str) -> None:
    names = record.people.setdefault(role, [])
    affiliations = []
    for child in element:
        parts = {part.tag: part for part in child}
        name = _name(parts)
        if name:
            names.append(name)
            affiliations += [text(one.find("Affiliation")) for one in child.findall("AffiliationInfo")]
            affiliations += [text(parts["Affiliation"])] if "Affiliation" in parts else []
    if element.get("CompleteYN") == "N":
        record.more.add(role)
    record.put("affiliation", "; ".join(dict.fromkeys(filter(None, affiliations))))


def _name(parts: dict[str, Element]) -> Name | None:
    whole = text(parts.get("CollectiveName"))
    if whole:
        return body(whole.rstrip("."))
    family = text(parts.get("LastName"))
    given = text(parts.get("ForeName")) or spaced(text(parts.get("Initials")))
    if not family:
        return Name(given) if given else None
    name = person(f"{family}, {given}") if given and "," not in family + given else Name(family, given)
    orcid = _orcid(parts.get("Identifier"))
    return replace(name, suffix=text(parts.get("Suffix")).rstrip("."), orcid=orcid)


def _orcid(element: Element | None) -> str:
    found = _ORCID.search(text(element)) if element is not None and element.get("Source") == "ORCID" else None
    return "-".join(found.groups()).upper() if found else ""


def put_investigators(record: Record, element: Element) -> None:
    """Set those who took part in the study without being authors."""
    _put_people(record, element, "collaborator")


def put_subjects(record: Record, element: Element) -> None:
    """Whom the article is about, an obituary for example."""
    names = (_name({part.tag: part for part in child}) for child in element)
    record.put("personalnamesubject", "; ".join(name.inverted for name in names if name))


# Text and terms ---------------------------------------------------------------------------------


def put_abstract(record: Record, element: Element) -> None:
    """Set the abstract, each labelled part a paragraph; one in another language goes apart."""
    name = "abstract" if element.tag == "Abstract" and "abstract" not in record.fields else "otherabstract"
    parts = []
    for child in element:
        if child.tag == "CopyrightInformation":
            put(record, "copyright", child)
        elif child.tag == "AbstractText":
            label, words = child.get("Label", ""), marked(child)
            label = "" if label == "UNLABELLED" else label
            parts.append(f"{label}: {words}" if label and words else words)
    record.put_marked(name, "<br/><br/>".join(filter(None, parts)))


def put_mesh(record: Record, element: Element) -> None:
    """Each heading's descriptor as a keyword; the headings whole, with qualifiers and stars, as ``mesh``."""
    headings = []
    for child in element:
        terms = [(text(term), term.get("MajorTopicYN") == "Y") for term in child if text(term)]
        if terms:
            record.keywords.append(terms[0][0])
            headings.append("/".join(f"*{term}" if major else term for term, major in terms))
    record.put("mesh", "; ".join(headings))


def put_keywords(record: Record, element: Element) -> None:
    """Add the authors' keywords, or NLM's supplementary terms."""
    record.keywords += [word.rstrip(".") for child in element if (word := text(child))]


def put_language(record: Record, element: Element) -> None:
    """Set the language by its code of three letters; a second one goes into ``otherlanguage``."""
    if text(element) not in _UNKNOWN_LANGUAGE:
        record.put("otherlanguage" if "language" in record.fields else "language", text(element))


def put_note(record: Record, element: Element) -> None:
    """Add a general note."""
    if text(element):
        record.notes.append(text(element))


def listed(name: str) -> Take:
    """Several things of one sort, each with its parts, in one field."""

    def take(record: Record, element: Element) -> None:
        things = (", ".join(words for part in child if (words := text(part))) for child in element)
        record.put(name, "; ".join(dict.fromkeys(filter(None, things))))

    return take


# Where it appeared ------------------------------------------------------------------------------


def put_journal(record: Record, element: Element) -> None:
    """Set the journal's title without the spaces that NLM sets before a colon."""
    record.put("journaltitle", text(element).replace(" : ", ": ").rstrip("."))


def put_pagination(record: Record, element: Element) -> None:
    """Set the pages, or the ``eid`` where a single number with letters stands."""
    parts = {child.tag: text(child) for child in element}
    pages = whole_range(parts.get("MedlinePgn", ""))
    pages = pages or page_range(parts.get("StartPage", ""), parts.get("EndPage", ""))
    record.put("eid" if _ONE_PLACE.fullmatch(pages) else "pages", pages)


def put_location(record: Record, element: Element) -> None:
    """Set a DOI or the publisher's own number, unless PubMed says that it is wrong."""
    if element.get("ValidYN", "Y") == "Y":
        record.put(element.get("EIdType", "pii").lower(), text(element))


def put_ids(record: Record, element: Element) -> None:
    """Set the numbers under which the publication is known."""
    for child in element:
        name = child.get("IdType", "").lower()
        name = _NAMES_OF_IDS.get(name, name)
        if name.isalnum():
            record.put(name, text(child))


def put_state(record: Record, element: Element) -> None:
    """Say that it is in press, as long as it has no place in an issue."""
    if text(element) == "aheadofprint":
        record.put("pubstate", "inpress")


def put_publisher(record: Record, element: Element) -> None:
    """Set a book's publisher and place."""
    put(record, "publisher", element.find("PublisherName"))
    put(record, "location", element.find("PublisherLocation"))


def put_sections(record: Record, element: Element) -> None:
    """Keep the titles of the sections, as ``contents``."""
    titles = (text(child.find("SectionTitle")) for child in element)
    record.put("contents", "; ".join(filter(None, titles)))


def end_book(record: Record) -> None:
    """A chapter if the record has a title of its own beside the book's."""
    fields = record.fields
    if fields.get("title"):
        record.type = "incollection"
        return
    fields["title"] = fields.pop("booktitle", "")
    if record.people.get("editor") and not record.people.get("author"):
        record.type = "collection"


def end_article(record: Record) -> None:
    """What PubMed's words on the kind of publication make of an article."""
    kinds = record.fields.get("publicationtype", "").lower()
    if "preprint" in kinds:
        record.type = "online"
        record.put("pubstate", "preprint")
        put_preprint(record, record.fields.get("journaltitle", ""))
    elif "newspaper article" in kinds:
        record.put("entrysubtype", "newspaper")
    else:
        record.type = next((made for kind, made in _TYPES if kind in kinds), record.type)
