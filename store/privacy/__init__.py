"""What may be kept, and the only door to keeping it.

The store takes free text as `SafeText` only, and `guard` is the only function that makes one: text
that nobody looked at does not type-check. Nothing in here logs, prints or stores a text, and no
error's message holds a word of one.

Reading order: `finding` (what is found, verdicts, errors), `plain` (a text without disguises),
`identifiers` and `traces` (numbers, addresses, dates), `persons` with `neighbours`, `namesakes`
and `initials` (names), `circumstances` (one child without a name), `guarding` (the door).
`vocabulary` and `wordlists` hold the words, `expression` looks for them before it asks `re`.

The policy (which kinds refuse and which warn) stands in `finding.Kind`.

    NotKept                 the text may not be kept
    ├── Identifying         it points at a person: see its `finding`
    └── TooLong             it is longer than anyone reads
"""

from store.privacy.finding import (
    LIMIT,
    MARK,
    Finding,
    Identifying,
    Kind,
    NotKept,
    Span,
    TooLong,
    Verdict,
)
from store.privacy.guarding import (
    Rule,
    Rules,
    SafeText,
    guard,
    inspect,
    standard_rules,
    warm_up,
    without,
)

__all__ = [
    "LIMIT",
    "MARK",
    "Finding",
    "Identifying",
    "Kind",
    "NotKept",
    "Rule",
    "Rules",
    "SafeText",
    "Span",
    "TooLong",
    "Verdict",
    "guard",
    "inspect",
    "standard_rules",
    "warm_up",
    "without",
]
