"""Debian's Chromium, driven as a person would: what Brug looks like is looked at.

Set BRUG_SCREENSHOTS to a folder to keep what the tests saw.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.peers.missing import missing

DESKTOP, PHONE = (1280, 850), (610, 844)
"""Width and height in pixels. The page keeps a sidebar of 220: the rest is a phone's width."""

_FLAGS = [
    "--no-sandbox",  # as root, in a container, with pages of our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def browsing() -> Generator[Browser]:
    """Start Chromium without a window, and stop it."""
    program = shutil.which("chromium")
    if program is None:
        missing("Chromium", "Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


def seen(page: Page, name: str) -> None:
    """Keep a picture of a page, where somebody wants to look at it."""
    if folder := os.environ.get("BRUG_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")
