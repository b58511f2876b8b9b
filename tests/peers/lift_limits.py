"""Slack's limits, from the doc comments of its types into the schema made of those types.

TypeScript cannot say "at most 75 characters", so Slack says it in comments, and the schema
generator keeps those as `description`. Here such sentences become maxLength, maxItems, minLength.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any, TypeAlias, cast

Schema: TypeAlias = dict[str, Any]

_NUMBER = r"(\d[\d,]*)"
_WHERE = r"(?:this field|the `?text`? (?:field )?(?:with)?in this (?:field|object)|)"
_LONGEST = (
    rf"max(?:imum)? length (?:for|of) {_WHERE} ?(?:is |of )?{_NUMBER} char",
    rf"max(?:imum)? length (?:of|is) {_NUMBER} char",
    rf"Limit {_NUMBER} characters max",
)
_LESS = rf"must be less than {_NUMBER} char"
_MOST = (
    rf"maximum of {_NUMBER} (?:elements|options|items)",
    rf"maximum number of (?:items|options|option groups) is {_NUMBER}",
    rf"maximum {_NUMBER} (?:cards|blocks|items|rows)",
    rf"max of {_NUMBER} blocks",
    rf"up to {_NUMBER} ",
)
_NOT_EMPTY = r"minimum (?:`text` )?length(?: for the `text` in this field)? is 1"
_SPEAKS_OF_A_LIMIT = r"max(imum)? (length|number|\d)"


def lift(schema: Schema) -> tuple[Schema, int, list[str]]:
    """Return a schema with its limits, how many there were, and the sentences not understood."""
    lifted, count, missed = copy.deepcopy(schema), 0, list[str]()
    for name, properties in list(_all_properties(lifted["definitions"])):
        sentence = " ".join(str(properties[name].get("description", "")).split())
        limits = _limits(sentence)
        if limits:
            properties[name] = _limited(properties[name], limits)
            count += 1
        elif properties[name].get("type") == "number":
            continue  # the limit of what people fill in, not of what we send
        elif re.search(_SPEAKS_OF_A_LIMIT, sentence, re.IGNORECASE):
            missed.append(f"{name}: {sentence}")
    _add_what_stands_elsewhere(lifted["definitions"])
    return lifted, count, missed


def _add_what_stands_elsewhere(definitions: Schema) -> None:
    """Add limits that Slack states on pages, not at the property.

    Sources: https://docs.slack.dev/reference/block-kit/blocks (50 in a message, 100 in a view) and
    https://docs.slack.dev/reference/block-kit/blocks/section-block.
    """
    definitions["MessageBlocks"]["maxItems"] = 50
    for view in ("Modal", "Home"):
        definitions[view]["properties"]["blocks"]["maxItems"] = 100
    section = definitions["SectionBlock"]
    section["anyOf"] = [{"required": ["text"]}, {"required": ["fields"]}]
    fields = section["properties"]["fields"]
    short = {"properties": {"text": {"maxLength": 2000}}}
    fields.update(minItems=1, maxItems=10, items={"allOf": [fields["items"], short]})
    definitions["MrkdwnElement"]["properties"]["text"]["minLength"] = 1


def _all_properties(node: Any) -> Iterator[tuple[str, Schema]]:  # noqa: ANN401 - any JSON
    if isinstance(node, list):
        for item in cast("list[Any]", node):
            yield from _all_properties(item)
    elif isinstance(node, dict):
        branch = cast("Schema", node)
        named = branch.get("properties")
        if isinstance(named, dict):
            properties = cast("Schema", named)
            for name, value in properties.items():
                if isinstance(value, dict):
                    yield name, properties
        for value in branch.values():
            yield from _all_properties(value)


def _limits(sentence: str) -> dict[str, int]:
    found = dict[str, int]()
    for pattern in _LONGEST:
        if match := re.search(pattern, sentence, re.IGNORECASE):
            found["longest"] = _number(match)
            break
    if match := re.search(_LESS, sentence, re.IGNORECASE):
        found["longest"] = _number(match) - 1
    for pattern in _MOST:
        if match := re.search(pattern, sentence, re.IGNORECASE):
            found["most"] = _number(match)
            break
    if re.search(_NOT_EMPTY, sentence, re.IGNORECASE):
        found["shortest"] = 1
    return found


def _number(match: re.Match[str]) -> int:
    return int(match[1].replace(",", ""))


def _limited(value: Schema, limits: dict[str, int]) -> Schema:
    match value.get("type"):
        case "string":
            names = {"longest": "maxLength", "shortest": "minLength"}
            return value | {names[key]: n for key, n in limits.items() if key in names}
        case "array":
            return value | ({"maxItems": limits["most"]} if "most" in limits else {})
        case _ if "longest" in limits:
            # A text object: the limit is that of the text inside.
            text = {"maxLength": limits["longest"], "minLength": 1}
            return {"allOf": [value, {"properties": {"text": text}}]}
        case _:
            return value
