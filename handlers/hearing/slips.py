"""Which known words lie one or two slips of the finger from a typed one?

Symmetric delete: every known word is filed under each form that it has with one letter left out.
A typed word is looked up the same way, so that an insertion, a deletion, a substitution and a
transposition all meet in one look into a dictionary; RapidFuzz then checks the few that met.
"""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

_HEAD = 7
"""The first letters are enough to meet: who differs behind them is told apart by RapidFuzz."""


class Slips:
    """Words by their forms with letters left out."""

    def __init__(self, words: Iterable[str], most: int) -> None:
        """File the words.

        Args:
            words: What is known.
            most: How many slips to bridge, 1 or 2. Two of them cost three times the memory.
        """
        self._most = most
        by_head: dict[str, list[str]] = {}
        for word in words:
            by_head.setdefault(word[:_HEAD], []).append(word)
        self._by_form: dict[str, list[list[str]]] = {}
        for head, same in by_head.items():
            for form in self._forms(head):
                if form in self._by_form:
                    self._by_form[form].append(same)
                else:
                    self._by_form[form] = [same]

    def near(self, typed: str) -> list[tuple[str, int]]:
        """Return the known words with their distance (optimal string alignment), nearest first."""
        most = self._most
        met = {
            word
            for form in self._forms(typed[:_HEAD])
            for same in self._by_form.get(form, ())
            for word in same
            if abs(len(word) - len(typed)) <= most
        }
        near = [
            (word, distance)
            for word in met
            if (distance := OSA.distance(typed, word, score_cutoff=most)) <= most
        ]
        return sorted(near, key=_by_distance)

    def _forms(self, head: str) -> set[str]:
        forms = {head[:at] + head[at + 1 :] for at in range(len(head))}
        if self._most > 1:
            for once in tuple(forms):
                forms.update([once[:at] + once[at + 1 :] for at in range(len(once))])
        forms.add(head)
        return forms


def _by_distance(pair: tuple[str, int]) -> tuple[int, str]:
    return pair[1], pair[0]
