"""Acts and judgments, which have no authors: “Sexual Offences Act 2003 (c. 42)”, “R v Smith [2010]”."""

import re

from kb.read.paper.shapes import Parsed
from kb.read.paper.words import UPPER, YEAR

_ACT = re.compile(
    rf"(?P<title>[{UPPER}][^.:;\[\]“”]{{2,160}}?\b(?:Act|Acts|Regulations?|Order|Bill|Code"
    rf"|Directive|Rules|Statute|Convention|Ordinance)\b(?:\s(?:of|No\.?\s?\d+"
    rf"|\([^()]{{1,40}}\))){{0,2}},?\s\(?(?P<year>{YEAR})\)?)"
    rf"(?=[,.;]|\s[(\[,§]|\sc\.|$)"
)
_CASE = re.compile(
    rf"(?P<title>[{UPPER}][^:;\[\]()“”]{{0,100}}?\sv\.?\s[^:;\[\]()“”]{{2,100}}?),?\s"
    rf"(?:\d[\w. ]{{2,40}})?[\[(](?:[\w. ]{{2,30}}\s)?(?P<year>{YEAR})[\])]"
)
_IMPRINT = re.compile(rf"(?:^|[.)]\s+)(?P<place>[{UPPER}][\w .,’'-]{{1,60}}):\s(?P<publisher>[^:;]{{2,100}})")


def read_law(text: str, parsed: Parsed) -> bool:
    """Read an act or a judgment into ``parsed``; False if the string begins with neither.

    >>> parsed = Parsed()
    >>> read_law("Sexual Offences Act 2003, c. 42. London: TSO.", parsed), parsed.values["title"]
    (True, 'Sexual Offences Act 2003')
    """
    found = _ACT.match(text)
    if found and re.search(r",\s(?:[A-Z]\.|and\s[A-Z]\w+,)", found["title"]):
        return False  # names before it: somebody's work on an act
    parsed.type = "legislation" if found else parsed.type
    if not found:
        found = _CASE.match(text)
        if not found:
            return False
        parsed.type = "jurisdiction"
    parsed.put(
        "title",
        found["title"].rstrip("). ")
        + (
            ")"
            if found["title"].count("(") > found["title"].count(")") - 1 and found["title"].endswith(")")
            else ""
        ),
    )
    parsed.year = int(found["year"])
    parsed.put("date", found["year"])
    if imprint := _IMPRINT.search(text[found.end() :]):
        parsed.put("publisher", re.sub(rf",\s{YEAR}$", "", imprint["publisher"].split("; ")[0].rstrip(" .")))
        parsed.put("location", imprint["place"])
    return True
