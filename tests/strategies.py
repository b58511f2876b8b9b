"""Any answer and any form at all, hostile ones included, within what the model promises."""

import string
from datetime import date

from hypothesis import strategies as st

from handlers.speech.answer import (
    Answer,
    Audience,
    Button,
    Chart,
    Facts,
    Kind,
    Link,
    Listing,
    Paragraph,
    People,
    PersonCard,
    Plain,
    Press,
    Source,
    Strong,
    Weight,
)
from handlers.speech.form import TITLE_LENGTH, ChoiceField, DateField, Form, TextField

HOSTILE = (
    "",
    " ",
    "\n",
    "<!channel> <@U01ALICE> <https://example.org|klik>",
    "*x* _x_ ~x~ `x` ```x```",
    "[a](javascript:alert(1)) ![a](https://example.org/x.png) <b>x</b>",
    "- a\n1. b\n# c\n> d\n---\n| a | b |\n|---|---|",
    "&lt;!channel&gt; &amp; {{DATE(2026-11-23T00:00:00Z)}} ${naam}",
    ":no_entry: :smile:",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 40,
    "\u202eomgekeerd\u202c \u2066x\u2069 שלום",
    "\ud800 los \udfff",
    "NUL\x00 BEL\x07 ESC\x1b[31mrood\x1b]0;titel\x07 \x9b2J \x7f",
    "'; drop table x; --",
    "[bold red]rich[/] {0} %s",
    "a" * 10_000,
    "é\u0301" * 2_000,
)

anything = st.text(alphabet=st.characters(), max_size=300)
surrogates = st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Po"]), max_size=40)
texts = st.one_of(st.sampled_from(HOSTILE), anything, surrogates, st.text(max_size=5000))
urls = st.sampled_from(
    (
        "https://example.org/a_b(c)?q=1&r=*2*",
        "mailto:noor.voorbeeld@example.org",
        "javascript:alert(1)",
        "https://example.org/ met spatie",
        "https://example.org/>|x",
        "https://example.org/" + "a" * 3000,
        "",
    )
)
spans = st.one_of(st.builds(Plain, texts), st.builds(Strong, texts), st.builds(Link, texts, urls))
proses = st.lists(spans, max_size=4).map(tuple)
cards = st.builds(
    PersonCard, texts, texts, st.just("noor.voorbeeld@example.org") | texts, proses | st.just(())
)
heights = st.floats() | st.floats(0, 100)
parts = st.one_of(
    st.builds(Paragraph, proses),
    st.builds(Listing, st.lists(proses, max_size=6).map(tuple), st.integers(0, 40)),
    st.builds(Facts, st.lists(st.tuples(texts, proses), max_size=6).map(tuple)),
    st.builds(People, st.lists(cards, max_size=6).map(tuple)),
    st.builds(Chart, texts, texts, st.lists(st.tuples(texts, heights), max_size=6).map(tuple)),
)
slugs = st.text(string.ascii_lowercase, min_size=1, max_size=20)
small_values = st.dictionaries(slugs, st.text(max_size=120) | surrogates, max_size=4)
presses = st.builds(Press, slugs | st.just(""), slugs, small_values)
buttons = st.builds(Button, texts, presses, st.sampled_from(Weight))
sources = st.builds(Source, texts, st.none() | st.dates(), urls)
answers = st.builds(
    Answer,
    headline=texts,
    parts=st.lists(parts, max_size=8).map(tuple) | st.lists(parts, max_size=60).map(tuple),
    buttons=st.lists(buttons, max_size=5).map(tuple),
    source=st.none() | sources,
    why=st.lists(proses, max_size=3).map(tuple),
    kind=st.sampled_from(Kind),
    audience=st.sampled_from(Audience),
    shareable=st.booleans(),
)

values = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=75)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
options = st.lists(
    st.tuples(values, texts), min_size=1, max_size=12, unique_by=lambda option: option[0]
).map(tuple)


@st.composite
def choice_fields(draw: st.DrawFn, name: str) -> ChoiceField:
    offered = draw(options)
    several = draw(st.booleans())
    chosen = draw(st.lists(st.sampled_from([value for value, _ in offered]), unique=True))
    initial = tuple(chosen if several else chosen[:1])
    return ChoiceField(
        name, draw(texts), offered, draw(texts), draw(st.booleans()), several, initial
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    fields = list[TextField | ChoiceField | DateField]()
    for name in draw(st.lists(slugs, min_size=1, max_size=8, unique=True)):
        kinds = (
            st.builds(
                TextField,
                st.just(name),
                texts,
                texts,
                st.booleans(),
                st.booleans(),
                st.integers(1, 3000),
                texts,
            ),
            choice_fields(name),
            st.builds(DateField, st.just(name), texts, texts, st.booleans(), st.none() | days),
        )
        fields.append(draw(st.one_of(kinds)))
    title = st.text(max_size=TITLE_LENGTH) | texts
    return Form(
        draw(slugs), draw(title), tuple(fields), draw(title), draw(proses), draw(small_values)
    )
