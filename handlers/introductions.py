"""A message to both of a duo, drafted for somebody who sends it (F08).

Brug sends nothing and keeps nothing: the text goes back to who asked, and from there by mail. An
own sentence goes through the guard all the same, so that no child is written about (F26).

`data` of an answer: `to` (addresses), `subject`, `text`.
"""

from collections.abc import Mapping
from urllib.parse import quote

from handlers.context import Context
from handlers.duo import Duo, duo
from handlers.errors import Mistakes, NotFound, NotUnderstood
from handlers.hearing.found import Found
from handlers.reasons import place_label
from handlers.speech.answer import Answer, Button, Paragraph, Plain, Press
from handlers.speech.form import Form, TextField
from store.privacy import NotKept, guard

LONGEST = 300
"""Characters of the own sentence."""

_LONGEST_LINK = 2000
"""Characters of a link that every room shows; a longer one is left out, the text stays."""


def introduce_button(words: str, one: Duo, context: Context) -> tuple[Button, ...]:
    """Return the button *Stel ons voor*; none for who is of the duo, or when nobody is there.

    Args:
        words: Words that name the place and no other.
        one: The duo that was named.
        context: Who asks.
    """
    if not one.standing or one.region in context.actor.regions:
        return ()
    label = context.words.plain("introductions.button")
    return (Button(label, Press("coverage", "introduce", {"place": words})),)


def ask_to_introduce(values: Mapping[str, str], context: Context) -> Form:
    """Ask for a sentence of one's own, which may stay empty.

    Raises:
        NotUnderstood: If the place is none.
    """
    words = context.words
    found = _place(values, context)
    return Form(
        feature="coverage",
        title=words.plain("introductions.form"),
        intro=words.prose("introductions.intro", place=place_label(found, words)),
        fields=(
            TextField(
                "sentence",
                words.plain("introductions.sentence"),
                hint=words.plain("introductions.hint"),
                multiline=True,
                required=False,
                max_length=LONGEST,
            ),
        ),
        submit=words.plain("introductions.draft"),
        state={"place": values["place"]},
    )


def introduce(values: Mapping[str, str], context: Context) -> Answer:
    """Draft the message, to be copied or opened in one's own mail.

    Raises:
        Mistakes: If the own sentence points at a person, or is too long.
        NotFound: If nobody is there.
        NotUnderstood: If the place is none.
    """
    words, tx, me = context.words, context.tx, context.actor.person
    found = _place(values, context)
    region = found.regions[0]
    assignments = tx.coverage.assignments(context.today)
    named = duo(
        region,
        context.today,
        assignments,
        tx.coverage.absences(context.today),
        municipality=found.municipality,
    )
    people = list({s.person.id: s.person for s in named.standing}.values())
    if not people:
        raise NotFound("introductions.nobody", region=region.label)
    public = frozenset(assignment.person.email.lower() for assignment in assignments)
    sentence = _guarded(values.get("sentence", ""), public)
    label = place_label(found, words)
    subject = words.plain("introductions.subject", place=label)
    text = words.plain(
        "introductions.text_own" if sentence else "introductions.text",
        people=words.all_of(person.name for person in people),
        place=label,
        me=me.name if me else words.plain("introductions.your_name"),
        sentence=sentence,
    )
    to = [person.email for person in people]
    link = (
        f"mailto:{','.join(quote(email, safe='@') for email in to)}"
        f"?subject={quote(subject)}&body={quote(text)}"
    )
    short = len(link) <= _LONGEST_LINK
    return Answer(
        headline=words.plain(
            "introductions.headline", people=words.all_of(person.name for person in people)
        ),
        parts=(
            Paragraph((Plain(text),)),
            Paragraph(
                words.prose(
                    "introductions.open" if short else "introductions.copy",
                    link=link,
                    to=", ".join(to),
                )
            ),
        ),
        data={"to": to, "subject": subject, "text": text},
    )


def _place(values: Mapping[str, str], context: Context) -> Found:
    # The words went through somebody else's hands: they are resolved again.
    reading = context.places.resolve(values.get("place", ""), expected=True)
    if len(reading.found) != 1 or len(reading.found[0].regions) != 1:
        raise NotUnderstood("assistant.gone")
    return reading.found[0]


def _guarded(sentence: str, public: frozenset[str]) -> str:
    said = sentence.strip()
    if len(said) > LONGEST:
        raise Mistakes({"sentence": "introductions.too_long"}, most=str(LONGEST))
    try:
        return guard(said, known=public) if said else ""
    except NotKept:
        raise Mistakes({"sentence": "introductions.personal"}) from None
