"""Names of columns, as programs export them and people write them → what stands in them."""

import re

from kb.text import fold

# One row a meaning: names in any case, accents and punctuation left out; several languages
_NAMES = """
    title: title|titles|article title|document title|item title|paper title|publication title original
        |study title|title of paper|title of the paper|title of article|title of the article
        |title of publication|title of study|name of paper|display name|titel|titre|titulo|titolo|tytul
        |tittel|otsikko|nimeke|original title
    author: author|authors|author s|author names|authors full|creator|creators|autor|autoren|autor en
        |autoren herausgeber|verfasser|auteur|auteurs|auteur s|autores|autore|autori|autorzy|forfatter
        |forfattere|forfatter e|forfattare|tekijat|tekija|authorships author display name
    fullauthor: author full names|author full name|authors full names|full authors
    firstauthor: first author|first author s|first author name|lead author|erstautor
    editor: editor|editors|editor s|book editor s|book editors|parent authors|herausgeber|editeur|editeurs
        |editores
    translator: translator|translators|ubersetzer
    serieseditor: series editor|series editors
    bookauthor: book author|book authors
    year: year|publication year|published year|pub year|pubyear|year of publication|year published|jahr
        |erscheinungsjahr|annee|ano|anno|jaar|rok|ar|vuosi|annee de publication|ano de publicacion
        |publikationsjahr|utgivningsar
    date: date|publication date|date published|published|pub date|published date|issued|datum|fecha|data
        |cover date|publication date online|dato
    month: month|published month|monat|mois|mes
    day: day|tag|jour|dia
    container: journal|journal title|journal name|journal book|source title|publication title|publication
        |publication name|journal full title|parent title|periodical|container title|host title|zeitschrift
        |zeitschriftentitel|revue|revista|rivista|tijdschrift|tidskrift|tidsskrift|czasopismo|lehti
        |journal or book title|primary location source display name|journal source
    source: source|quelle|fuente|fonte
    booktitle: book title|anthology title|buchtitel|titel des sammelwerks
    shortjournal: journal abbreviation|abbreviated source title|journal abbr|journal iso abbreviation
        |iso abbreviation
    eventtitle: conference|conference name|conference title|meeting name|event|event name|konferenz
    volume: volume|vol|biblio volume|band|jahrgang|tome|volumen|tomo
    number: issue|issue number|biblio issue|no|heft|numero|nummer|ausgabe|fascicolo|hafte
    othernumber: number|report number|patent number
    pages: pages|page|pagination|page range|page numbers|page s|seiten|seite|paginas|pagine|sidor|pp
        |pages pagination
    firstpage: start page|page start|startpage|first page|beginning page|page from|startseite
        |biblio first page
    lastpage: end page|page end|endpage|last page|ending page|page to|biblio last page|endseite
    pagetotal: page count|num pages|number of pages|pages total|seitenzahl
    eid: art no|article number|article no|art number|artikelnummer
    doi: doi|digital object identifier|doi link|doi number|doi url|article doi|ids doi
    url: url|urls|link|links|article url|articleurl|web link|full text url|fulltexturl|external url
        |source urls|web address|pdf link|online adresse|uri
    pmid: pmid|pubmed id|pubmed|pubmedid|pubmed identifier|pm id|ids pmid|medline pmid
    pmcid: pmcid|pmc id|pmc|pubmed central id|pmc identifier|ids pmcid
    openalex: openalex|openalex id|ids openalex
    serial: issn|isbn|issns|isbns|eissn|e issn|issn isbn|isbn issn|standard number|print issn
        |electronic issn|issn e|issn print|issn electronic|primary location source issn l
        |primary location source issn
    abstract: abstract|abstract note|abstracts|summary|zusammenfassung|resume|resumen|resumo|riassunto
        |abstrakt|sammanfattning|abstract summary
    keywords: keywords|keyword|author keywords|index keywords|manual tags|automatic tags|tags|mesh terms
        |mesh headings|keywords plus|subject|subjects|subject headings|schlagworter|stichworter|schlagworte
        |mots cles|palabras clave|palavras chave|parole chiave|nyckelord|nokkelord|trefwoorden|descriptors
        |topics|keywords display name|topics display name
    notes: notes|note|comments|comment|user notes|review notes|research notes|notizen|anmerkungen
        |bemerkungen|remarques|notas|covidence notes|general notes
    extra: extra
    publisher: publisher|publisher name|verlag|editorial|editeur nom|editora|casa editrice|uitgever|forlag
        |publishers
    institution: institution|university|school|hochschule|institucion
    location: place|publication place|place of publication|publisher city|publisher location|city|location
        |ort|erscheinungsort|verlagsort
    edition: edition|auflage|edicion
    series: series|series title|book series title|reihe|collection title
    language: language|languages|language of original document|original language|lang|sprache|langue|idioma
        |language of article|lingua|sprak
    kind: item type|document type|publication type|type|reference type|ref type|entry type|entrytype|doctype
        |document types|publication types|dokumenttyp|publikationstyp|type of reference|resource type
    citekey: citation key|citekey|cite key|bibtex key|bibtexkey|key|better bibtex citation key
    references: references|cited references|reference list
    referenced: referenced works
    urldate: access date|accessed|date accessed|zugriffsdatum|abrufdatum
    accession: accession number|accession no
    place: citation
    affiliation: affiliations|author affiliations|addresses|affiliation|author address
    file: file attachments|file|pdf|attachments
    status: retraction status|retracted
    isretracted: is retracted
    wos: ut unique wos id|wos id|unique wos id
    scopus: eid|scopus id|scopus eid
    shorttitle: short title
"""
_MEANINGS = {
    name: meaning
    for row in re.sub(r"\n {8}\|", "|", _NAMES).strip().splitlines()
    for meaning, _, names in [row.strip().partition(": ")]
    for name in names.split("|")
}
# Columns that a table of publications has, and few others do
_TELLING = frozenset(
    (
        *(
            "author",
            "fullauthor",
            "firstauthor",
            "year",
            "date",
            "container",
            "booktitle",
            "doi",
            "pmid",
            "abstract",
            "serial",
        ),
        *(
            "volume",
            "number",
            "pages",
            "firstpage",
            "publisher",
            "keywords",
            "url",
            "kind",
            "citekey",
            "source",
        ),
    )
)
_UNFIT = re.compile(r"[^a-z0-9]+")


