"""Hear when something appears for a search (F17): one message per change, stopped in one tap.

`data`: `follows` (a list of `id`, `words`), and `follow` (the words) when one was begun.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from handlers.context import BRUSSELS, Context
from handlers.describing import line, source_of, source_of_nothing
from handlers.errors import NotFound, NotUnderstood
from handlers.feature import Example, Feature, Heard, Verb
from handlers.hearing.places import Places
from handlers.hearing.plain import fold
from handlers.hearing.sentence import Sentence
from handlers.letters import leave
from handlers.rights import Actor, Right, authorize
from handlers.searching.listing import PAGE
from handlers.searching.understanding import OFFERINGS, SCOPES, Scope, understand
from handlers.speech.answer import Answer, Button, Kind, Listing, Plain, Press
from handlers.speech.words import Words
from store import Transaction
from store.directory import Offering
from store.follows import Follow
from store.privacy import Identifying, SafeText, TooLong, guard

_OWN = re.compile(
    r"\b(?:welke|wat|lijst|overzicht|stop\w*|afmelden|uitschrijven|opzeggen|geen (?:\w+ )?meer|"
    r"niet meer|annuleer\w*|af|wis|verwijder\w*|quelles?|quels?|liste|arrete\w*|ne plus|"
    r"annule\w*|desabonne\w*|which|what|list|stop\w*|unsubscribe|no longer|cancel\w*|mute)\b"
)
_BEHIND_COMMAND = re.compile(
    r"lijst|overzicht|toon|wat|liste|list|show|what|"
    r"(?:stop(?:pen)?|arreter?)(?: met| de)?(?: volgen| suivre| following)?"
    r"(?: (?:(?:nr |nummer )?(?P<number>\d{1,3})|(?P<all>alles|allemaal|tout|all|everything)))?"
)
_BEGINS = re.compile(
    r"\b(?:zodra|als er|wanneer er|laat (?:het )?(?:me|mij|ons) weten|verwittig|waarschuw|"
    r"seintje|des que|lorsque|quand il|prevenez|previens|as soon as|let me know|notify|when)\b"
)
_BEGINS_WITH = re.compile(
    r"(?:kan|kun|wil|zou|mag) (?:je|jij|u|ik)\s|"
    r"\b(?:graag|aub|alsjeblieft|alstublieft|svp|please|een seintje|s\W?il (?:te|vous) pla[iî]t|"
    r"verwittig|waarschuw|laat|het|me|mij|ons|weten|hou|houd|op de hoogte|volg|volgen|zodra|als|"
    r"ik|wil|wou|stuur|zend|geef|bericht(?:je)?|melding|mailtje|seintje|een|"
    r"envoie\w*(?:-moi)?|message|une?|nouve(?:au|lle)s?|send|a|an|"
    r"wanneer|er|is|komt|komen|bijkomt|vrijkomt|verschijnt|iets|nieuws?|nieuwe|over|van|"
    r"pr[ée]venez|pr[ée]viens|moi|tiens|tenez|au courant|d[èe]s qu\W|quand|il y a|let|know|notify|"
    r"keep|posted|when|there|as soon as|something|new|about)\b",
    re.IGNORECASE,
)
_ALL = 10_000

ALL = -1
"""Stop following everything."""


@dataclass(frozen=True, slots=True)
class FollowSearch:
    """The request.

    Attributes:
        text: The search, as typed; empty to see what one follows.
        sure: Whether it came by the command; a sentence gets a button first (F47).
        stop: Which of the list to follow no more, the first is 1; 0 for none, `ALL` for all.
    """

    text: str
    sure: bool
    stop: int = 0


def parse(text: str) -> FollowSearch:
    """Read what stands behind the command: a search, "lijst", or "stop 2"."""
    own = _BEHIND_COMMAND.fullmatch(fold(text.strip()))
    if own is None:
        return FollowSearch(text.strip(), sure=True)
    return FollowSearch("", sure=True, stop=ALL if own["all"] else int(own["number"] or 0))


def hear(sentence: Sentence) -> Heard[FollowSearch]:
    """Hear "Laat mij weten als er dagbesteding komt in Limburg"."""
    behind = _BEHIND_COMMAND.fullmatch(sentence.folded)
    if behind and behind["number"]:  # under the list: it names what it stopped, to begin again
        return Heard(parse(sentence.text))
    own = _OWN.search(sentence.folded) and not _BEGINS.search(sentence.folded)
    if own:
        return Heard(FollowSearch("", sure=False))
    left = " ".join(re.sub(r"[^\w\s+−-]", " ", _BEGINS_WITH.sub(" ", sentence.text)).split())
    return Heard(FollowSearch(left or sentence.text, sure=False))


def handle(request: FollowSearch, context: Context) -> Answer:
    """Begin to follow, ask first, or show what is followed."""
    authorize(context.actor, Right.CONTRIBUTE)
    if request.stop:
        return _end_one_of_the_list(request.stop, context)
    if not request.text.strip():
        return _list(context)
    words = _safe(request.text)
    if not request.sure:
        press = Press("follows", "begin", {"words": words})
        stop = Press("follows", "list")
        return Answer(
            context.words.plain("follows.shall_i", words=words),
            buttons=(
                Button(context.words.plain("follows.yes"), press),
                Button(context.words.plain("follows.show"), stop),
            ),
            kind=Kind.QUESTION,
        )
    return _begin({"words": words}, context)


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell somebody who follows a search.

    Attributes:
        follow: Whom, of what, and up to where they were told.
        revision: Up to which revision of the directory this goes.
        changed: What appeared or changed, the best first; empty for nothing.
    """

    follow: Follow
    revision: int
    changed: Sequence[Offering]


