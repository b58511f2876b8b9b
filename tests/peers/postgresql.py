"""A PostgreSQL server of our own: started for the tests, on loopback, gone with them."""

import os
import pwd
import shutil
import socket
import subprocess
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.peers.missing import missing

WHAT, HOW = "PostgreSQL", "Debian: apt-get install postgresql"


@dataclass(frozen=True)
class Cluster:
    """A running server.

    Attributes:
        url: Names its database for maintenance.
        template: What the database that tests copy is called; runs share a server of somebody
            else's, so that each has its own.
    """

    url: str
    template: str = field(default_factory=lambda: f"template_{uuid.uuid4().hex[:12]}")

    def new_database(self, name: str, template: str = "template0") -> str:
        """Make a database, and return its URL."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        finally:
            engine.dispose()
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def copy(self) -> str:
        """Make a copy of the template, to which nobody may be connected, and return its URL."""
        return self.new_database(f"test_{uuid.uuid4().hex[:12]}", self.template)


@contextmanager
def running_cluster() -> Generator[Cluster]:
    """Use the server that TEST_POSTGRESQL_URL names, or start one of our own."""
    if url := os.environ.get("TEST_POSTGRESQL_URL"):
        yield Cluster(url)
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    home = programs[0] if programs else Path(on_path).parent if on_path else None
    if home is None:
        missing(WHAT, HOW)
    # PostgreSQL refuses to run as root: Debian's package comes with a user for it, who cannot look
    # into pytest's own folders.
    owner, port = _owner(), _free_port()
    with TemporaryDirectory(prefix="brug-postgresql-") as folder:
        if owner:
            os.chown(folder, *owner)
        data, log = f"{folder}/data", f"{folder}/log"
        # Nothing here outlives the tests, so nothing has to reach the disk.
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
            "-c fsync=off -c max_connections=200"
        )
        initdb, pg_ctl = str(home / "initdb"), str(home / "pg_ctl")
        _run([initdb, "-D", data, "-U", "brug", "-A", "trust", "-E", "UTF8"], owner)
        _run([pg_ctl, "-D", data, "-l", log, "-o", options, "-w", "start"], owner)
        try:
            yield Cluster(f"postgresql+psycopg://brug@127.0.0.1:{port}/postgres")
        finally:
            _run([pg_ctl, "-D", data, "-m", "immediate", "-w", "stop"], owner)


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
