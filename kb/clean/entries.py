"""One entry → one work: which field means what, and a warning for each value that cannot be right."""

import re
from dataclasses import dataclass, field
from datetime import date as calendar

from kb import ids
from kb.clean.dates import dated
from kb.clean.identifiers import doi, doi_of_address, is_issn, verbatim, web_address
from kb.clean.languages import language
from kb.clean.latex import decoded, plain
from kb.clean.lists import cited, groups, keywords, merged, named
from kb.clean.names import People, people
from kb.clean.orcids import with_orcids
from kb.clean.pages import pages
from kb.model import Citation, Entry, Problem, Relation, Work

STATUSES = ("retracted", "corrected", "concern", "ok")
CITESLISTS = ("complete", "partial")

LONGEST_LIST = 500_000
"""Characters of a field that lists names, keywords or works; the longest author lists have half of that."""
_LISTS = {
    "author": " and ",
    "editor": " and ",
    "keywords": ",",
    "author_keywords": ";",
    "author-keywords": ";",
    "groups": ",",
    "cites": ",",
    "ids": ",",
    "related": ",",
}
_KEYWORDS = (("author_keywords", "author-keywords"), ("keywords", "keyword"))
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ENDS = ("?", "!", ":", ".", "…", "–", "—")
_WHOLE_BOOKS = ("book", "collection", "proceedings", "mvbook", "reference")
_ON_THE_WEB = ("misc", "online", "electronic", "www", "booklet", "unpublished", "report", "techreport")


def clean_entry(entry: Entry) -> tuple[Work, list[Problem]]:
    """The work that an entry stands for, and warnings for values that were dropped or look wrong.

    The entry's own fields stay with the work as they were written. No value is
    an error: whatever an entry holds, a work comes out.
    """
    desk = _Desk(entry, [])
    year, date = desk.date()
    authors = desk.people("author")
    editors = desk.people("editor")
    address = desk.address()
    work = Work(
        citekey=entry.citekey,
        type=entry.type.lower(),
        origin=entry.origin,
        title=desk.title(),
        authors=with_orcids(authors.names, "author", entry.fields),
        more_authors=authors.others,
        editors=with_orcids(editors.names, "editor", entry.fields),
        year=year,
        date=date,
        container=desk.container(),
        publisher=desk.text("publisher", "institution", "organization", "school"),
        volume=desk.text("volume"),
        issue=desk.text("number", "issue"),
        pages=pages(desk.text("pages", "eid", "articleno", "article-number", "art_number", "artnum")),
        doi=desk.doi(address),
        isbn=desk.isbn(),
        url=address,
        language=desk.language(),
        abstract=desk.text("abstract"),
        annotation=desk.text("annotation", "annote", "comment"),
        keywords=desk.keywords(),
        aliases=desk.aliases(),
        cites=desk.cites(),
        citeslist=desk.choice("citeslist", CITESLISTS, "work-citeslist"),
        relations=desk.relations(),
        status=desk.choice("status", STATUSES, "work-status"),
        added=desk.added(),
        fields=entry.fields,
    )
    return work, desk.problems


