"""What the tags of RIS mean, in each type of publication and each program's use → a ``Record``."""

import re

from kb import ids
from kb.read.foreign.dates import edtf, put_date
from kb.read.foreign.kinds import CONTAINERS
from kb.read.foreign.markup import unmarked
from kb.read.foreign.record import Record
from kb.read.foreign.references import put_references
from kb.read.foreign.ristypes import put_type
from kb.read.foreign.tagged import Tagged, put_people
from kb.read.foreign.values import (
    is_nothing,
    languages_of,
    page_range,
    put_addresses,
    put_doi,
    put_preprint,
    put_serials,
    without_html,
)

_TAGS = """
    TY A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CR CT CY DA DB DI DO DP DS ED EF EP ER
    ET ID IS J1 J2 J9 JA JF JI JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PA PB PI PP PU PY RI RN RP SE
    SN SP ST SV T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y1 Y2
"""
KNOWN = frozenset(_TAGS.split())
"""The tags that programs write; others count only in the strict form, with two spaces and a hyphen."""

# The field that holds what a publication appeared in
_TITLES = CONTAINERS | {"video": "howpublished", "standard": "howpublished", "letter": "howpublished"}
_WHOLE = frozenset(("book", "collection", "proceedings", "thesis", "report"))
_OF_INSTITUTIONS = frozenset(("thesis", "report"))
# What databases write into the notes of a record; people's notes are what is left
_MACHINE_NOTE = re.compile(
    r"accession number:|export date:|cited by ?:|(?:total )?times cited|cited reference|copyright -|name -"
    r"|date (?:revised|completed|created) -|last updated -|title -|document feature -|subjectstermnotlit"
    r"|codens?:|correspondence address:|chemicals/cas:|manufacturers:|tradenames:|funding (?:details|text)"
    r"|source type|conference code:|pubmed id:|ovid technologies|publication type:|language:|entry date:"
    r"|l\d{6,}\b|full publication date:|place of publication:|number of references"
    r"|(?:https?://(?:dx\.)?doi\.org/|doi: ?)?10\.\d{4,9}/\S+$",
    re.IGNORECASE,
)
# Of these, the parts that speak of the day of the export or of the database's own record
_HOUSEKEEPING = re.compile(
    r"(?:export date|cited by|(?:total )?times cited[\w ]{0,50}|last updated"
    r"|date (?:created|completed|revised)) ?[:-][^;\n]*",
    re.IGNORECASE,
)
_RAYYAN = re.compile(r" ?\|? ?RAYYAN-LABELS:([^|]*)")
_STOP = re.compile(r"(?<=[^\WA-Z_]{3})\.$")  # where EBSCO and Ovid end a title
_REFERENCES = re.compile(r"references?: ?", re.IGNORECASE)
_PAGE_COUNT = re.compile(r"(\d{1,5}) ?(?:p|pp|pages?|s|seiten)?\.?", re.IGNORECASE)
_LAST_PAGE = re.compile(r"([\w.]{1,12}), .*\bpages\b", re.IGNORECASE)  # "120, Chapter xx, 630 Pages" (Ovid)
_ISSUE = re.compile(r"[\w./() –-]{1,20}")
_NO_CITEKEY = re.compile(r"L\d{5,}|nokey|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|rayyan-\d+", re.IGNORECASE)
_PMID = re.compile(r"(?:PMID:? ?)?(\d{5,9})")
_PMID_NOTED = re.compile(r"(?:^|[.;\n|]\s{0,3})PMID: ?(?:NLM)?(\d{5,9})\b")
_PMID_LINKED = re.compile(
    r"//(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/(\d{5,9})\b"
)
_PMID_COCHRANE = re.compile(r"\bPUBMED (\d{5,9})\b,? ?")
_PMC = re.compile(r"(?:PMCID:? ?)?(PMC\d{4,9})(?:\.\d+)?", re.IGNORECASE)
_OVID_MEDLINE = re.compile(r"ovid\.com/\S*[?&]D=(?:med|ppez|prem|pmn|cctr)\w*&\S*AN=(\d{5,9})", re.IGNORECASE)
_MEDLINE = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)


def record_of(tagged: Tagged) -> Record:
    """The publication that a record's lines describe."""
    record = Record(line=tagged.line)
    _without_nothing(tagged)
    kind = put_type(tagged, record)
    _titles(tagged, record, kind)
    _people(tagged, record)
    _identifiers(tagged, record)
    _numbers(tagged, record, kind)
    _publication(tagged, record, kind)
    _words(tagged, record)
    _without_housekeeping(tagged)
    tagged.rest(record)
    return record


