"""From an answer or a form to an Adaptive Card 1.5, and back from what Teams returns.

Texts in a card are Markdown, so what people typed is escaped (`_escaped`). Links stand in Markdown
too: a `TextRun` with an action, which would need no escaping, breaks lines and ignores mailto in
Teams (https://github.com/microsoft/AdaptiveCards/issues/9100 and /5804).

Elements: https://adaptivecards.microsoft.com/. Version 1.5 and its limits in Teams:
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, assert_never

from bot.characters import cut
from bot.lines import address, bars, chart_title, summary
from bot.presses import Malformed, buttons, fields, packed, strings, texts, to_json, unpacked
from bot.tidying import Parts, fit, tidy, tidy_form
from handlers.speech.answer import (
    Answer,
    Button,
    Chart,
    Facts,
    Link,
    Listing,
    Paragraph,
    Part,
    People,
    PersonCard,
    Plain,
    Press,
    Prose,
    Source,
    Strong,
    Weight,
)
from handlers.speech.form import ChoiceField, DateField, Field, Form, SearchField, TextField
from handlers.speech.words import Words

Element: TypeAlias = dict[str, Any]

PRESS = "brug.press"
"""The verb of every button, and the key of the press in its data."""

FORM = "brug.form"
"""The verb of a form's button, and the key of feature and state in its data."""

_ANSWER = "answer:"
"""What comes before a field's name, so that no answer takes the place of the data."""

_BYTES = 25_000
"""Of a card as JSON in UTF-8. Teams takes some 80 KB in UTF-16 from a bot, 28 KB through a webhook
(https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages)."""

_BUTTONS_BYTES = 15_000
_ACTIONS = 6
"""Teams shows no more in a row."""

_ROW, _BUTTON_FRAME = 41, 4
"""Characters in a row of buttons on a phone, and what the frame around a label takes of them."""

_HEADLINE = 600
_SOURCE = 300
_FALLBACK = 1000
_LABEL = 75
_OPTIONS = 100
_FEW_OPTIONS = 4
_STYLES: Mapping[Weight, Element] = {
    Weight.NORMAL: {},
    Weight.PRIMARY: {"style": "positive"},
    Weight.DANGER: {"style": "destructive"},
}

