"""Why a work is cited: what CiTO 2.8 has under “cites” (purl.org/spar/cito), and our own."""

_OWN = ("validates", "validatesIndependently", "failsToReplicate", "reusesSampleOf", "recalibrates")

# Each property with the short names that Pandoc's cito filter takes for it.
_SHORT: dict[str, tuple[str, ...]] = {
    "agreesWith": ("agreeWith", "agrees"),
    "cites": ("citation",),
    "citesAsAuthority": ("asAuthority", "authority"),
    "citesAsDataSource": ("asDataSource", "dataSource"),
    "citesAsEvidence": ("asEvidence", "evidence"),
    "citesAsMetadataDocument": ("asMetadataDocument", "metadataDocument", "metadata"),
    "citesAsPotentialSolution": ("asPotentialSolution", "potentialSolution", "solution"),
    "citesAsRecommendedReading": ("asRecommendedReading", "recommendedReading"),
    "citesAsRelated": ("asRelated", "related"),
    "citesAsSourceDocument": ("asSourceDocument", "sourceDocument"),
    "citesForInformation": ("forInformation", "information"),
    "compiles": (),
    "confirms": (),
    "containsAssertionFrom": ("assertionFrom",),
    "corrects": (),
    "credits": (),
    "critiques": (),
    "derides": (),
    "describes": (),
    "disagreesWith": ("disagreeWith", "disagrees", "disagree"),
    "discusses": (),
    "disputes": (),
    "documents": (),
    "extends": (),
    "includesExcerptFrom": ("excerptFrom", "excerpt"),
    "includesQuotationFrom": ("quotationFrom", "quotation"),
    "linksTo": ("link",),
    "obtainsBackgroundFrom": ("backgroundFrom", "background"),
    "obtainsSupportFrom": ("supportFrom",),
    "parodies": (),
    "plagiarizes": (),
    "qualifies": (),
    "refutes": (),
    "repliesTo": (),
    "retracts": (),
    "reviews": (),
    "ridicules": (),
    "speculatesOn": (),
    "supports": (),
    "updates": (),
    "usesConclusionsFrom": ("conclusionsFrom",),
    "usesDataFrom": ("dataFrom", "data"),
    "usesMethodIn": ("methodIn", "method"),
}

INTENTS = (*_SHORT, *_OWN)


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


_BY_NAME = {_folded(name): name for name in INTENTS} | {
    _folded(short): name for name, shorts in _SHORT.items() for short in shorts
}


def intent(name: str) -> str:
    """The property that ``name`` stands for, in full; "" if it is none.

    Case and underscores do not matter, as in Pandoc's cito filter.

    >>> [intent(name) for name in ("confirms", "evidence", "uses_method_in", "smith")]
    ['confirms', 'citesAsEvidence', 'usesMethodIn', '']
    """
    return _BY_NAME.get(_folded(name), "")
