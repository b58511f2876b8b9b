import pytest

from handlers.digesting.wishes import Wish, parse, read_schedule
from handlers.hearing.places import Places
from store.records import Region


@pytest.mark.parametrize(
    ("text", "weekday", "hour", "minute", "language"),
    [
        ("maandag 9u", 0, 9, 0, ""),
        ("Maandag om 9 uur", 0, 9, 0, ""),
        ("dinsdag 14u30", 1, 14, 30, ""),
        ("vrijdag om 16:15 in het Frans", 4, 16, 15, "fr"),
        ("chaque lundi à 9h", 0, 9, 0, ""),
        ("every monday at 9am", 0, 9, 0, ""),
        ("every thursday 4pm in English", 3, 16, 0, "en"),
        ("zondag 0u", 6, 0, 0, ""),
        ("elke dinsdag half negen", 1, 8, 30, ""),
        ("dinsdag om kwart voor negen", 1, 8, 45, ""),
        ("dinsdag kwart over 8", 1, 8, 15, ""),
        ("dinsdag om acht uur in het Engels", 1, 8, 0, "en"),
        ("dinsdag om half drie", 1, 14, 30, ""),
        ("zondag 23u59", 6, 23, 59, ""),
    ],
)
def test_day_hour_and_language_are_read(
    text: str, weekday: int, hour: int, minute: int, language: str
) -> None:
    read = read_schedule(text)

    assert (read.weekday, read.hour, read.minute, read.language) == (
        weekday,
        hour,
        minute,
        language,
    )


def test_a_region_is_found_in_what_is_left(places: Places) -> None:
    rest = read_schedule("elke maandag om 9 uur in het Frans voor Limburg").rest

    found = places.resolve(rest, expected=False).found
    assert [one.regions for one in found] == [(Region.LIMBURG,)]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Wish.STATE),
        ("stand", Wish.STATE),
        ("elke maandag 9u", Wish.SET),
        ("maandag 9u", Wish.SET),
        ("chaque lundi 9h", Wish.SET),
        ("voorbeeld", Wish.PREVIEW),
        ("Aperçu", Wish.PREVIEW),
        ("nu", Wish.NOW),
        ("pauze tot 1/9", Wish.PAUSE),
        ("hervat", Wish.RESUME),
        ("stop", Wish.STOP),
        ("instellen", Wish.FORM),
    ],
)
def test_every_word_of_the_command_is_known(text: str, wish: Wish) -> None:
    assert parse(text).wish is wish
