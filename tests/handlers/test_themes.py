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


@pytest.mark.parametrize(
    ("theme", "names"),
    [
        ("schoolweigering", "refus scolaire|refus de l’école|school phobia|school avoidance"),
        ("spijbelen", "absences injustifiées|skipping school|skip school|truancy"),
        ("schooluitval", "abandon scolaire|school dropout|early school leaving"),
        ("uitsluiting", "renvoi|exclusion scolaire|suspension"),
        ("gedrag", "comportement|behaviour|behavior"),
        ("psychische-kwetsbaarheid", "santé mentale|problèmes psychiques|psychological problems"),
        ("trauma", "traumas|traumatisme"),
        ("pesten", "harcèlement scolaire|cyberharcèlement|cyberbullying"),
    ],
)
def test_a_name_in_another_language_is_of_the_theme_that_it_means(theme: str, names: str) -> None:
    every = names.split("|")

    assert {name: themes.in_text(name) for name in every} == dict.fromkeys(every, (theme,))