def waiting(tx: Transaction) -> Sequence[Follow]:
    """Return the follows for which the directory changed since they were told."""
    return tx.follows.due(tx.catalogue.current().revision)


def look(follow: Follow, tx: Transaction, places: Places, now: datetime) -> News:
    """Look what changed for somebody; it takes long, and writes nothing."""
    finder = tx.catalogue.current()
    # What changed after the index was made is told by the next look, and by that one alone.
    changed = {one.id: one for one in tx.offerings.since(follow.revision, finder.revision)}
    if not changed:
        return News(follow, finder.revision, ())
    words = Words(tx.languages.of(follow.follower, follow.language))
    context = Context(tx, words, now, Actor(follow.follower), places)
    asked = understand(_everything(), follow.words, context)
    hits = finder.search(asked.query, _ALL).hits
    found = [changed[hit.entry_id] for hit in hits if hit.entry_id in changed]
    return News(follow, finder.revision, found)


def tell(news: News, tx: Transaction, now: datetime) -> bool:
    """Leave the letter, unless they stopped following or another replica told them meanwhile.

    Returns:
        Whether a letter was left in the outbox.
    """
    follow = news.follow
    if not tx.follows.told(follow, news.revision) or not news.changed:
        return False
    today = now.astimezone(BRUSSELS).date()
    return leave(
        tx,
        f"follow/{follow.id}/{news.revision}",
        follow.follower,
        partial(_letter, follow, news.changed, today),
        now,
        otherwise=follow.language,
    )


def _letter(follow: Follow, changed: Sequence[Offering], today: date, words: Words) -> Answer:
    shown = changed[:PAGE]
    key = "follows.news_one" if len(changed) == 1 else "follows.news"
    openers = [
        Button(
            words.plain("searching.open", number=number, name=one.name),
            Press(OFFERINGS.feature, "card", {"id": str(one.id)}),
        )
        for number, one in enumerate(shown, start=1)
    ]
    return Answer(
        words.plain(key, words=follow.words, total=len(changed)),
        (Listing(tuple(line(one, today, words) for one in shown), first=1),),
        (*openers, _stop(follow, words)),
        source_of(shown, words),
        feature="follows",
    )


def _everything() -> Scope:
    kinds = tuple(kind for scope in SCOPES for kind in scope.kinds)
    return Scope("follows", "volg", kinds)


