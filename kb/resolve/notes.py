"""One note's names, followed: links, mentions, findings, claims, lists."""

import re
from dataclasses import dataclass, field, replace

from kb.model import (
    Citation,
    Claim,
    Evidence,
    Finding,
    Link,
    ListItem,
    Mention,
    Note,
    Origin,
    Problem,
    ReadingList,
    Sample,
    Severity,
    Study,
    Topic,
)
from kb.model.intents import intent
from kb.resolve.names import Names

# What a field's names may lead to: kinds of note, and for topics the facet.
_KINDS: dict[str, tuple[str, ...]] = {
    "tool": ("tool",),
    "programme": ("programme",),
    "sample": ("sample",),
    "samples": ("sample",),
    "overlaps": ("sample",),
    "independent": ("tool", "programme"),
}
_FACETS = {
    "outcome": "outcome",
    "design": "design",
    "countries": "country",
    "level": "level",
}
_SUBJECTS = ("tool", "intervention", "programme")
_LINK = re.compile(r"\[\[([^\[\]]+)\]\]")


def resolve_note(note: Note, names: Names, problems: list[Problem]) -> Note:
    """The note with every name in it replaced by what it leads to; names that lead nowhere are reported."""
    step = _Step(note, names)
    study = step.study(note.study) if note.study else None
    resolved = replace(
        note,
        title=_title(note, study, names),
        topic=step.topic(note.topic) if note.topic else None,
        study=study,
        sample=step.sample(note.sample) if note.sample else None,
        claim=step.claim(note.claim) if note.claim else None,
        reading_list=step.reading_list(note.reading_list) if note.reading_list else None,
        mentions=step.mentions(),
        links=step.links(),
        words=_LINK.sub(lambda found: step.label(found[1]), note.words),
    )
    problems += dict.fromkeys(step.problems)
    return resolved


def _title(note: Note, study: Study | None, names: Names) -> str:
    """A study note without a title of its own goes by that of its work."""
    work = names.works.get(study.work) if study else None
    return work.title if work and work.title and note.title == note.slug else note.title


