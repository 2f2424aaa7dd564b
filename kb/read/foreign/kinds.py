"""What programs and people call a type of publication → BibLaTeX's type."""

import re

from kb.read.foreign.record import Record
from kb.text import words

# EndNote's, Zotero's, Scopus's, Rayyan's and Citavi's names, folded and without spaces
_NAMES = """
    article: journalarticle article electronicarticle journal journalpaper reviewarticle shortsurvey
        review letter note editorial erratum datapaper originalarticle researcharticle articleinpress
        articlereview casereport systematicreview metaanalysis clinicaltrial randomizedcontrolledtrial
        zeitschriftenaufsatz zeitschriftenartikel articlederevue articulo artigo
    article/magazine: magazinearticle magazine
    article/newspaper: newspaperarticle newspaper zeitungsartikel
    book: book electronicbook
        ebook monograph classicalwork ancienttext buch buchmonographie livre libro livro boek
    collection: editedbook bookedited anthology buchsammelwerk
    incollection: booksection bookchapter chapter electronicbooksection encyclopedia
        encyclopediaarticle dictionary
        dictionaryentry inbook buchbeitrag beitragin buchkapitel chapitredelivre capitulodelibro
    inproceedings: conferencepaper conferenceproceeding proceedingspaper inproceedings conference
        meetingabstract conferenceabstract konferenzbeitrag
    proceedings: conferenceproceedings proceedings conferencereview
    thesis: thesis dissertation phdthesis doctoralthesis doctoraldissertation mastersthesis masterthesis
        dissertationthesis hochschulschrift these tesis tese
    report: report technicalreport governmentdocument governmentpublication whitepaper workingpaper
        discussionpaper
        policybrief guideline grauliteraturberichtreport rapport informe relatorio
    online: webpage website web blog blogpost forumpost discussionforum electronicsource internetdokument
        multimediaapplication onlinemultimedia podcast socialmedia
    online/preprint: preprint postedcontent
    dataset: dataset onlinedatabase aggregateddatabase database
    software: computerprogram software computersoftware
    unpublished: unpublishedwork unpublished manuscript unpublishedmanuscript presentation
    patent: patent
    legislation: bill statute legalruleorregulation hearing legislation enactedbill
    jurisdiction: case legalcase courtcase
"""
_SUBTYPE = {"magazine": "entrysubtype", "newspaper": "entrysubtype", "preprint": "pubstate"}
_BY_NAME = {
    name: made
    for row in re.sub(r"\n {8}", " ", _NAMES).strip().splitlines()
    for made, _, names in [row.strip().partition(":")]
    for name in names.split()
}
# These say no more than the type does
_PLAIN = frozenset(
    [
        "journalarticle",
        "article",
        "book",
        "editedbook",
        "booksection",
        "bookchapter",
        "conferencepaper",
        "thesis",
        "report",
        "webpage",
        "dataset",
        "computerprogram",
        "patent",
        "statute",
        "case",
        "unpublishedwork",
        "preprint",
        "magazinearticle",
        "newspaperarticle",
        "generic",
        "misc",
        "document",
        "journal",
    ]
)
CONTAINERS = {
    "article": "journaltitle",
    "dataset": "journaltitle",
    "software": "journaltitle",
    "patent": "journaltitle",
    "legislation": "journaltitle",
    "jurisdiction": "journaltitle",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "online": "howpublished",
    "misc": "howpublished",
    "unpublished": "howpublished",
}
"""The field that holds what a publication appeared in; those that are left out appear by themselves."""

_BETWEEN = re.compile(r"[;|]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def put_kind(record: Record, written: str) -> bool:
    """Set the record's type from the first of the names that is known; whether one is.

    A name that says more than the type is kept as ``reftype``.
    """
    names = [_folded(name) for name in (written, *_BETWEEN.split(written))]
    known = next((name for name in names if name in _BY_NAME), "")
    made, _, more = _BY_NAME.get(known, "misc").partition("/")
    record.type = made
    if more:
        record.put(_SUBTYPE[more], more)
    if written.strip() and names[0] not in _PLAIN:
        record.put("reftype", written)
    return bool(known)


def _folded(name: str) -> str:
    return "".join(words(_HUMP.sub(" ", name)))
