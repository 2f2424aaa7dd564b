"""Which records are worth comparing: those that share an identifier, a place, or rare words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, groupby

from kb.match.evidence import hopeless
from kb.match.features import Features

_RARE = 3  # words of a title by which it is looked for, the rarest that others have too
_PLACE_BITS = 24  # sixteen million records
_START, _ENDING = 24, 24  # letters of a title's start and end
_BLOCK = 12  # records that are all compared with one another
_WINDOW = 5  # neighbours with which each of a larger block is compared, in each of two orders


def candidates(made: Sequence[Features]) -> list[tuple[int, int]]:
    """Pairs of places in ``made``, the lower first, in order, that are worth comparing.

    Their number grows with that of the records, not with its square: a block
    of very many (an Editorial in each volume) is put in order, and only
    neighbours are compared.
    """
    rarity = word_counts(made)
    found: set[int] = set()
    count = len(made)
    orders = _places(made, by_person), _places(made, by_place)
    for block in _blocks(_coded(made, rarity)):
        for one, other in _of_block(block, orders):
            code = one * count + other if one < other else other * count + one
            if code not in found and not hopeless(made[one], made[other]):
                found.add(code)
    return [divmod(code, count) for code in sorted(found)]


def word_counts(made: Iterable[Features]) -> Counter[str]:
    """How many titles have each word."""
    counts: Counter[str] = Counter()
    for work in made:
        counts.update(set(work.title.words))
    return counts


def keys(work: Features) -> Iterator[str]:
    """What two records of one work may share, but for the words of their titles."""
    if work.doi:
        yield f"d{work.doi}"
    if work.pmid:
        yield f"p{work.pmid}"
    if work.arxiv:
        yield f"x{work.arxiv}"
    if work.isbn:
        yield f"i{work.isbn}|{work.first}|{work.title.squeezed[:8]}"
    yield from _title_keys(work)
    yield from _place_keys(work)


def _title_keys(work: Features) -> Iterator[str]:
    title = work.title
    if title.squeezed:
        if title.generic:
            yield f"g{title.squeezed}|{work.year}|{work.people.first}"
            yield f"g{title.squeezed}|{work.volume}|{work.first}"
        else:
            yield f"t{title.squeezed[:_START]}"
        yield f"e{title.squeezed[-_ENDING:]}|{work.year}"
        if title.main != title.squeezed and len(title.main) > 9:
            yield f"t{title.main[:_START]}"
    if title.also:
        yield f"t{title.also[:_START]}"


def _place_keys(work: Features) -> Iterator[str]:
    first = work.people.first[:5]
    if work.first and work.volume:
        yield f"v{work.volume}|{work.first}|{work.year}"
        for family in work.people.families[:3]:
            yield f"f{family[:5]}|{work.volume}|{work.first}"
    if first and work.year is not None:
        if work.first:
            yield f"y{first}|{work.year}|{work.first}"
        if work.volume:
            yield f"u{first}|{work.year}|{work.volume}"


def rare_words(words: Iterable[str], rarity: Counter[str], *, least: int, most: int = _RARE) -> list[str]:
    """The rarest of these words that at least ``least`` titles have, ties by alphabet."""
    known = {
        (rarity[word], word)
        for word in words
        if len(word) > 2 and not word.isdigit() and rarity[word] >= least
    }
    return [word for _, word in sorted(known)[:most]]


def _coded(made: Sequence[Features], rarity: Counter[str]) -> list[int]:
    """One number for each thing by which a record may be found, with the record's place; in order."""
    coded: list[int] = []
    for place, work in enumerate(made):
        mine = set(keys(work))
        rare = rare_words(work.title.words, rarity, least=2)
        mine.update(f"w{one}|{other}" for one, other in combinations(sorted(rare), 2))
        if len(rare) < 3 and work.people.first:
            mine.update(f"a{word}|{work.people.first}" for word in rare)
        # Another day has other hashes, but blocks may come in any order: it is sharing one that counts
        coded += [hash(key) << _PLACE_BITS | place for key in mine]
    coded.sort()
    return coded


def _blocks(coded: list[int]) -> Iterator[list[int]]:
    """Places that share a key, two or more."""
    mask = (1 << _PLACE_BITS) - 1
    for _, sharing in groupby(coded, key=lambda code: code >> _PLACE_BITS):
        block = [code & mask for code in sharing]
        if len(block) > 1:
            yield block


def _places(made: Sequence[Features], order: Callable[[Features], tuple[object, ...]]) -> list[int]:
    """Where each record stands in an order."""
    places = [0] * len(made)
    for place, at in enumerate(sorted(range(len(made)), key=lambda at: order(made[at]))):
        places[at] = place
    return places


def _of_block(block: list[int], orders: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    """The pairs of a block; of a large one, neighbours in the orders."""
    if len(block) <= _BLOCK:
        yield from combinations(block, 2)
        return
    for places in orders:
        ordered = sorted(block, key=places.__getitem__)
        for start, one in enumerate(ordered):
            for other in ordered[start + 1 : start + 1 + _WINDOW]:
                yield one, other


def by_person(work: Features) -> tuple[object, ...]:
    """An order in which one work's records are neighbours if people and year are right."""
    return (work.people.first, work.year or 0, work.title.squeezed, work.first, *name(work))


def by_place(work: Features) -> tuple[object, ...]:
    """An order in which one work's records are neighbours if title and place are right."""
    return (work.title.squeezed, work.volume, work.first, work.year or 0, work.people.first, *name(work))


def name(work: Features) -> tuple[str, str, int]:
    """A record's own name, by which ties are settled."""
    return work.citekey, work.origin.path, work.origin.line
