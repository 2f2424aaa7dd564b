"""RIS's types of publication, and what people and RefWorks write for them → BibLaTeX's."""

from kb.read.foreign.record import Record
from kb.read.foreign.tagged import Tagged

_TYPES = """
    article: ABST EJOUR INPR JOUR JFULL MGZN NEWS
    book: BOOK EBOOK CLSWK ANCIENT MONO
    collection: EDBOOK
    incollection: CHAP ECHAP DICT ENCYC
    inproceedings: CPAPER
    proceedings: CONF
    thesis: THES DISS
    report: RPRT GOVDOC
    online: ELEC BLOG ICOMM WEB MULTI
    dataset: DATA DBASE AGGR
    software: COMP
    unpublished: UNPB UNPD MANSCPT
    patent: PAT
    legislation: BILL STAT LEGAL UNBILL UNBILl
    jurisdiction: CASE
    video: VIDEO MPCT
    standard: STAND
    letter: PCOMM
"""
_BY_TYPE = {
    ty: made
    for made, _, types in (row.strip().partition(":") for row in _TYPES.strip().splitlines())
    for ty in types.split()
}
# Types in words, as RefWorks and people write them
_BY_WORD = (
    ("section", "CHAP"),
    ("chapter", "CHAP"),
    ("edited", "EDBOOK"),
    ("book", "BOOK"),
    ("monograph", "BOOK"),
    ("conference", "CPAPER"),
    ("thesis", "THES"),
    ("dissertation", "THES"),
    ("newspaper", "NEWS"),
    ("magazine", "MGZN"),
    ("journal", "JOUR"),
    ("article", "JOUR"),
    ("report", "RPRT"),
    ("web", "ELEC"),
    ("blog", "BLOG"),
    ("computer", "COMP"),
    ("unpublished", "UNPB"),
    ("patent", "PAT"),
    ("case", "CASE"),
    ("statute", "STAT"),
    ("bill", "BILL"),
)
_LOSSLESS = frozenset(
    (
        "JOUR",
        "BOOK",
        "CHAP",
        "CPAPER",
        "THES",
        "RPRT",
        "ELEC",
        "DATA",
        "COMP",
        "UNPB",
        "PAT",
        "STAT",
        "CASE",
        "GEN",
        "DISS",
        "VIDEO",
        "STAND",
        "PCOMM",
    )
)
_SUBTYPES = {"NEWS": "newspaper", "MGZN": "magazine"}


def put_type(tagged: Tagged, record: Record) -> str:
    """Set the record's type; returns RIS's own."""
    written, _, more = (tagged.take("TY") or [""])[0].partition("\n")
    if more.strip():
        record.notes.append(more.strip())
    ty = written.strip().upper()
    if ty not in _BY_TYPE and len(ty) > 4:
        ty = next((short for word, short in _BY_WORD if word in written.lower()), ty)
    record.type = _BY_TYPE.get(ty, "misc")
    there = tagged.values
    if ty == "CONF" and any(tag in there for tag in ("T2", "C3", "BT", "JF", "JO", "SP", "EP", "C7")):
        record.type = "inproceedings"
    elif ty in {"GEN", "JFULL"} and any(tag in there for tag in ("JO", "JF", "JA")):
        record.type = "article" if "VL" in there or "IS" in there else record.type
    record.put("entrysubtype", _SUBTYPES.get(ty, ""))
    record.put("pubstate", "inpress" if ty == "INPR" else "")
    if ty not in _LOSSLESS and not (
        record.type in {"collection", "inproceedings", "proceedings"} or ty in _SUBTYPES
    ):
        record.put("ty", ty)
    return ty
