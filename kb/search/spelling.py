"""One word, spelt in several ways: British and American, and what a beginning may go on to be.

Rules speak of families of words and of endings, each read in both directions,
so that what one spelling leads to leads back. A word that no rule knows stays alone.
"""

import re
from functools import lru_cache
from itertools import product

SHORTEST = 4
_AT_MOST = 8  # spellings of one word or phrase

_ENDS = "(?:e|es|ed|ing|er|ers|ation|ations|ational|able)"
# Words whose -ise is no suffix: they are spelt so everywhere.
_ALWAYS_ISE = (
    "(?!(?:.*(?:advert|appra|apprent|circumc|compr|comprom|enterpr|expert|exerc|franch|improv|merchand"
    "|superv|surpr|telev|treat|wiw|w)|adv|bru|caps|chast|conc|cru|dem|desp|dev|disgu|down?s|exc|inc|midd?s"
    "|outs|overs|parad|pra|pract|prec|prem|prom|re?s|rev|surm|unders)i[sz])"
)
_OUR = (
    "(?:mis|dis|un|pre)?(?:arb|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab"
    "|neighb|od|parl|ranc|rum|savi|sav|splend|succ|tum|val|vap)"
)
_OUR_ENDS = "(?:s|ed|ing|er|ers|able|ably|al|ally|ist|ists|ism|ite|ites|ful|less|hood|hoods|ly)?"
_DOUBLED = (
    "(?:re|mis|un)?(?:bevel|cancel|channel|chisel|counsel|dial|duel|equal|fuel|grovel|initial|label|level"
    "|marvel|model|panel|pedal|pencil|quarrel|rival|shovel|shrivel|signal|spiral|total|travel|tunnel)"
)
# (before, one spelling, the other, after): read from both sides.
_RULES = (
    (f"{_ALWAYS_ISE}.{{3,}}", "is", "iz", _ENDS),
    ("(?:re|psycho|over)?(?:anal|paral|catal|dial|electrol|hydrol)", "ys", "yz", "(?:e|es|ed|er|ers|ing)"),
    (_OUR, "our", "or", _OUR_ENDS),
    (_DOUBLED, "l", "", "(?:ed|ing|ings|er|ers|or|ors|able)"),
    ("(?:de|epi|con|multi|bi)?(?:cent|theat|fib|lit|calib|lust|spect|meag|somb)", "re", "er", "s?"),
    ("(?:multi|bi|re|de)?cent", "r", "er", "ed"),
    ("(?:anal|catal|dial|monol|epil|prol)", "ogue", "og", "s?"),
    ("(?:cyber)?(?:off|def|pret)", "ence", "ense", "s?"),
    ("(?:re|sub|un)?licen", "ce", "se", "[sd]?"),
    ("(?:mal)?practi", "c", "s", "(?:e|es|ed|ing)"),
    ("(?:tele)?program", "me", "", "s?"),
    ("p", "ae", "e", "d(?:o?(?:phil|hebephil|sex)|iatr).*"),
    ("(?:ortho|encyclo)p", "ae", "e", "di.*"),
    ("(?:leuk|an|isch)", "ae", "e", "mi.*"),
    ("", "ae", "e", "tiolog.*"),
    ("h", "ae", "e", "mo(?:rr|gl|ph|dy).*"),
    ("an", "ae", "e", "sthe[st].*"),
    ("gyn", "ae", "e", "col.*"),
    ("arch", "ae", "e", "olog.*"),
    ("(?:anti|post)?", "oe", "e", "strogen.*"),
    ("f", "oe", "e", "t(?:us|uses|al)"),
    ("(?:mis|ac|fore)?(?:judg|knowledg|lodg|abridg)", "e", "", "ments?"),
    ("ag", "e", "", "ing"),
    ("s", "c", "k", "eptic.*"),
    ("art", "e", "i", "facts?"),
    ("advis", "e", "o", "rs?"),
    ("enrol", "", "l", "(?:s|ment|ments)?"),
    ("fulfil", "", "l", "(?:s|ment|ments)?"),
    ("instal", "", "l", "(?:ments?)"),
    ("(?:sk|w)i", "l", "ll", "ful(?:ly|ness)?"),
    ("man", "oeuvre", "euver", "s?"),
    ("", "en", "in", "quir(?:y|ies|e|es|ed|ing)"),
    ("", "grey", "gray", "s?"),
)
_COMPILED = tuple(
    tuple((re.compile(f"({before}){this}({after})"), rf"\g<1>{that}\g<2>") for this, that in ((a, b), (b, a)))
    for before, a, b, after in _RULES
)

# Most words fit no rule: asked once, not for each.
_ANY = re.compile("|".join(f"{before}(?:{a}|{b}){after}" for before, a, b, after in _RULES))


@lru_cache(maxsize=16_384)
def spellings(word: str) -> tuple[str, ...]:
    """A folded word and its other spellings, in order: the same for each of them.

    >>> spellings("behaviour"), spellings("counseling"), spellings("prise")
    (('behavior', 'behaviour'), ('counseling', 'counselling'), ('prise',))
    """
    if len(word) < SHORTEST or not word.isalpha():
        return (word,)
    found = {word}
    waiting = [word]
    while waiting and len(found) < _AT_MOST:
        new = {other for other in _other(waiting.pop()) if other not in found}
        found |= new
        waiting += sorted(new)
    return tuple(sorted(found))


def _other(word: str) -> list[str]:
    if not _ANY.fullmatch(word):
        return []
    return [
        found.expand(other)
        for directions in _COMPILED
        for pattern, other in directions
        if (found := pattern.fullmatch(word))
    ]


def common(word: str) -> str:
    """One spelling that stands for all of a word's.

    >>> common("paedophilia") == common("pedophilia")
    True
    """
    return spellings(word)[0]


def phrases(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words side by side in every spelling, as written first; at most a handful.

    >>> phrases(("treatment", "programme"))
    ('treatment programme', 'treatment program')
    """
    ways = [(word, *(other for other in spellings(word) if other != word)) for word in words]
    found = [" ".join(words)]
    for way in product(*ways):
        if len(found) == _AT_MOST:
            break
        if way != words:
            found.append(" ".join(way))
    return tuple(found)