def _without_nothing(tagged: Tagged) -> None:
    """Leave out what says that there is nothing: “[No abstract available]”."""
    for tag, values in list(tagged.values.items()):
        said = [value for value in values if not is_nothing(value)]
        if said:
            tagged.values[tag] = said
        else:
            del tagged.values[tag]


def _without_housekeeping(tagged: Tagged) -> None:
    """Leave out what says nothing of the publication, and a number that stands there twice."""
    numbers = tagged.values.get("AN", [])
    tagged.leave("ID", [value for value in tagged.take("ID") if value not in numbers])
    tagged.take("DB", "DP")
    for tag in ("N1", "M1"):
        for note in tagged.take(tag):
            parts = [part.strip() for part in re.split(r";\s*|\n", note)]
            kept = [part for part in parts if part and not _HOUSEKEEPING.fullmatch(part)]
            tagged.add(tag, note if len(kept) == len(parts) else ("\n" if "\n" in note else "; ").join(kept))


def _titles(tagged: Tagged, record: Record, kind: str) -> None:
    whole = record.type in _WHOLE
    title = tagged.first("TI", "T1", "CT")
    if not title and whole:
        title = tagged.first("BT")
    record.put_marked("title", _STOP.sub("", title))
    record.put_marked("shorttitle", tagged.first("ST") if tagged.values.get("ST") != [title] else "")
    if record.fields.get("shorttitle") == record.fields.get("title"):
        record.fields.pop("shorttitle", None)
    if whole:
        if record.type != "thesis":
            record.put_marked("series", tagged.first("T3") or tagged.first("T2"))
        _abbreviation(tagged, record, "title")
        return
    _container(tagged, record, kind)
    record.put_marked("series", tagged.first("T3"))


def _container(tagged: Tagged, record: Record, kind: str) -> None:
    field = _TITLES[record.type]
    if kind in {"CONF", "CPAPER"} and not _of_web_of_science(tagged):
        event, volume = tagged.first("T2"), tagged.first("C3", "BT", "JF", "JO")
        record.put_marked("booktitle", volume or event)
        other = "series" if any("Scopus" in value for value in tagged.values.get("DB", ())) else "eventtitle"
        record.put_marked(other, event if volume and event != volume else "")
    else:
        full = tagged.first("BT") if field == "booktitle" else ""
        full = full or tagged.first("JF") or tagged.first("T2") or tagged.first("JO")
        record.put_marked(field, full)
        others = [tagged.first(tag) for tag in ("T2", "JO", "JF")]  # often the same under several tags
        tagged.leave("J2", [name for name in others if name.lower() != full.lower()])
    _abbreviation(tagged, record, field)


def _abbreviation(tagged: Tagged, record: Record, field: str) -> None:
    """The short title of what is named in ``field``; it stands for the full one where there is none."""
    short = tagged.first("JA", "J2", "J1") or tagged.first("JI") or tagged.first("J9")
    if field == "journaltitle" and field not in record.fields:
        record.put_marked(field, short)
    elif record.fields.get(field, "").lower() == unmarked(short).strip().lower():
        return
    elif field in {"journaltitle", "booktitle"}:
        record.put_marked("shortjournal", short)
    else:
        tagged.leave("J2", [short])


def _of_web_of_science(tagged: Tagged) -> bool:
    """Whether C3 names affiliations, as it does there."""
    return any("WOS:" in value for tag in ("AN", "UR", "ID") for value in tagged.values.get(tag, ()))


def _people(tagged: Tagged, record: Record) -> None:
    authors, editors = tagged.lines("AU", "A1"), tagged.lines("ED")
    second, third = tagged.lines("A2"), tagged.lines("A3")
    if record.type == "thesis":
        put_people(record, "advisor", third or second)
        tagged.leave("A2", second if third else [])
    elif record.type in {"patent", "legislation", "jurisdiction"}:
        tagged.leave("A2", second)
        tagged.leave("A3", third)
    elif record.type in {"book", "collection"}:
        # EndNote and Zotero: A3 edits the book and A2 the series; before them, A2 edited the book
        put_people(record, "editor", editors + third)
        put_people(record, "serieseditor" if "editor" in record.people else "editor", second)
    else:
        put_people(record, "editor", editors + second)
        put_people(record, "serieseditor", third)
    if record.type == "collection" and authors and "editor" not in record.people:
        put_people(record, "editor", authors)
    else:
        put_people(record, "author", authors)
    put_people(record, "translator", tagged.lines("A4"))
    if record.type == "book" and "editor" in record.people and "author" not in record.people:
        record.type = "collection"


