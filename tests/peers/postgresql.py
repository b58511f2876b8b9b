"""A PostgreSQL server of our own: started for the tests, on loopback, gone with them."""

import os
import pwd
import shutil
import socket
import subprocess
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.peers.missing import missing

WHAT, HOW = "PostgreSQL", "Debian: apt-get install postgresql"


@dataclass(frozen=True)
class Cluster:
    """A running server; `url` names its database for maintenance."""

    url: str

    def new_database(self, name: str, template: str = "template0") -> str:
        """Make a database, and return its URL."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        engine.dispose()
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def copy_of(self, template: str) -> str:
        """Make a copy of a database that nobody is connected to, and return its URL."""
        return self.new_database(f"test_{uuid.uuid4().hex[:12]}", template)


@contextmanager
def running_cluster(folder: Path) -> Generator[Cluster]:
    """Use the server that TEST_POSTGRESQL_URL names, or start one of our own."""
    if url := os.environ.get("TEST_POSTGRESQL_URL"):
        yield Cluster(url)
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    home = programs[0] if programs else Path(on_path).parent if on_path else None
    if home is None:
        missing(WHAT, HOW)
    data, port = folder / "data", _free_port()
    # PostgreSQL refuses to run as root: Debian's package comes with a user for it.
    owner = _owner()
    for path in (folder, *folder.parents):
        if owner and path.is_relative_to("/tmp") and path != Path("/tmp"):  # noqa: S108 - pytest's own
            path.chmod(path.stat().st_mode | 0o011)
    if owner:
        os.chown(folder, *owner)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    _run([str(home / "initdb"), "-D", str(data), "-U", "brug", "-A", "trust", "-E", "UTF8"], owner)
    log = str(folder / "log")
    _run([str(home / "pg_ctl"), "-D", str(data), "-l", log, "-o", options, "-w", "start"], owner)
    try:
        yield Cluster(f"postgresql+psycopg://brug@127.0.0.1:{port}/postgres")
    finally:
        _run([str(home / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"], owner)


def _owner() -> tuple[int, int] | None:
    if os.geteuid() != 0:
        return None
    try:
        found = pwd.getpwnam("postgres")
    except KeyError:
        missing("the user postgres, as whom root can start PostgreSQL", HOW)
    return found.pw_uid, found.pw_gid


def _run(command: Sequence[str], owner: tuple[int, int] | None) -> None:
    user, group = owner or (None, None)
    done = subprocess.run(
        command, user=user, group=group, capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode != 0:
        pytest.fail(f"{Path(command[0]).name} failed: {done.stderr[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