@dataclass(slots=True)
class _Step:
    note: Note
    names: Names
    problems: list[Problem] = field(default_factory=list)
    led: dict[Link, None] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    # --- names of notes

    def name(self, text: str, key: str, origin: Origin) -> str:
        """The slug that a name in the field ``key`` leads to; "" and a problem if nowhere fitting."""
        found = self.names.note(text)
        place = next((x.origin for x in self.note.links if x.target == text and x.field == key), origin)
        if found is None:
            remedy = f"{self.names.note_hint(text)}Correct the name, or write that note."
            level: Severity = "warning" if key == "body" else "error"
            message = f"No note or topic is called “{text}” ({key})."
            self.problems.append(Problem(place, "name-unknown", message, remedy, level))
            return ""
        self._check_fit(found, key, place)
        self.led[Link(found.slug, place, key)] = None
        return found.slug

    def _check_fit(self, found: Note, key: str, place: Origin) -> None:
        kinds = _KINDS.get(key)
        facet = _FACETS.get(key)
        wrong_kind = kinds and found.kind not in kinds
        wrong_facet = facet and not (found.topic and found.topic.facet == facet)
        if wrong_kind or wrong_facet:
            wanted = f"a note of kind {' or '.join(kinds)}" if kinds else f"a topic of facet {facet}"
            what = f"{found.kind} of facet {found.topic.facet}" if found.topic and facet else found.kind
            message = f"{key} names {found.slug}, a {what}; expected is {wanted}."
            remedy = "Name another, or mend that note."
            self.problems.append(Problem(place, "name-unfit", message, remedy, "warning"))

    def label(self, text: str) -> str:
        """What a link without words of its own reads as: the label or title of where it leads."""
        found = self.names.note(text)
        return found.title if found else text

    def every(self, texts: tuple[str, ...], key: str, origin: Origin | None = None) -> tuple[str, ...]:
        found = (self.name(text, key, origin or self.note.origin) for text in texts)
        return tuple(dict.fromkeys(slug for slug in found if slug))

    def links(self) -> tuple[Link, ...]:
        """All that the typed parts led to, then what remains: links in the body, cards' findings."""
        done = {(link.field, link.origin.line) for link in self.led}
        for link in self.note.links:
            if "#" in link.target and link.field != "body":
                self._finding_link(link)
            elif (link.field, link.origin.line) not in done or link.field == "body":
                self.name(link.target, link.field, link.origin)
        return tuple(self.led)

    def _finding_link(self, link: Link) -> None:
        if self.names.finding(link.target):
            self.led[link] = None
            return
        if link.field == "finding":  # of a claim's evidence, where it is reported
            return
        message = f"No finding is called “{link.target}” ({link.field})."
        remedy = f"{self.names.note_hint(link.target.partition('#')[0])}Name it as note#finding."
        self.problems.append(Problem(link.origin, "finding-unknown", message, remedy))

    # --- names of works

    def work(self, name: str, origin: Origin, *, what: str) -> str:
        """The citekey that ``name`` leads to; "" and, once a note, a problem if nowhere."""
        citekey = self.names.work(name)
        if not citekey and name not in self.unknown:
            self.unknown.add(name)
            place = next((m.origin for m in self.note.mentions if m.citekey == name), origin)
            remedy = f"{self.names.hint(name)}Correct the citekey, or add the work to references/."
            message = f"{what} names {name}, but no entry has this citekey."
            self.problems.append(Problem(place, "work-unknown", message, remedy, "error", name))
        return citekey

    def mentions(self) -> tuple[Mention, ...]:
        found: dict[Mention, None] = {}
        for mention in self.note.mentions:
            whole = f"{mention.intent}:{mention.citekey}"
            if mention.intent and self.names.work(whole):
                found[replace(mention, citekey=self.names.work(whole), intent="")] = None
            elif citekey := self.work(mention.citekey, mention.origin, what="The note"):
                found[replace(mention, citekey=citekey, intent=intent(mention.intent))] = None
        return tuple(found)

    # --- the typed parts

    def topic(self, topic: Topic) -> Topic:
        return replace(
            topic,
            broader=self.every(topic.broader, "broader"),
            narrower=self.every(topic.narrower, "narrower"),
            related=self.every(topic.related, "related"),
        )

    def sample(self, sample: Sample) -> Sample:
        kept = (
            replace(one, sample=slug)
            for one in sample.overlaps
            if (slug := self.name(one.sample, "overlaps", self.note.origin))
        )
        return replace(sample, countries=self.every(sample.countries, "countries"), overlaps=tuple(kept))

    def study(self, study: Study) -> Study:
        work = self.work(study.work, self.note.origin, what="The study note")
        samples = self.every(study.samples, "sample")
        return Study(
            work=work,
            designs=self.every(study.designs, "design"),
            samples=samples,
            findings=tuple(self.finding(finding, samples) for finding in study.findings) if work else (),
            cites=tuple(self._intended(citation, work) for citation in study.cites) if work else (),
        )

    def _intended(self, citation: Citation, work: str) -> Citation:
        whole = f"{citation.intent}:{citation.cited}"
        if citation.intent and self.names.work(whole):
            return replace(citation, citing=work, cited=whole, intent="")
        return replace(citation, citing=work, intent=intent(citation.intent))

    def finding(self, finding: Finding, samples: tuple[str, ...]) -> Finding:
        origin = finding.origin
        own = self.every(finding.samples, "sample", origin) or samples
        resolved = replace(
            finding,
            subjects=self._subjects(finding),
            outcome=self.name(finding.outcome, "outcome", origin) if finding.outcome else "",
            samples=own,
            via=self.work(finding.via, origin, what="via") if finding.via else "",
            topics=self.every(finding.topics, "topics", origin),
        )
        self._check_n(resolved)
        return resolved

    def _subjects(self, finding: Finding) -> tuple[str, ...]:
        """Tools, interventions and programmes alike; the link says under which key each was named."""
        found = []
        for text in finding.subjects:
            keys = [x.field for x in self.note.links if x.target == text and x.field in _SUBJECTS]
            found.append(self.name(text, keys[0] if keys else "intervention", finding.origin))
        return tuple(dict.fromkeys(slug for slug in found if slug))

    def _check_n(self, finding: Finding) -> None:
        sizes = [
            note.sample.n
            for slug in finding.samples
            if (note := self.names.note(slug)) and note.sample and note.sample.n
        ]
        if finding.n and sizes and len(sizes) == len(finding.samples) and finding.n > sum(sizes):
            message = f"The finding {finding.id} has n = {finding.n}, more than its sample ({sum(sizes)})."
            remedy = "Correct n, or the sample's n."
            self.problems.append(Problem(finding.origin, "finding-n", message, remedy, "warning"))

    def claim(self, claim: Claim) -> Claim:
        origin = self.note.origin
        return replace(
            claim,
            said_by=self.work(claim.said_by, origin, what="said_by") if claim.said_by else "",
            about=self.every(claim.about, "about"),
            evidence=tuple(e for one in claim.evidence if (e := self._evidence(one))),
        )

    def _evidence(self, evidence: Evidence) -> Evidence | None:
        if not evidence.work:
            return evidence
        citekey = self.work(evidence.work, evidence.origin, what="evidence")
        if not citekey:
            return None
        finding = self.names.finding(evidence.finding, of=citekey) if evidence.finding else ""
        if evidence.finding and not finding:
            message = (
                f"{citekey} has no finding “{evidence.finding}”; the work is kept as evidence without it."
            )
            remedy = "Name a finding of its study note, or none."
            self.problems.append(Problem(evidence.origin, "finding-unknown", message, remedy))
        return replace(evidence, work=citekey, finding=finding)

    def reading_list(self, reading_list: ReadingList) -> ReadingList:
        kept: list[ListItem] = []
        for item in reading_list.items:
            citekey = self.work(item.citekey, item.origin, what="The list")
            if citekey:
                kept.append(replace(item, citekey=citekey))
        return replace(reading_list, items=tuple(kept))
