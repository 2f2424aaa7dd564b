"""PubMed's XML → entries: articles, books and chapters, with MeSH, corrections and reference lists.

Known are what E-utilities, PubMed's “Save” and NLM's yearly files hold:
``PubmedArticle``, ``PubmedBookArticle`` and a bare ``MedlineCitation``.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from kb.model import Entry, Origin, Problem
from kb.read.foreign import xml
from kb.read.foreign.elements import put, root, text
from kb.read.foreign.pubmedfields import (
    Take,
    end_article,
    end_book,
    end_title,
    listed,
    put_abstract,
    put_authors,
    put_date,
    put_electronic_date,
    put_ids,
    put_investigators,
    put_journal,
    put_keywords,
    put_language,
    put_location,
    put_mesh,
    put_note,
    put_pagination,
    put_publisher,
    put_sections,
    put_state,
    put_subjects,
)
from kb.read.foreign.pubmedlinks import put_corrections, put_publication_types, put_references
from kb.read.foreign.record import Record, entries
from kb.read.problems import Gathered

_ARTICLES = xml.Kind(
    frozenset(("PubmedArticle", "PubmedBookArticle")),
    frozenset(("PubmedArticleSet", "PubmedBookArticleSet", "BookDocumentSet")),
)
_CITATIONS = xml.Kind(frozenset(("MedlineCitation",)), frozenset(("MedlineCitationSet",)))
_ROOTS = _ARTICLES.tags | _ARTICLES.holders | _CITATIONS.tags | _CITATIONS.holders | {"eFetchResult"}
# Days in the life of the database's own record, and what other elements say as well
_LEFT_OUT = frozenset(
    [
        "BeginningDate",
        "CitationSubset",
        "ContributionDate",
        "DateCompleted",
        "DateCreated",
        "DateRevised",
        "EndingDate",
        "History",
        "ISSNLinking",
        "NumberOfReferences",
    ]
)


def looks(head: str) -> bool:
    """Whether a file begins as PubMed's XML does."""
    return root(head) in _ROOTS


def read(content: bytes, path: str, *, encoding: str = "") -> tuple[list[Entry], list[Problem]]:
    """The entries of a PubMed XML file in its order, and what is wrong with it."""
    problems = Gathered()
    kind = _ARTICLES if _ARTICLES.starts.search(content) or b"\x00" in content[:100] else _CITATIONS
    found = xml.records(content, path, kind, problems, encoding=encoding)
    made = entries(_records(found, path, problems), path)
    return made, problems.by_line()


def _records(found: Iterator[tuple[int, Element]], path: str, problems: Gathered) -> Iterator[Record]:
    for line, element in found:
        record = _record(element)
        record.line = line
        if record.fields.keys() & {"title", "pmid", "doi"}:
            yield record
        else:
            message = "This record has no title, no PMID and no DOI. It was left out."
            problems.add(Problem(Origin(path, line), "pubmed-empty", message, "Export it again."))


def _record(element: Element) -> Record:
    if element.tag == "PubmedBookArticle":
        record = Record("book")
        _each(record, element, _BOOK_PARTS)
        end_book(record)
    else:
        record = Record("article")
        _each(record, [element] if element.tag == "MedlineCitation" else element, _ARTICLE_PARTS)
        end_article(record)
    end_title(record)
    return record


def _each(record: Record, elements: Iterable[Element], takes: dict[str, Take]) -> None:
    """Take each child in its way; keep what is unknown under its own name."""
    for child in elements:
        take = takes.get(child.tag)
        if take:
            take(record, child)
        elif child.tag not in _LEFT_OUT:
            record.keep(child.tag.lower(), text(child))


def _into(name: str) -> Take:
    return lambda record, element: put(record, name, element)


def _within(takes: dict[str, Take]) -> Take:
    return lambda record, element: _each(record, element, takes)


_JOURNAL: dict[str, Take] = {
    "ISSN": _into("issn"),
    "Title": put_journal,
    "ISOAbbreviation": _into("shortjournal"),
    "JournalIssue": _within({"Volume": _into("volume"), "Issue": _into("number"), "PubDate": put_date}),
}
_ARTICLE: dict[str, Take] = {
    "Journal": _within(_JOURNAL),
    "ArticleTitle": _into("title"),
    "VernacularTitle": _into("origtitle"),
    "Pagination": put_pagination,
    "ELocationID": put_location,
    "Abstract": put_abstract,
    "AuthorList": put_authors,
    "Language": put_language,
    "DataBankList": listed("databank"),
    "GrantList": listed("grant"),
    "PublicationTypeList": put_publication_types,
    "ArticleDate": put_electronic_date,
}
_CITATION: dict[str, Take] = {
    "PMID": _into("pmid"),
    "Article": _within(_ARTICLE),
    "MedlineJournalInfo": _within({"MedlineTA": _into("shortjournal")}),
    "ChemicalList": listed("substance"),
    "SupplMeshList": put_keywords,
    "CommentsCorrectionsList": put_corrections,
    "GeneSymbolList": listed("genesymbol"),
    "MeshHeadingList": put_mesh,
    "PersonalNameSubjectList": put_subjects,
    "OtherID": _into("otherid"),
    "OtherAbstract": put_abstract,
    "KeywordList": put_keywords,
    "CoiStatement": _into("coi"),
    "SpaceFlightMission": _into("spaceflightmission"),
    "InvestigatorList": put_investigators,
    "GeneralNote": put_note,
}
_DATA: dict[str, Take] = {
    "ArticleIdList": put_ids,
    "ReferenceList": put_references,
    "ObjectList": listed("object"),
    "PublicationStatus": put_state,
}
_ARTICLE_PARTS: dict[str, Take] = {"MedlineCitation": _within(_CITATION), "PubmedData": _within(_DATA)}
_BOOK: dict[str, Take] = {
    "Publisher": put_publisher,
    "BookTitle": _into("booktitle"),
    "PubDate": put_date,
    "AuthorList": put_authors,
    "InvestigatorList": put_investigators,
    "CollectionTitle": _into("series"),
    "Isbn": _into("isbn"),
    "ELocationID": put_location,
    "ReportNumber": _into("number"),
    "VolumeTitle": _into("volumetitle"),
}
_DOCUMENT: dict[str, Take] = {
    "PMID": _into("pmid"),
    "ArticleIdList": put_ids,
    "Book": _within(_BOOK),
    "LocationLabel": _into("chapter"),
    "ArticleTitle": _into("title"),
    "VernacularTitle": _into("origtitle"),
    "Pagination": put_pagination,
    "Language": put_language,
    "AuthorList": put_authors,
    "InvestigatorList": put_investigators,
    "PublicationType": put_publication_types,
    "Abstract": put_abstract,
    "Sections": put_sections,
    "KeywordList": put_keywords,
    "GrantList": listed("grant"),
    "ItemList": listed("item"),
    "ReferenceList": put_references,
}
_BOOK_PARTS: dict[str, Take] = {"BookDocument": _within(_DOCUMENT), "PubmedBookData": _within(_DATA)}
