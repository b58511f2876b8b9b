from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from handlers.hearing.slips import Slips

WORDS = ("gent", "genk", "antwerpen", "sintniklaas", "sinttruiden", "as", "brugge")


@given(
    st.sampled_from(WORDS),
    st.data(),
    st.sampled_from([1, 2]),
)
def test_nothing_within_reach_is_missed_or_made_up(
    word: str, data: st.DataObject, most: int
) -> None:
    typed = word
    for _ in range(data.draw(st.integers(0, most))):
        at = data.draw(st.integers(0, len(typed)))
        letter = data.draw(st.sampled_from("aegknrst"))
        typed = data.draw(
            st.sampled_from(
                [
                    typed[:at] + letter + typed[at:],
                    typed[:at] + typed[at + 1 :],
                    typed[:at] + letter + typed[at + 1 :],
                    typed[:at] + typed[at + 1 : at + 2] + typed[at : at + 1] + typed[at + 2 :],
                ]
            )
        )

    near = dict(Slips(WORDS, most).near(typed))

    assert near == {
        other: distance
        for other in WORDS
        if (distance := OSA.distance(typed, other, score_cutoff=most)) <= most
    }


def test_the_nearest_comes_first() -> None:
    assert Slips(WORDS, 2).near("gent")[0] == ("gent", 0)