def meanings(header: list[str]) -> list[str]:
    """What stands in each column: a name of ours, or a + and its own where we know none.

    >>> meanings(["Title", "Année", "Covidence #"])
    ['title', 'year', '+covidence']
    """
    folded = [fold(name) for name in header]
    known = [_MEANINGS.get(name, "") for name in folded]
    if "title" not in known and "source" not in known:
        known = ["title" if name == "name" else one for name, one in zip(folded, known, strict=True)]
    if any(
        name.startswith(("primary location", "authorships", "display name")) for name in folded
    ):  # OpenAlex
        known = ["openalex" if name == "id" else one for name, one in zip(folded, known, strict=True)]
    if "container" in known or "booktitle" in known:
        known = ["+database" if one == "source" else one for one in known]
    known = ["container" if one == "source" else one for one in known]
    return [
        one or f"+{_field(name, place)}"
        for place, (name, one) in enumerate(zip(folded, known, strict=True), 1)
    ]


def fits(header: list[str]) -> int:
    """How many columns are known, if this is the header of a table of publications; else 0."""
    named = {one for one in meanings(header) if one[0] != "+"}
    return len(named) if "title" in named and named & _TELLING else 0


def _field(name: str, place: int) -> str:
    field = _UNFIT.sub("", name)
    return field if field and not field[0].isdecimal() else f"column{field or place}"