def _identifiers(tagged: Tagged, record: Record) -> None:
    named = tagged.first("ID")
    if named and not _NO_CITEKEY.fullmatch(named) and any(map(str.isalpha, named)):
        record.citekey = named
    elif named:
        tagged.leave("ID", [named])
    links = [
        value for tag in ("UR", "L2", "L3") for value in tagged.values.get(tag, ()) if "doi.org/" in value
    ]
    given = tagged.lines("DO", "DI")
    put_doi(record, [*given, *filter(None, map(ids.doi, links))])
    tagged.leave("DO", [text for text in given if not ids.doi(text) and text != record.fields["doi"]])
    for tag in ("M3", "L3", "N1"):  # where older programs put it
        if any(
            ids.doi(value) == value.lower().removeprefix("doi:").strip()
            for value in tagged.values.get(tag, ())
        ):
            put_doi(record, tagged.take(tag))
    source = " ".join(value for tag in ("DB", "DP", "N1") for value in tagged.values.get(tag, ()))
    _pubmed(tagged, record, source)
    for tag in ("UR", "L2", "L3", "LK", "L4"):
        links = tagged.lines(tag)
        wanted = [link for link in links if tag == "UR" or "doi.org/" in link or "url" not in record.fields]
        further = put_addresses(record, wanted)
        spare = further + [link for link in links if link not in wanted]
        tagged.leave(tag, [link for link in spare if not _is_of(record, link)])
    files = tagged.lines("L1")
    record.put("file", "; ".join(one for one in files if "://" not in one or one.startswith("internal-pdf")))
    links = [one for one in files if "://" in one and not one.startswith("internal-pdf")]
    tagged.leave("L1", links if "url" in record.fields else put_addresses(record, links))


def _is_of(record: Record, link: str) -> bool:
    """Whether the record says already what a link does."""
    number = record.fields.get("doi", "")
    return link == record.fields.get("url") or bool(number and "doi.org/" in link and ids.doi(link) == number)


def _pubmed(tagged: Tagged, record: Record, source: str) -> None:
    """Numbers of PubMed and PubMed Central, where each database puts them."""
    places = [("C2", _PMC, "pmcid")]
    if "scopus" in source.lower():
        places.append(("C2", _PMID, "pmid"))
    if "embase" in source.lower():
        places.append(("C5", _PMID, "pmid"))
    if _MEDLINE.search(source):
        places += [("AN", _PMID, "pmid"), ("ID", _PMID, "pmid")]
    for tag, form, name in places:
        values = tagged.values.get(tag, [])
        found = form.fullmatch(values[0]) if values else None
        if found:
            record.put(name, found[1])
            del tagged.values[tag]
    ovid = next((one for value in tagged.values.get("L2", ()) if (one := _OVID_MEDLINE.search(value))), None)
    for tag, link in (("C3", _PMID_COCHRANE), ("UR", _PMID_LINKED), ("N1", _PMID_NOTED)):
        for value in tagged.values.get(tag, ()):
            found = link.search(value)
            record.put("pmid", found[1] if found else "")
    tagged.leave("C3", [_PMID_COCHRANE.sub("", value) for value in tagged.take("C3")])
    if ovid:
        record.put("pmid", ovid[1])
        if tagged.values.get("ID") == [ovid[1]]:
            del tagged.values["ID"]


def _numbers(tagged: Tagged, record: Record, kind: str) -> None:
    record.put("volume", tagged.first("VL", "VO"))
    issue = tagged.first("IS")
    if not issue and record.type == "article":
        tag = next((t for t in ("CP", "M1") if _ISSUE.fullmatch(" ".join(tagged.values.get(t, ())))), "")
        issue = tagged.first(tag) if tag else ""
    record.put("number", issue)
    last = _LAST_PAGE.match(end := tagged.first("EP"))
    pages, article = page_range(tagged.first("SP"), last[1] if last else end), tagged.first("C7")
    count = _PAGE_COUNT.fullmatch(pages) if record.type in {"book", "collection", "thesis"} else None
    if count:
        record.put("pagetotal", count[1])
    elif pages != article:
        record.put("pages", pages)
    record.put("eid", article)
    numbers = tagged.lines("SN")
    if record.type in {"report", "patent"}:
        tagged.leave("SN", put_serials(record, numbers))
        record.put("number", tagged.first("SN"))
    else:
        tagged.leave("SN", put_serials(record, numbers))
    if kind in {"BOOK", "EDBOOK", "EBOOK", "CHAP"}:
        record.put("volumes", tagged.first("NV"))


