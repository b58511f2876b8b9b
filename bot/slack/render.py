"""From an answer or a form to Block Kit, and back from what Slack returns.

Prose becomes `rich_text`, which takes spans as they are: no string of markup is put together, so
nothing that people typed can become markup. The few fields that are markup hold fixed phrases.

Limits: https://docs.slack.dev/reference/block-kit/blocks, and the doc comments of npm's
`@slack/types` 3.2.0, against which the tests check every limit.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, assert_never, cast

from bot.characters import cut, units
from bot.lines import address, chart_rows, chart_title, summary
from bot.presses import (
    Malformed,
    buttons,
    fields,
    from_json,
    packed,
    strings,
    texts,
    to_json,
    unpacked,
)
from bot.tidying import NOTHING, Parts, fit, tidy, tidy_form
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
    Span,
    Strong,
    Weight,
)
from handlers.speech.form import ChoiceField, DateField, Field, Form, SearchField, TextField
from handlers.speech.words import Words

Block: TypeAlias = dict[str, Any]

PRESS = "press"
"""Every button's action_id is "press:" and a number that is unique in its message."""

SEARCH = "search"
"""What is found by typing has the action_id "search:" and the name of what is searched."""

ANSWER = "answer"
"""The action_id of every field of a form; its block_id is the field's name."""

_BLOCKS = 50
_CHARACTERS = 11_000
"""In all the blocks of a message, as JSON, so with the frames around the texts. Undocumented: from
12,000 in texts, some 13,200 with frames, Slack answers `msg_blocks_too_long`
(https://github.com/slackapi/bolt-js/issues/2509 and /2867)."""

_BUTTONS_CHARACTERS = 9_000
"""Of those, for buttons: five with the longest press that `Press` allows."""

_TEXT = 3000
_HEADER = 150
_HEADLINE = 600
_SOURCE = 300
_TITLE = 24
_LABEL = 75
_BUTTONS = 25
_VALUE = 2000
_QUESTION = 2000
_OPTIONS = 100
_PLACEHOLDER = 150
_FEW_OPTIONS = 4
_METADATA = 3000


def message(answer: Answer, words: Words, asked: str = "") -> Block:
    """Return a whole message.

    Args:
        answer: What to say.
        words: The phrases of who reads it.
        asked: The words that led to it, for "Waarom?" and "Deel in kanaal" (`presses.buttons`).

    Returns:
        `text`, for notifications and screen readers, at most 3,000 characters before escaping;
        `blocks`; and no previews of links.
    """
    answer = tidy(answer)
    return {
        "text": _escaped(cut(summary(answer, words), _TEXT)),
        "blocks": _drawn(answer, words, asked),
        "unfurl_links": False,
        "unfurl_media": False,
    }


def blocks(answer: Answer, words: Words, asked: str = "") -> list[Block]:
    """Return the blocks of an answer: at most 50, and at most 11,000 characters as JSON.

    What does not fit is cut from the end of the parts, and said so. Headline, source and buttons
    stay; only a button whose press does not fit in 2,000 characters is left out, because half a
    press is another press.
    """
    return _drawn(tidy(answer), words, asked)


def _drawn(answer: Answer, words: Words, asked: str) -> list[Block]:
    head = _headline(answer.headline)
    foot = [_source(answer.source, words)] if answer.source else []
    if pressable := _buttons(buttons(answer, words, asked)):
        foot.append({"type": "actions", "block_id": "buttons", "elements": pressable})

    def draw(parts: Parts) -> list[Block]:
        body = (block for part in parts for block in _part(part, words))
        return [head, *body, *foot]

    return fit(answer.parts, Paragraph(words.prose("room.shortened")), draw, _load)


def page(answer: Answer, words: Words, asked: str = "") -> Block:
    """Return the modal that shows an answer, in the place of the form that led to it."""
    return {
        "type": "modal",
        "title": _plain(words.plain("room.name"), _TITLE),
        "close": _plain(words.plain("room.close"), _TITLE),
        "blocks": blocks(answer, words, asked),
    }


def modal(form: Form, words: Words) -> Block:
    """Return the modal of a form. It comes back through `form_values` and `form_state`.

    Raises:
        ValueError: If the form's state does not fit in the 3,000 characters that Slack keeps.
    """
    form = tidy_form(form)
    state = to_json(texts(form.state))
    if len(state) > _METADATA:
        raise ValueError(f"{form.feature}: a form's state takes at most {_METADATA} characters")
    intro = [_rich(_section(form.intro))] if form.intro else []
    return {
        "type": "modal",
        "callback_id": form.feature,
        "private_metadata": state,
        "title": _plain(form.title, _TITLE),
        "submit": _plain(form.submit, _TITLE),
        "close": _plain(words.plain("room.cancel"), _TITLE),
        "blocks": [*intro, *(_field(field, words) for field in form.fields)],
    }