def _begin(values: Mapping[str, str], context: Context) -> Answer:
    words = _safe(values.get("words", ""))
    asked = understand(_everything(), words, context)
    if asked.outside and not context.places.resolve(words).found:
        where = context.words.all_of(asked.outside)
        raise NotUnderstood("follows.outside", place=where)
    revision = context.tx.catalogue.current().revision
    new = context.tx.follows.begin(
        context.actor.key, words, context.words.language, revision=revision, at=context.now
    )
    key = "follows.begun" if new else "follows.known"
    buttons = (Button(context.words.plain("follows.show"), Press("follows", "list")),)
    return Answer(
        context.words.plain(key, words=words),
        buttons=buttons,
        source=source_of_nothing(context.today, context.words),
        data={"follow": words},
    )


def _list(context: Context) -> Answer:
    words = context.words
    followed = context.tx.follows.of(context.actor.key)
    source = source_of_nothing(context.today, words)
    if not followed:
        return Answer(words.plain("follows.none"), source=source, data={"follows": []})
    key = "follows.one" if len(followed) == 1 else "follows.some"
    return Answer(
        words.plain(key, total=len(followed)),
        (Listing(tuple((Plain(one.words),) for one in followed), first=1),),
        tuple(_stop(one, words) for one in followed[: 2 * PAGE]),
        source,
        data={"follows": [{"id": one.id, "words": one.words} for one in followed]},
    )


def _stop(follow: Follow, words: Words) -> Button:
    label = words.plain("follows.stop", words=follow.words)
    return Button(label, Press("follows", "stop", {"id": str(follow.id)}))


def _end(values: Mapping[str, str], context: Context) -> Answer:
    number, own = values.get("id", ""), context.tx.follows.of(context.actor.key)
    follow = next((one for one in own if str(one.id) == number), None)
    if follow is None or not context.tx.follows.end(follow.id, follow.follower, context.now):
        raise NotFound("follows.gone")
    return Answer(
        context.words.plain("follows.stopped", words=follow.words),
        source=source_of_nothing(context.today, context.words),
    )


def _end_one_of_the_list(number: int, context: Context) -> Answer:
    followed = context.tx.follows.of(context.actor.key)
    if number == ALL and followed:
        return _end_all(followed, context)
    if number == ALL:
        return _list(context)
    if number > len(followed):
        raise NotFound("follows.not_in_list", number=str(number))
    return _end({"id": str(followed[number - 1].id)}, context)


def _end_all(followed: Sequence[Follow], context: Context) -> Answer:
    for follow in followed:
        context.tx.follows.end(follow.id, follow.follower, context.now)
    names = "; ".join(follow.words for follow in followed)
    return Answer(
        context.words.plain("follows.stopped", words=names),
        source=source_of_nothing(context.today, context.words),
    )


def _safe(text: str) -> SafeText:
    words = " ".join(text.split())[:300]
    if not words:
        raise NotUnderstood("follows.what")
    try:
        return guard(words)
    except (Identifying, TooLong):
        raise NotUnderstood("follows.points_at_person") from None


def _show(values: Mapping[str, str], context: Context) -> Answer:
    del values
    return _list(context)


FEATURE = Feature(
    name="follows",
    command="volg",
    aliases=("suivre", "follow"),
    parse=parse,
    hear=hear,
    handle=handle,
    examples=(
        Example("/volg dagbesteding basisonderwijs Limburg", expect="bericht"),
        Example("/volg lijst", expect="volgt"),
        Example("Laat mij weten als er dagbesteding komt in Limburg", expect="Zal ik"),
        Example("Let me know when there is a new offering in Ghent", "Shall I", language="en"),
    ),
    right=Right.CONTRIBUTE,
    writes=True,
    verbs={
        "begin": Verb(Right.CONTRIBUTE, _begin),
        "stop": Verb(Right.CONTRIBUTE, _end),
        "list": Verb(Right.CONTRIBUTE, _show),
    },
)
