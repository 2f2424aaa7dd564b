"""Fields that stand more than once in an entry and are joined: Zotero writes an ``annote`` for each note."""

from collections.abc import Iterator

_BETWEEN = {"annote": "\n\n", "annotation": "\n\n", "note": "\n\n", "keywords": ", ", "file": ";"}


class Repeated:
    """The further values of the entry that is being read, until all of it has been seen."""

    def __init__(self) -> None:
        self._more: dict[str, tuple[int, list[str]]] = {}

    def takes(self, line: int, name: str, text: str) -> bool:
        """Whether a field of this name is joined to the first; then its text is remembered."""
        if name not in _BETWEEN:
            return False
        self._more.setdefault(name, (line, []))[1].append(text)
        return True

    def join(self, fields: dict[str, str]) -> Iterator[tuple[int, str, int]]:
        """Put what was remembered into the fields: where each is repeated, its name, how often it stands.

        At once and not as they come: joining a hundred thousand one by one takes the square of it.
        """
        for name, (line, more) in self._more.items():
            texts = dict.fromkeys(text.strip() for text in (fields[name], *more))
            if len(texts) > 1:
                fields[name] = _BETWEEN[name].join(texts)
            yield line, name, 1 + len(more)
        self._more.clear()