def press(value: object) -> Press:
    """Return the press in the `value` of a button that came back.

    Raises:
        Malformed: If it is not what a button of ours carries.
    """
    return unpacked(from_json(value))


def form_state(private_metadata: object) -> Mapping[str, str]:
    """Return the state in the `private_metadata` of a form that came back.

    Raises:
        Malformed: If it is not what a form of ours carries.
    """
    return strings(from_json(private_metadata))


def form_values(values: object) -> Mapping[str, str]:
    """Return what was filled in, by the name of the field.

    Args:
        values: `view["state"]["values"]` of a view_submission.

    Returns:
        Text as typed, a choice as its value, several joined by commas, a day as YYYY-MM-DD, and
        "" for what was left empty.

    Raises:
        Malformed: If it is not what a form of ours sends back.
    """
    filled_in = fields(values).items()
    return {name: _filled_in(_of_ours(fields(element))) for name, element in filled_in}


def _of_ours(block: Mapping[str, object]) -> Mapping[str, object]:
    searched = (block[name] for name in block if name.startswith(f"{SEARCH}:"))
    return fields(block.get(ANSWER) or next(searched, None))


def _filled_in(element: Mapping[str, object]) -> str:
    match element.get("type"):
        case "plain_text_input":
            return _text(element.get("value"))
        case "datepicker":
            return _text(element.get("selected_date"))
        case "static_select" | "external_select" | "radio_buttons":
            chosen = element.get("selected_option")
            return "" if chosen is None else _text(fields(chosen).get("value"))
        case "multi_static_select" | "checkboxes":
            several = element.get("selected_options")
            if not isinstance(several, list):
                raise Malformed("a list of options was expected")
            options = cast("list[object]", several)
            return ",".join(_text(fields(option).get("value")) for option in options)
        case _:
            raise Malformed("an element that no form of ours has")


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed("text was expected")
    return value


def _headline(text: str) -> Block:
    """A header is a heading to a screen reader too, but short; a longer line is bold instead."""
    if units(text) <= _HEADER:
        return {"type": "header", "text": _plain(text, _HEADER)}
    return _rich(_section((Strong(cut(text, _HEADLINE)),)))


def _load(drawn: list[Block]) -> float:
    return max(len(drawn) / _BLOCKS, len(to_json(drawn)) / _CHARACTERS)


def _part(part: Part, words: Words) -> list[Block]:
    match part:
        case Paragraph(prose):
            return [_rich(_section(prose))]
        case Listing(items, first):
            return [_rich(_list(items, first))]
        case Facts(pairs):
            # The names in bold, one fact a line: two columns would not fit on a phone.
            facts = ((Strong(name), Plain("  "), *value) for name, value in pairs)
            return [_rich(_section(_on_lines(facts)))]
        case People(cards):
            # The bar of a quote beside each person sets them apart, on a phone as well.
            return [_rich(_quote(_person(card))) for card in cards]
        case Chart():
            rows = {"type": "text", "text": "\n".join(chart_rows(part, words))}
            bars = {"type": "rich_text_preformatted", "elements": [rows]}
            return [_rich(_section((Strong(chart_title(part)),)), bars)]
        case _:
            assert_never(part)


def _person(card: PersonCard) -> Prose:
    lines: tuple[Prose, ...] = (
        (Strong(card.name),),
        (Plain(card.role),) if card.role else (),
        address(card),
        card.note,
    )
    return _on_lines(line for line in lines if line)


def _on_lines(lines: Iterable[Prose]) -> Prose:
    """Return lines as one prose: whether two sections stand on two lines is up to the client."""
    spans = (span for line in lines for span in (Plain("\n"), *line))
    return tuple(spans)[1:]


def _rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def _section(prose: Prose) -> Block:
    return {"type": "rich_text_section", "elements": [_span(span) for span in prose]}


def _quote(prose: Prose) -> Block:
    return {"type": "rich_text_quote", "elements": [_span(span) for span in prose]}


def _list(items: Sequence[Prose], first: int) -> Block:
    if first > 1:
        # Slack's own types know no list that begins further on, so the numbers are text.
        lines = enumerate(items, start=first)
        return _section(_on_lines((Plain(f"{number}. "), *item) for number, item in lines))
    return {
        "type": "rich_text_list",
        "style": "ordered" if first else "bullet",
        "elements": [*map(_section, items)],
    }


