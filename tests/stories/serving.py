"""Brug as it runs, on a thread beside the test: one server, its rooms, a port of its own."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from threading import Thread

from bot.rooms import Room
from bot.serving import server, site
from store import Store
from tests.waiting import free_port, until


@contextmanager
def served(
    rooms: Sequence[Room],
    store: Store,
    port: int = 0,
    letters: Callable[[], bool] = lambda: True,
) -> Generator[str]:
    """Serve rooms on loopback, and yield the address, without a slash at the end."""
    port = port or free_port()
    running = server(site(rooms, store, letters), "127.0.0.1", port)
    thread = Thread(target=running.run, name="brug", daemon=True)
    thread.start()
    until(lambda: running.started or not thread.is_alive(), "Brug serves")
    assert running.started
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "Brug did not stop"
