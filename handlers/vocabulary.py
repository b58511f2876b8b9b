"""The words that Brug knows: what is the same thing, what is near it, and what it asks for.

Everybody may look up what Brug understands by a word; stewards change it, and the next search
knows it. What the seed says is never lost: it stands under what a steward said.

`data`: `term`, `synonyms`, `related`, `theme`, `meaning`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.context import Context
from handlers.errors import Mistakes, NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.rights import Right, authorize, may
from handlers.speech.answer import Answer, Button, Facts, Plain, Press, Prose, Source, Weight
from handlers.speech.form import ChoiceField, Form, TextField
from store.glossary import themes
from store.privacy import Identifying, TooLong, guard
from store.search.query import FacetName
from store.search.vocabulary import Term

NAME = "vocabulary"
MOST_NAMES = 30
_NEW = frozenset({"nieuw", "nouveau", "new"})
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class LookUp:
    """The request: the word, as typed; or "nieuw"."""

    word: str


def hear(sentence: Sentence) -> Heard[LookUp] | None:
    """Hear nothing: a word of the field in a sentence asks for offerings."""
    del sentence
    return None


def handle(request: LookUp, context: Context) -> Answer | Form:
    """Show a word, or the form to add one.

    Raises:
        NotUnderstood: If no word was given.
        NotFound: If Brug does not know it.
    """
    typed = request.word.strip()
    if not typed:
        raise NotUnderstood("vocabulary.which")
    if fold(typed) in _NEW:
        return _form(Term(""), context)
    term = context.tx.glossary.named(typed)
    if term is None:
        if not may(context.actor, Right.ADMINISTER):
            raise NotFound("vocabulary.unknown", word=typed[:_LONGEST])
        return Answer(
            context.words.plain("vocabulary.unknown", word=typed[:_LONGEST]),
            buttons=(
                Button(
                    context.words.plain("vocabulary.add"),
                    Press(NAME, "change", {"term": typed[:_LONGEST]}),
                ),
            ),
        )
    return _shown(term, context)


def _shown(term: Term, context: Context, headline: str = "") -> Answer:
    words = context.words
    theme, as_of = _theme(term), date.fromisoformat(term.as_of)
    pairs = [
        ("meaning", term.meaning),
        ("synonyms", words.all_of(s for s in term.synonyms if fold(s) != fold(term.meaning))),
        ("related", words.all_of(term.related)),
        ("theme", theme.replace("-", " ")),
    ]
    facts: tuple[tuple[str, Prose], ...] = tuple(
        (words.plain(f"vocabulary.{name}"), (Plain(said),)) for name, said in pairs if said
    )
    values = {"term": term.term}
    buttons = (
        Button(words.plain("vocabulary.change"), Press(NAME, "change", values)),
        Button(words.plain("vocabulary.remove"), Press(NAME, "remove", values), Weight.DANGER),
    )
    return Answer(
        headline or words.plain("vocabulary.known", word=term.term),
        (Facts(facts),) if facts else (),
        buttons if may(context.actor, Right.ADMINISTER) else (),
        Source(words.plain("vocabulary.source", source=term.source, day=words.date(as_of)), as_of),
        data={
            "term": term.term,
            "synonyms": list(term.synonyms),
            "related": list(term.related),
            "theme": theme,
            "meaning": term.meaning,
        },
    )


def _change(values: Mapping[str, str], context: Context) -> Form:
    typed = values.get("term", "")
    return _form(context.tx.glossary.named(typed) or Term(typed), context)


def _form(term: Term, context: Context) -> Form:
    authorize(context.actor, Right.ADMINISTER)
    words = context.words

    def several(name: str, known: tuple[str, ...]) -> TextField:
        return TextField(
            name,
            words.plain(f"vocabulary.{name}"),
            words.plain("vocabulary.several"),
            required=False,
            max_length=1000,
            initial="; ".join(known),
        )

    slugs = [(slug, slug.replace("-", " ")) for slug in themes()]
    theme = _theme(term)
    return Form(
        NAME,
        words.plain("vocabulary.form"),
        (
            TextField(
                "term",
                words.plain("vocabulary.term"),
                words.plain("vocabulary.term_hint"),
                max_length=_LONGEST,
                initial=term.term,
            ),
            several("synonyms", term.synonyms),
            several("related", term.related),
            ChoiceField(
                "theme",
                words.plain("vocabulary.theme"),
                tuple(slugs[:100]),
                required=False,
                initial=(theme,) if theme else (),
            ),
            TextField(
                "meaning",
                words.plain("vocabulary.meaning"),
                required=False,
                max_length=300,
                initial=term.meaning,
            ),
        ),
        words.plain("vocabulary.send"),
        words.prose("vocabulary.intro"),
    )


def submit(values: Mapping[str, str], context: Context) -> Answer:
    """Take the form that came back.

    Raises:
        Mistakes: A field holds what Brug cannot take.
    """
    authorize(context.actor, Right.ADMINISTER)
    name = _safe(values.get("term", ""), "term")
    if not name or len(name) > _LONGEST:
        raise Mistakes({"term": "room.fill_in"})
    theme = values.get("theme", "")
    if theme and theme not in themes():
        raise Mistakes({"theme": "room.no_choice"})
    known = context.tx.glossary.named(name)
    facet = known.facet if known and not _theme(known) else None
    term = Term(
        term=known.term if known and fold(known.term) == fold(name) else name,
        synonyms=_several(values.get("synonyms", ""), "synonyms"),
        related=_several(values.get("related", ""), "related"),
        facet=(FacetName.THEME, theme) if theme else facet,
        meaning=_safe(values.get("meaning", ""), "meaning"),
    )
    context.tx.glossary.keep(term, context.now, context.actor.key)
    kept = context.tx.glossary.named(term.term) or term
    return _shown(kept, context, context.words.plain("vocabulary.kept", word=kept.term))


def _remove(values: Mapping[str, str], context: Context) -> Answer:
    term = context.tx.glossary.named(values.get("term", ""))
    if term is None:
        raise NotFound("assistant.gone")
    context.tx.glossary.remove(term, context.now, context.actor.key)
    return Answer(context.words.plain("vocabulary.removed", word=term.term))


def _several(text: str, field: str) -> tuple[str, ...]:
    parts = [part.strip() for part in _safe(text, field).replace("\n", ";").split(";")]
    found = tuple(dict.fromkeys(part for part in parts if part))
    if len(found) > MOST_NAMES or any(len(part) > _LONGEST for part in found):
        raise Mistakes({field: "vocabulary.too_many"})
    return found


def _safe(text: str, field: str) -> str:
    try:
        # Abbreviations look like initials, so a steward's word is only refused for a number.
        return guard(text.strip(), confirmed=True)
    except (Identifying, TooLong):
        raise Mistakes({field: "cards.never_kept"}) from None


def _theme(term: Term) -> str:
    return term.facet[1] if term.facet and term.facet[0] is FacetName.THEME else ""


FEATURE = Feature(
    name=NAME,
    command="woord",
    aliases=("mot", "word"),
    parse=lambda text: LookUp(text.strip()),
    hear=hear,
    handle=handle,
    examples=(
        Example("/woord OKAN", expect="OKAN"),
        Example("/mot NAFT", expect="NAFT", language="fr"),
        Example("/word NAFT", expect="NAFT", language="en"),
    ),
    submit=submit,
    submit_right=Right.ADMINISTER,
    verbs={
        "change": Verb(Right.ADMINISTER, _change),
        "remove": Verb(Right.ADMINISTER, _remove),
    },
)
