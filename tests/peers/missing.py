"""What a test does when a real part is not on this machine."""

import os
from typing import NoReturn

import pytest


def missing(what: str, how: str) -> NoReturn:
    """Skip the test and say what is missing; where every part must be there, fail.

    Args:
        what: What is missing.
        how: How to get it.
    """
    message = f"{what} is missing: {how}"
    if os.environ.get("BRUG_REQUIRE_PEERS") == "1":
        pytest.fail(message)
    pytest.skip(message)