@dataclass(frozen=True, slots=True)
class _Desk:
    """The entry at hand, and the warnings that it has earned so far."""

    entry: Entry
    problems: list[Problem] = field(default_factory=list)

    def warn(self, code: str, message: str, remedy: str) -> None:
        """Report something stored that should be looked at, at the entry's place."""
        entry = self.entry
        self.problems.append(Problem(entry.origin, code, message, remedy, "warning", entry.citekey))

    def drop(self, code: str, message: str, remedy: str) -> None:
        """Report a value that is not stored, at the entry's place."""
        entry = self.entry
        self.problems.append(Problem(entry.origin, code, message, remedy, "error", entry.citekey))

    def raw(self, *names: str) -> str:
        """The first of these fields that holds something, as written; "" if none does."""
        fields = self.entry.fields
        for name in names:
            if name in fields and fields[name].strip():
                return fields[name] if len(fields[name]) <= LONGEST_LIST else self.beginning(name)
        return ""

    def beginning(self, name: str) -> str:
        """As much of a very long field as is looked at."""
        written = self.entry.fields[name]
        end = written.rfind(_LISTS.get(name, " "), 0, LONGEST_LIST)
        message = (
            f"The field {name} has {len(written):,} characters; "
            f"those behind the first {LONGEST_LIST:,} were not looked at."
        )
        self.warn("work-long", message, "Shorten it, or move what does not belong there into another field.")
        return written[: end if end > 0 else LONGEST_LIST]

    def text(self, *names: str) -> str:
        """The first of these fields that holds something, decoded."""
        fields = self.entry.fields
        for name in names:
            if name in fields:
                text, complaint = decoded(fields[name])
                if complaint:
                    message = (
                        f"The LaTeX in {name} could not all be decoded. {complaint} It was kept as written."
                    )
                    self.warn("work-latex", message, f"Correct {name}, or write the characters themselves.")
                if text:
                    return text
        return ""

    def title(self) -> str:
        """Title and subtitle; a whole book may have its title in booktitle."""
        title = self.text("title")
        if not title and self.entry.type in _WHOLE_BOOKS:
            title = self.text("booktitle", "maintitle")
        title = _with_subtitle(title, self.text("subtitle"))
        if not title:
            message = f"This {self.entry.type} has no title."
            self.warn("work-untitled", message, "Add a title, in square brackets if it has none of its own.")
        return title

    def container(self) -> str:
        """The journal, book, event or site that the work appeared in."""
        container = _with_subtitle(self.text("journaltitle", "journal"), self.text("journalsubtitle"))
        if not container and self.entry.type not in _WHOLE_BOOKS:
            container = _with_subtitle(self.text("booktitle"), self.text("booksubtitle"))
        container = container or self.text("maintitle", "eventtitle", "shortjournal")
        if not container and self.entry.type in _ON_THE_WEB and not web_address(self.raw("howpublished")):
            container = self.text("howpublished")
        return container

    def people(self, name: str) -> People:
        """The people in a field."""
        source = self.raw(name)
        if not source:
            return People()
        found = people(source)
        if found.complaints:
            message = f"The {name} field holds {'; '.join(found.complaints)}."
            remedy = f"Write {name} = {{Family, Given and {{Name of a Body}} and others}}."
            self.warn("work-names", message, remedy)
        return found

    def date(self) -> tuple[int | None, str]:
        """The year and the date."""
        year, date, complaint = dated(self.entry.fields)
        if complaint:
            name = "date" if self.raw("date") else "year"
            remedy = "Write it as 2015, 2015-03, 2015-03-12 or 2014/2016, with ~ behind it for about."
            self.warn("work-date", f"The {name} is {complaint}.", remedy)
        return year, date

    def address(self) -> str:
        """The web address; from howpublished if there is no url."""
        source = self.raw("url")
        if not source:
            return web_address(self.raw("howpublished"))
        address = web_address(source)
        if not address:
            message = f"The url “{_cut(source)}” does not begin with http:// or https://; it was left out."
            self.drop("work-url", message, "Write the whole address, or put the text into note.")
        elif len(verbatim(source).split()) > 1:
            message = f"The url holds more than one address, “{_cut(source)}”; the first was taken."
            self.warn("work-url", message, "Keep one address, and percent-encode spaces in it.")
        return address

    def doi(self, address: str) -> str:
        """The DOI, of its own field or of an address of doi.org."""
        source = self.raw("doi")
        found = doi(source) if source else doi_of_address(address)
        if source and not found:
            message = f"The doi “{_cut(source)}” is none: it has no 10. with a number, a slash and a name."
            self.drop("work-doi", message, "Look it up at https://search.crossref.org, or delete the field.")
            return doi_of_address(address)
        return found

    def isbn(self) -> str:
        """The first valid ISBN."""
        source = self.raw("isbn")
        found = ids.isbn(verbatim(source).replace("–", "-").replace("‐", "-")) if source else ""
        if source and not found and not is_issn(source):  # an ISSN under this name is a journal's, and right
            message = (
                f"The isbn “{_cut(source)}” has not 10 or 13 digits, or a wrong check digit; it was left out."
            )
            self.drop("work-isbn", message, "Compare it with the book's imprint.")
        return found

    def language(self) -> str:
        """The language of the text."""
        source = self.raw("langid", "language", "hyphenation")
        return language(source) if source else ""

    def keywords(self) -> tuple[str, ...]:
        """The keywords, the authors' first, and then the groups of JabRef that the work is in.

        Scopus gives the authors' keywords and those of its index in two fields.
        """
        fields = self.entry.fields
        listed = [
            keywords(self.raw(*names)) for names in _KEYWORDS if names[0] in fields or names[1] in fields
        ]
        if "groups" in fields:
            listed.append(groups(self.raw("groups")))
        return merged(listed) if len(listed) > 1 else listed[0] if listed else ()

    def aliases(self) -> tuple[str, ...]:
        """Other citekeys of the work."""
        source = self.raw("ids")
        return tuple(key for key in named(source) if key != self.entry.citekey) if source else ()

    def cites(self) -> tuple[Citation, ...]:
        """What the work cites, as its own entry says."""
        source = self.raw("cites")
        if not source:
            return ()
        citekey, origin = self.entry.citekey, self.entry.origin
        found = cited(source)
        if found.joined:
            message = (
                f"In the cites field a comma is missing in “{'”, “'.join(found.joined)}”; each name was read."
            )
            self.warn("work-cites", message, "Put a comma and a space between citekeys or DOIs.")
        if found.addresses:
            message = f"The cites field holds “{'”, “'.join(found.addresses)}”, an address; it was left out."
            self.drop("work-cites", message, "Name the work by its citekey or its DOI.")
        return tuple(Citation(citekey, target, origin) for target in found.targets)

    def relations(self) -> tuple[Relation, ...]:
        """Other works that this one translates, reprints or corrects."""
        source = self.raw("related")
        if not source:
            return ()
        citekey, origin = self.entry.citekey, self.entry.origin
        kind = plain(self.raw("relatedtype")).lower() or "related"
        return tuple(Relation(citekey, other, kind, origin) for other in named(source) if other != citekey)

    def choice(self, name: str, offered: tuple[str, ...], code: str) -> str:
        """The value of a field that knows only these; "" for any other."""
        source = self.raw(name)
        value = plain(source).lower() if source else ""
        if value and value not in offered:
            message = (
                f"The {name} is “{_cut(source)}”, where {_either(offered)} is expected; it was left out."
            )
            self.drop(code, message, f"Write {name} = {{{offered[0]}}}, or another of these words.")
            return ""
        return value

    def added(self) -> str:
        """The day on which the entry came into the library."""
        source = self.raw("added")
        value = plain(source) if source else ""
        if value and not _is_day(value):
            message = (
                f"Added is “{_cut(source)}”, where a day such as 2026-11-21 is expected; it was left out."
            )
            self.drop("work-added", message, "Write year, month and day with hyphens.")
            return ""
        return value


def _with_subtitle(title: str, subtitle: str) -> str:
    if not title or not subtitle:
        return title or subtitle
    return f"{title} {subtitle}" if title.endswith(_ENDS) else f"{title}: {subtitle}"


def _is_day(text: str) -> bool:
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        calendar.fromisoformat(text)
    except ValueError:
        return False
    return True


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"
