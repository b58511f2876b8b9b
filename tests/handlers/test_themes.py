import pytest

from handlers import themes


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("qui s’y connaît en refus scolaire ?", "schoolweigering"),
        ("who knows about school phobia?", "schoolweigering"),
        ("wie kent iets van schoolweigering?", "schoolweigering"),
        ("un renvoi définitif", "uitsluiting"),
        ("santé mentale à l’école", "psychische-kwetsbaarheid"),
    ],
)
def test_a_theme_is_known_by_the_names_that_people_give_it(text: str, theme: str) -> None:
    assert themes.in_text(text) == (theme,)


def test_every_other_name_is_of_a_theme_that_the_vocabulary_has() -> None:
    known = set(themes.in_text(" , ".join(themes.ALSO)))

    assert known == set(themes.ALSO)
