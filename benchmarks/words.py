"""Made-up words that are as frequent, as long and as accented as real ones."""

from itertools import accumulate
from random import Random

_ONSETS: tuple[str, ...] = (*"bcdfghlmnprstv", "br", "cl", "st", "tr", "pr", "ch")
_VOWELS: tuple[str, ...] = (*"aeiou", "ea", "io", "ou")
_CODAS: tuple[str, ...] = (*"nrstlm", "nd", "ct", "st", "rm", *[""] * 6)
_ENDINGS: tuple[str, ...] = ("ing", "tion", "ity", "ive", "ment", "ed", "s", "al", "er", "ly", *[""] * 8)
_STOP_WORDS = ("the", "of", "and", "in", "to", "a", "for", "with", "is", "was", "by", "that", "from", "or")
_ACCENTS = {"a": "äáå", "o": "öøó", "u": "üú", "e": "éè", "c": "çč", "n": "ñ", "s": "š"}
_TEX = str.maketrans(
    {
        "ä": r"{\"a}",
        "á": r"{\'a}",
        "å": r"{\aa}",
        "ö": r"{\"o}",
        "ø": r"{\o}",
        "ó": r"{\'o}",
        "ü": r"{\"u}",
        "ú": r"{\'u}",
        "é": r"{\'e}",
        "è": r"{\`e}",
        "ç": r"{\c c}",
        "č": r"{\v c}",
        "ñ": r"{\~n}",
        "š": r"{\v s}",
    }
)


def tex(text: str) -> str:
    """``text`` with its accents as LaTeX commands, as many reference managers write them."""
    return text.translate(_TEX)


class Words:
    """A vocabulary whose words are used as often as Zipf's law has it."""

    def __init__(self, rng: Random, *, size: int = 6000) -> None:
        self.rng = rng
        self.words = self._made(size)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(size)))
        self._surnames = [self._name() for _ in range(1500)]
        self._given = [self._name() for _ in range(200)]

    def _made(self, count: int) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < count:
            syllables = "".join(self._syllable() for _ in range(self.rng.choice((1, 1, 2, 2))))
            made[syllables + self.rng.choice(_ENDINGS)] = None
        return [word for word in made if len(word) > 3] + [f"{word}a" for word in made if len(word) <= 3]

    def _syllable(self) -> str:
        pick = self.rng.choice
        return pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS)

    def _name(self) -> str:
        """A name; one in five has an accent."""
        letters = list(self._syllable() + self._syllable())
        if self.rng.random() < 0.2:
            place = self.rng.randrange(len(letters))
            letters[place] = self.rng.choice(_ACCENTS.get(letters[place], letters[place]))
        return "".join(letters).capitalize()

    def some(self, count: int) -> list[str]:
        """Words of the field, the common ones often."""
        return self.rng.choices(self.words, cum_weights=self._weights, k=count)

    def phrase(self, count: int) -> str:
        """Words of the field with spaces."""
        return " ".join(self.some(count))

    def prose(self, count: int) -> str:
        """Sentences of so many words, four in ten of them words that tell nothing."""
        pick = self.rng.random
        told = [self.rng.choice(_STOP_WORDS) if pick() < 0.4 else word for word in self.some(count)]
        sentences = (" ".join(told[i : i + 18]) for i in range(0, len(told), 18))
        return " ".join(f"{sentence.capitalize()}." for sentence in sentences)

    def person(self) -> str:
        """A name as bibliographies have it: family name, given name or initials."""
        given = self.rng.choice(self._given)
        shown = f"{given[0]}. {self.rng.choice('ABJKM')}." if self.rng.random() < 0.5 else given
        return f"{self.rng.choice(self._surnames)}, {shown}"
