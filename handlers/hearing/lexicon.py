"""Which words are ordinary, so that no misspelt place is read into them?"""

from store.hashed import Listed
from store.records import Vocabulary

_ENDINGS = ("s", "n", "en", "e", "t", "d", "te", "de", "je", "jes", "er", "ers", "ing", "ingen")
_LINKS = ("", "s", "e", "en")
_PART = 4
"""Letters that each half of a compound has at least: below it everything is a compound."""


class Lexicon:
    """Ordinary words, their endings and the compounds that they make."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take the words over; names are kept apart, in small letters."""
        self.words = Listed(vocabulary.words)
        self.names = Listed(name.casefold() for name in vocabulary.names)
        self._like_places = Listed(vocabulary.like_places)

    def has(self, plain: str) -> bool:
        """Return whether a word is listed: an ordinary one or a name of a person."""
        return plain in self.words or plain in self.names

    def like_place(self, plain: str) -> bool:
        """Return whether it is a rarer word that looks like a misspelt place ("belanden")."""
        return plain in self._like_places

    def knows(self, plain: str) -> bool:
        """Return whether a word is listed, or made of listed ones ("schoolpoorten")."""
        if self.has(plain) or self.like_place(plain):
            return True
        if any(plain.endswith(end) and plain[: -len(end)] in self.words for end in _ENDINGS):
            return True
        return any(
            plain[at:] in self.words and self._first_half(plain[:at])
            for at in range(_PART, len(plain) - _PART + 1)
        )

    def _first_half(self, half: str) -> bool:
        return any(
            half.endswith(link) and half[: len(half) - len(link)] in self.words
            for link in _LINKS
            if len(half) - len(link) >= _PART
        )