_ALWAYS = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)|\{(?=\{)")
"""What is Markdown anywhere in a line; the last are entities and the start of {{DATE(…)}}."""

_AT_THE_START = re.compile(r"^(\s*)(?=[-+#>])|^(\s*\d+)(?=[.)](?:\s|$))")
"""What is Markdown only there: lists (so "8500." would be an item), headings, quotes."""


def card(said: Answer | Form, words: Words, asked: str = "") -> Element:
    """Return the card of an answer or of a form.

    Args:
        said: What to show.
        words: The phrases of who reads it.
        asked: The words that led to an answer, for "Waarom?" and "Deel" (`presses.buttons`).

    Returns:
        A card of at most 25,000 bytes. Of an answer that does not fit, the end of the parts is
        cut, and said so; headline, source and buttons stay. A press comes back through `press`,
        a form through `form_state` and `form_values`.
    """
    match said:
        case Answer():
            return _answer(tidy(said), words, asked)
        case Form():
            return _form(tidy_form(said), words)
        case _:
            assert_never(said)


def press(data: object) -> Press:
    """Return the press in the `data` of an action that came back.

    Raises:
        Malformed: If it is not what a button of ours carries.
    """
    return unpacked(fields(data).get(PRESS))


def form_state(data: object) -> tuple[str, Mapping[str, str]]:
    """Return the feature and the state in the `data` of a form that came back.

    Raises:
        Malformed: If it is not what a form of ours carries.
    """
    back = fields(fields(data).get(FORM))
    feature = back.get("feature")
    if not isinstance(feature, str):
        raise Malformed("a form without a feature")
    return feature, strings(back.get("state"))


def form_values(data: object) -> Mapping[str, str]:
    """Return what was filled in, by the name of the field; "" for what was left empty.

    Text as typed, a choice as its value, several joined by commas, a day as YYYY-MM-DD.

    Raises:
        Malformed: If an answer is no text.
    """
    filled_in = fields(data).items()
    back = {n.removeprefix(_ANSWER): v for n, v in filled_in if n.startswith(_ANSWER)}
    return strings({name: "" if value is None else value for name, value in back.items()})


def _answer(answer: Answer, words: Words, asked: str) -> Element:
    head = _heading(cut(answer.headline, _HEADLINE))
    foot = [_source(answer.source, words)] if answer.source else []
    rows = _rows(_buttons(buttons(answer, words, asked)))
    foot += [{"type": "ActionSet", "actions": actions} for actions in rows]
    fallback = cut(summary(answer, words), _FALLBACK)

    def draw(parts: Parts) -> Element:
        body = [element for part in parts for element in _part(part, words)]
        return _card([head, *body, *foot], fallback, words)

    notice = Paragraph(words.prose("room.shortened"))
    return fit(answer.parts, notice, draw, lambda drawn: _size(drawn) / _BYTES)


def _form(form: Form, words: Words) -> Element:
    head = _heading(form.title)
    intro = [_text(_markdown(form.intro))] if form.intro else []
    asked = [element for field in form.fields for element in _field(field, words)]
    data = {FORM: {"feature": form.feature, "state": texts(form.state)}}
    send = {
        "type": "Action.Execute",
        "title": cut(form.submit, _LABEL),
        "verb": FORM,
        "data": data,
        "style": "positive",
    }
    return _card([head, *intro, *asked], form.title, words) | {"actions": [send]}


def _card(body: list[Element], fallback: str, words: Words) -> Element:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": words.language,
        "fallbackText": fallback,
        "body": body,
    }


def _size(drawn: object) -> int:
    return len(to_json(drawn).encode())


def _part(part: Part, words: Words) -> list[Element]:
    match part:
        case Paragraph(prose):
            return [_text(_markdown(prose))]
        case Listing(items, first):
            # One list in one text: between elements a phone leaves as much room as a finger.
            shown = (_in_one_line(_markdown(item)) for item in items)
            if first:
                shown = (f"{number}. {line}" for number, line in enumerate(shown, start=first))
            else:
                shown = (f"- {line}" for line in shown)
            return [_text("\n".join(shown))]
        case Facts(pairs):
            facts = ((_escaped(name), _in_one_line(_markdown(value))) for name, value in pairs)
            return [_facts(facts)]
        case People(cards):
            return [_person(person) for person in cards]
        case Chart():
            rows = bars(part, words)
            title = _text(_escaped(chart_title(part)), weight="Bolder")
            return [title, _facts((_escaped(label), f"{bar} {n}") for label, bar, n in rows)]
        case _:
            assert_never(part)


def _facts(pairs: Iterable[tuple[str, str]]) -> Element:
    facts = [{"title": name, "value": value or " "} for name, value in pairs]
    return {"type": "FactSet", "facts": facts}


def _person(person: PersonCard) -> Element:
    """One under the other, each on a ground of its own: side by side is too narrow on a phone."""
    rest = [
        _text(_escaped(person.role), isSubtle=True) if person.role else None,
        _text(_markdown(address(person))) if person.email else None,
        _text(_markdown(person.note)) if person.note else None,
    ]
    items = [
        _text(_escaped(person.name), weight="Bolder"),
        *(item | {"spacing": "None"} for item in rest if item),
    ]
    return {"type": "Container", "style": "emphasis", "items": items}


def _source(source: Source, words: Words) -> Element:
    text = _escaped(words.plain("room.source", source=cut(source.text, _SOURCE)))
    link = (Plain(" "), Link(words.plain("room.read_source"), source.url)) if source.url else ()
    return _text(text + _markdown(link), size="Small", isSubtle=True, spacing="Medium")


def _buttons(wanted: Sequence[Button]) -> list[Element]:
    drawn, left = list[Element](), _BUTTONS_BYTES
    for button in wanted:
        action: Element = {
            "type": "Action.Execute",
            "title": cut(button.label, _LABEL),
            "verb": PRESS,
            "data": {PRESS: packed(button.press)},
        } | _STYLES[button.weight]
        left -= _size(action)
        if left >= 0:
            drawn.append(action)
    return drawn


def _rows(actions: Iterable[Element]) -> list[list[Element]]:
    """Return buttons in rows that a phone shows with whole labels: Teams cuts, it doesn't wrap."""
    rows, left = list[list[Element]](), 0
    for action in actions:
        width = len(action["title"]) + _BUTTON_FRAME
        if not rows or width > left or len(rows[-1]) == _ACTIONS:
            rows.append([])
            left = _ROW
        rows[-1].append(action)
        left -= width
    return rows


def _field(field: Field, words: Words) -> list[Element]:
    common: Element = {"id": _ANSWER + field.name, "label": field.label}
    if field.required:
        common |= {"isRequired": True, "errorMessage": words.plain("room.fill_in")}
    match field:
        case TextField():
            drawn = _text_input(field)
        case ChoiceField():
            drawn = _choice(field, words)
        case SearchField():
            drawn = _search(field, words)
        case DateField():
            drawn = {"type": "Input.Date"}
            drawn |= {"value": field.initial.isoformat()} if field.initial else {}
        case _:
            assert_never(field)
    hint = _text(_escaped(field.hint), size="Small", isSubtle=True, spacing="None")
    return [drawn | common, *([hint] if field.hint else [])]


def _text_input(field: TextField) -> Element:
    longest = max(1, field.max_length)
    drawn: Element = {"type": "Input.Text", "maxLength": longest}
    drawn |= {"isMultiline": True} if field.multiline else {}
    return drawn | ({"value": cut(field.initial, longest)} if field.initial else {})


def _choice(field: ChoiceField, words: Words) -> Element:
    """A few options lie open, on a phone that is one tap less; several always do in Teams."""
    choices = [{"title": shown, "value": value} for value, shown in field.options[:_OPTIONS]]
    known = [choice["value"] for choice in choices if choice["value"] in field.initial]
    drawn: Element = {"type": "Input.ChoiceSet", "wrap": True, "choices": choices}
    if field.several:
        drawn |= {"isMultiSelect": True, "style": "expanded"}
    elif len(choices) <= _FEW_OPTIONS:
        drawn |= {"style": "expanded"}
    else:
        drawn |= {"placeholder": words.plain("room.choose")}
    chosen = ",".join(known if field.several else known[:1])
    return drawn | ({"value": chosen} if chosen else {})


def _search(field: SearchField, words: Words) -> Element:
    """A list that one filters by typing; more than that is typed, and understood when it comes."""
    value = {"value": field.initial[0 if field.options else 1]} if field.initial else {}
    placeholder = {"placeholder": words.plain("room.type_to_search")}
    if not field.options:
        return {"type": "Input.Text", "maxLength": _LABEL, **placeholder, **value}
    choices = [{"title": shown, "value": value} for value, shown in field.options[:_OPTIONS]]
    drawn: Element = {"type": "Input.ChoiceSet", "style": "filtered", "choices": choices}
    return drawn | placeholder | value


def _heading(text: str) -> Element:
    return _text(_escaped(text), size="Medium", weight="Bolder", style="heading")


def _text(text: str, **style: object) -> Element:
    return {"type": "TextBlock", "text": text.strip(), "wrap": True, **style}


def _markdown(prose: Prose) -> str:
    written = list[str]()
    for span in prose:
        match span:
            case Plain(text):
                written.append(_escaped(text))
            case Strong(text):
                written.append(_strong(text))
            case Link(text, url):
                goes = url.replace("(", "%28").replace(")", "%29")
                before = "".join(written)
                if before.endswith("!"):  # a mark and a link are a picture
                    written = [f"{before[:-1]}\\!"]
                written.append(f"[{_escaped(text)}]({goes})")
            case _:
                assert_never(span)
    return "".join(written)


def _strong(text: str) -> str:
    """Blanks stand outside the asterisks, or they are no markup."""
    core = text.strip()
    before, _, after = text.partition(core) if core else (text, "", "")
    return f"{_escaped(before)}**{_escaped(core)}**{_escaped(after)}" if core else text


def _in_one_line(markdown: str) -> str:
    return " ".join(markdown.split())


def _escaped(text: str) -> str:
    """Return text of which Markdown makes the same text; a line break becomes a paragraph.

    Blanks that would indent a line are left out: four of them make code.
    """
    first, *more = (_ALWAYS.sub(r"\\\g<0>", line) for line in text.split("\n"))
    lines = (first, *(line.lstrip() for line in more))
    return "\n\n".join(_AT_THE_START.sub(r"\g<0>\\", line) for line in lines)