def _publication(tagged: Tagged, record: Record, kind: str) -> None:
    publisher = "institution" if record.type in _OF_INSTITUTIONS else "publisher"
    record.put(publisher, tagged.first("PB") or tagged.first("PU"))
    record.put("location", tagged.first("CY", "PP") or tagged.first("PI"))
    record.put("edition", tagged.first("ET"))
    language = tagged.first("LA")
    record.put("language", languages_of(language))
    tagged.leave("LA", [language] if languages_of(language) != language.strip(" .") else [])
    visited = tagged.first("Y2", "RD")
    dates = tagged.take("PY", "Y1", "DA")
    if len(visited) < 3 and visited.isdecimal() and dates and (month := edtf(f"{edtf(dates[0])}/{visited}")):
        dates, visited = [*dates, month], ""  # Rayyan has the month there
    tagged.leave("DA", put_date(record, dates))
    day = edtf(visited.split(":")[0].rsplit("/", 1)[0] if visited.count("/") > 2 else visited)
    record.put("urldate", day)
    tagged.leave("Y2", [] if day else [visited])
    _work_type(tagged, record, kind)


def _work_type(tagged: Tagged, record: Record, kind: str) -> None:
    """M3: the type of a thesis or report; a word on the kind of article; Preprint."""
    written = tagged.first("M3") or (tagged.first("M1") if record.type == "thesis" else "")
    if record.type in {"article", "online", "misc", "unpublished"}:
        server = f"{record.fields.get('journaltitle', '')} {record.fields.get('howpublished', '')}"
        preprint = (
            put_preprint(record, f"{server} {record.fields.get('publisher', '')}")
            if kind != "NEWS"
            else False
        )
        if not preprint and "preprint" in written.lower():
            record.type = "online"
            record.fields["pubstate"] = "preprint"
        if written.lower() == "preprint":
            written = ""
    if "in press" in written.lower():
        record.put("pubstate", "inpress")
    if record.type not in {"article", "inproceedings"}:
        record.put("type", written)
    else:
        tagged.leave("M3", [written])


def _words(tagged: Tagged, record: Record) -> None:
    """Abstract, keywords, notes and the list of references."""
    texts = tagged.take("AB", "N2")
    record.put_marked("abstract", texts[0] if texts else "")
    tagged.leave("N2", [text for text in texts[1:] if " ".join(text.split()) != " ".join(texts[0].split())])
    record.keywords += _keywords(tagged.lines("KW"))
    tagged.leave("N1", [_without_labels(note, record) for note in tagged.take("N1")])
    for tag in ("N1", "M1", "CR"):
        for note in tagged.take(tag):
            if _REFERENCES.match(note) or tag == "CR":
                put_references(record, [_REFERENCES.sub("", note, count=1)])
            elif tag == "M1" or _MACHINE_NOTE.match(note):
                tagged.add(tag, note)
            else:
                record.notes.append(without_html(note))
    record.notes += [without_html(note) for note in tagged.take("RN")]


def _without_labels(note: str, record: Record) -> str:
    """A note without the labels that people gave the record in Rayyan, which become keywords."""
    found = _RAYYAN.search(note)
    if not found:
        return note
    record.keywords += _keywords([found[1].replace(",", ";")])
    parts = (note[: found.start()].strip(" |"), note[found.end() :].strip(" |"))
    return " | ".join(part for part in parts if part)


def _keywords(lines: list[str]) -> list[str]:
    """One keyword a line is the rule; several are parted by semicolons, or all of them by commas."""
    words = [part for line in lines for part in (line.split(";") if ";" in line else [line])]
    if len(lines) == 1 and len(words) == 1 and words[0].count(",") > 1:
        words = words[0].split(",")
    return [word for one in words if (word := one.strip().strip("*").strip())]
