"""Answers as JSON, so that a letter can wait in the outbox and be sent as it was composed."""

from typing import Any

from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union

from handlers.speech.answer import Answer, Part, Span

_CONVERTER = make_converter()
configure_tagged_union(Span, _CONVERTER, tag_name="is")
configure_tagged_union(Part, _CONVERTER, tag_name="is")


def _as_it_is(value: Any, _: Any = None) -> Any:  # noqa: ANN401 - JSON is a tree of anything
    return value


_DATA = override(unstruct_hook=_as_it_is, struct_hook=_as_it_is)  # JSON already
_CONVERTER.register_unstructure_hook(
    Answer,
    make_dict_unstructure_fn(
        Answer, _CONVERTER, data=_DATA, attachments=override(omit_if_default=True)
    ),
)
_CONVERTER.register_structure_hook(
    Answer, make_dict_structure_fn(Answer, _CONVERTER, data=_DATA, _cattrs_forbid_extra_keys=True)
)


def write(answer: Answer) -> str:
    """Return an answer as JSON."""
    return _CONVERTER.dumps(answer, ensure_ascii=False)


def read(text: str) -> Answer:
    """Return the answer that `write` wrote.

    Raises:
        ValueError: If the text holds something other than an answer.
    """
    try:
        return _CONVERTER.loads(text, Answer)
    except (ExceptionGroup, AttributeError, TypeError, KeyError) as fault:
        raise ValueError("expected an answer as `pages.write` leaves it") from fault
