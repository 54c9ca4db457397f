"""A private PostgreSQL: made on first start, ended with its parent, the same again next time."""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from deploy.embedded import processes
from deploy.embedded.accounts import server_account
from deploy.embedded.binaries import postgres_binaries
from deploy.embedded.cluster import ENVIRONMENT, Cluster
from deploy.embedded.failures import AlreadyRunning, DidNotStart
from deploy.embedded.private_files import kept, store
from deploy.embedded.servers import PostgresServer

USER = "liuduan"
ATTEMPTS = 10

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # what a failed statement carried may be personal: it stays out of the log
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres(PostgresServer):
    """PostgreSQL on 127.0.0.1 with its data under `state`.

    `durable=False` is for data that nobody will miss: nothing is forced to disk.
    """

    def __init__(self, state: Path, *, durable: bool = True) -> None:
        super().__init__("")
        self._state = state.absolute() / "postgres"
        self._settings = SETTINGS if durable else SETTINGS | THROW_AWAY
        self._durable = durable
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        if self._process is None:
            raise RuntimeError("PostgreSQL is not running")
        return self._process.pid

    def start(self) -> None:
        """Start and wait until it answers. Raises `EmbeddedFailure`.

        Call it from the main thread: the server ends with the thread that started it.
        """
        account = server_account()
        folder = account.home(self._state)
        self._lock = _locked(folder)
        cluster = Cluster(folder, account.programs(postgres_binaries()), account)
        password = kept(folder / "password", lambda: secrets.token_urlsafe(24))
        account.own(folder / "password")
        cluster.make(USER, folder / "password", durable=self._durable)
        cluster.check_version()
        cluster.clear_predecessor()
        self._cluster = cluster
        self._port = _port(folder / "port")
        self.address = _address(password, self._port)
        self._process = self._launch()

    def attach(self) -> None:
        """Take the address of the server that another process runs on the same folder."""
        folder = server_account().home(self._state)
        self.address = _address(
            (folder / "password").read_text().strip(), int((folder / "port").read_text())
        )

    @contextmanager
    def reached(self) -> Iterator[None]:
        """For the block: the server that runs on this folder, else one that ends with the block."""
        try:
            self.start()
        except AlreadyRunning:
            self.attach()
        try:
            yield
        finally:
            self.stop()

    def stop(self) -> None:
        """End its sessions, write what is committed, stop."""
        if self._process is not None:
            processes.stop(self._process, signal.SIGINT, signal.SIGQUIT)
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    async def claim_database(self, name: str) -> None:
        """Everything on a server of our own is ours."""
        await self.create_database(name)

    def revive(self) -> None:
        """Start it again if it has died; the address stays the same."""
        if self._process is not None and self._process.poll() is not None:
            self._process = self._launch()

    def _launch(self) -> subprocess.Popen[bytes]:
        """Tried again while children of a killed predecessor are still leaving."""
        for _ in range(ATTEMPTS):
            process = self._spawn()
            if _answers(self._cluster, process):
                return process
            processes.pause(1)
        raise DidNotStart("PostgreSQL", self._cluster.log)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = self._settings | {"port": str(self._port)}
        options = [f"-c{name}={value}" for name, value in settings.items()]
        server = [str(self._cluster.binaries / "postgres"), f"-D{self._cluster.data}", *options]
        with self._cluster.log.open("ab") as log:
            return subprocess.Popen(
                [*server_account().prefix, *processes.bound_to_parent(server, signal.SIGINT)],
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def _address(password: str, port: int) -> str:
    return f"postgresql://{USER}:{password}@127.0.0.1:{port}"


def _answers(cluster: Cluster, process: subprocess.Popen[bytes]) -> bool:
    """True once it takes connections, however long its recovery takes; False when it gave up."""
    while not processes.ended_within(process, 0.02):
        if cluster.ready(process.pid):
            return True
    return False


def _locked(folder: Path) -> IO[str]:
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise AlreadyRunning(folder) from None
    return lock


def _port(note: Path) -> int:
    """The port of last time while it is free, so that an address written down stays true."""
    port = int(kept(note, lambda: str(processes.free_port())))
    if not processes.is_free(port):
        port = processes.free_port()
        store(note, str(port))
    return port


def chosen_postgres(state: Path) -> PostgresServer:
    """The server that `LIUDUAN_DATABASE_URL` names, else one of our own under `state`."""
    address = os.environ.get("LIUDUAN_DATABASE_URL")
    return PostgresServer(address) if address else EmbeddedPostgres(state)