def _span(span: Span) -> Block:
    match span:
        case Plain(text):
            return {"type": "text", "text": text}
        case Strong(text):
            return {"type": "text", "text": text, "style": {"bold": True}}
        case Link(text, url):
            return {"type": "link", "text": text, "url": url}
        case _:
            assert_never(span)


def _source(source: Source, words: Words) -> Block:
    elements = [_plain(words.plain("room.source", source=source.text), _SOURCE)]
    if source.url:
        link = f"<{_escaped(source.url)}|{words.plain('room.read_source')}>"
        elements.append({"type": "mrkdwn", "text": link})
    return {"type": "context", "elements": elements}


def _buttons(wanted: Iterable[Button]) -> list[Block]:
    drawn, left = list[Block](), _BUTTONS_CHARACTERS
    for number, button in enumerate(wanted):
        block = _button(button, f"{PRESS}:{number}")
        left -= len(to_json(block)) + 1
        if len(block["value"]) <= _VALUE and left >= 0 and len(drawn) < _BUTTONS:
            drawn.append(block)
    return drawn


def _button(button: Button, action_id: str) -> Block:
    drawn: Block = {
        "type": "button",
        "action_id": action_id,
        "text": _plain(button.label, _LABEL),
        "value": to_json(packed(button.press)),
    }
    return drawn if button.weight is Weight.NORMAL else drawn | {"style": button.weight.value}


def _field(field: Field, words: Words) -> Block:
    match field:
        case TextField():
            element = _text_input(field)
        case ChoiceField():
            element = _choice(field, words)
        case SearchField():
            element = _search(field, words)
        case DateField():
            element: Block = {"type": "datepicker"}
            if field.initial:
                element["initial_date"] = field.initial.isoformat()
        case _:
            assert_never(field)
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "label": _plain(field.label, _QUESTION),
        "element": {"action_id": ANSWER} | element,
        "optional": not field.required,
    }
    return block | ({"hint": _plain(field.hint, _QUESTION)} if field.hint else {})


def _text_input(field: TextField) -> Block:
    longest = max(1, min(field.max_length, _TEXT))
    element: Block = {
        "type": "plain_text_input",
        "multiline": field.multiline,
        "max_length": longest,
    }
    return element | ({"initial_value": cut(field.initial, longest)} if field.initial else {})


def _choice(field: ChoiceField, words: Words) -> Block:
    """A few options lie open, on a phone that is one tap less. Radio buttons can't be unchosen."""
    options = [_option(value, shown) for value, shown in field.options[:_OPTIONS]]
    chosen = [option for option in options if option["value"] in field.initial]
    few = len(options) <= _FEW_OPTIONS and (field.several or field.required)
    key = "room.choose_several" if field.several else "room.choose"
    placeholder = {} if few else {"placeholder": _plain(words.plain(key), _PLACEHOLDER)}
    if field.several:
        kind = "checkboxes" if few else "multi_static_select"
        initial: Block = {"initial_options": chosen} if chosen else {}
    else:
        kind = "radio_buttons" if few else "static_select"
        initial = {"initial_option": chosen[0]} if chosen else {}
    return {"type": kind, "options": options} | placeholder | initial


def _search(field: SearchField, words: Words) -> Block:
    """Slack filters a list that it has while somebody types; only of more does it ask Brug."""
    if field.options:
        chosen = (field.initial[0],) if field.initial else ()
        return _choice(ChoiceField(field.name, field.label, field.options, initial=chosen), words)
    element = finder(field.source, words.plain("room.type_to_search"))
    initial = {"initial_option": _option(*field.initial)} if field.initial else {}
    return element | initial


def finder(source: str, placeholder: str) -> Block:
    """Return the element in which somebody types and Brug suggests.

    Args:
        source: What is searched, a name in `handlers.suggesting`.
        placeholder: What stands in it at first.
    """
    return {
        "type": "external_select",
        "action_id": f"{SEARCH}:{source}",
        "min_query_length": 0,
        "placeholder": _plain(placeholder, _PLACEHOLDER),
    }


def suggestions(options: Iterable[tuple[str, str]]) -> Block:
    """Return the answer to Slack's question what may be meant."""
    return {"options": [_option(value, shown) for value, shown in options][:_OPTIONS]}


def _option(value: str, shown: str) -> Block:
    return {"text": _plain(shown, _LABEL), "value": value}


def _plain(text: str, limit: int) -> Block:
    # Without `emoji` a typed ":no_entry:" stays what it is.
    return {"type": "plain_text", "text": cut(text, limit) or NOTHING, "emoji": False}


def _escaped(text: str) -> str:
    """Return text with the three characters that Slack's markup is made of taken away.

    Source: https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
