"""Answers as JSON, so that a letter can wait in the outbox and be sent as it was composed."""

from functools import cache
from typing import Any

from handlers.speech.answer import Answer, Part, Span


def write(answer: Answer) -> str:
    """Return an answer as JSON."""
    return _converter().dumps(answer, ensure_ascii=False)


def read(text: str) -> Answer:
    """Return the answer that `write` wrote.

    Raises:
        ValueError: If the text holds something other than an answer.
    """
    try:
        return _converter().loads(text, Answer)
    except (ExceptionGroup, AttributeError, TypeError, KeyError) as fault:
        raise ValueError("expected an answer as `pages.write` leaves it") from fault


@cache
def _converter() -> Any:  # noqa: ANN401 - the converter of cattrs, which is not imported above
    # Measured: cattrs and what it makes cost 4 % of a cold `brug ask`, which writes no letter.
    from cattrs.gen import (  # noqa: PLC0415
        make_dict_structure_fn,
        make_dict_unstructure_fn,
        override,
    )
    from cattrs.preconf.json import make_converter  # noqa: PLC0415
    from cattrs.strategies import configure_tagged_union  # noqa: PLC0415

    converter = make_converter()
    configure_tagged_union(Span, converter, tag_name="is")
    configure_tagged_union(Part, converter, tag_name="is")
    data = override(unstruct_hook=_as_it_is, struct_hook=_as_it_is)  # JSON already
    converter.register_unstructure_hook(
        Answer,
        make_dict_unstructure_fn(
            Answer, converter, data=data, attachments=override(omit_if_default=True)
        ),
    )
    converter.register_structure_hook(
        Answer,
        make_dict_structure_fn(Answer, converter, data=data, _cattrs_forbid_extra_keys=True),
    )
    return converter


def _as_it_is(value: Any, _: Any = None) -> Any:  # noqa: ANN401 - JSON is a tree of anything
    return value
