"""A private RabbitMQ node on 127.0.0.1, from the programs that the system's package installed.

For tests and benchmarks: it lives in one folder, takes free ports and leaves nothing behind.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from deploy.embedded import processes
from deploy.embedded.failures import BinariesMissing, DidNotStart
from deploy.embedded.private_files import store

# the script in /usr/sbin changes its user; this one is what it calls
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
USER = "liuduan"
AMQP_HEADER = b"AMQP\x00\x00\x09\x01"


def is_installed() -> bool:
    return SERVER.is_file() and shutil.which("epmd") is not None


@dataclass
class EmbeddedRabbitMQ:
    """One node with its data in `folder`. The same object can be started again after `kill`.

    Call `launch` from the main thread: the node ends with the thread that started it.
    """

    folder: Path
    password: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    port: int = field(default_factory=processes.free_port)
    distribution_port: int = field(default_factory=processes.free_port)
    epmd_port: int = field(default_factory=processes.free_port)
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"amqp://{USER}:{self.password}@127.0.0.1:{self.port}/"

    @property
    def pids(self) -> list[int]:
        """Port mapper, start script and the node itself."""
        own = [process.pid for process in self._running]
        return [*own, int((self.folder / "pid").read_text())]

    def launch(self) -> None:
        """Begin to start and return at once; `wait_until_ready` follows."""
        if not is_installed():
            raise BinariesMissing("RabbitMQ")
        self._write_configuration()
        # its own port mapper, so that it can be ended by its number
        mapper = ("epmd", "-address", "127.0.0.1", "-port", str(self.epmd_port))
        self._spawn([*mapper, "-relaxed_command_check"])
        self._spawn([str(SERVER)])

    def wait_until_ready(self, seconds: float = 90) -> None:
        """Until it answers in AMQP."""
        server = self._running[-1]
        for _ in range(int(seconds / 0.1)):
            if self._answers():
                return
            if processes.ended_within(server, 0.1):
                break
        raise DidNotStart("RabbitMQ", self._log)

    def start(self) -> None:
        self.launch()
        self.wait_until_ready()

    def stop(self) -> None:
        """The node first, its port mapper last."""
        for process in reversed(self._running):
            processes.stop(process, signal.SIGTERM, patience=30)
        self._running.clear()

    def kill(self) -> None:
        """As a power cut does: node and port mapper at once, with SIGKILL."""
        for process in self._running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.clear()

    @property
    def _log(self) -> Path:
        return self.folder / "log.txt"

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(AMQP_HEADER)
                return connection.recv(1) != b""
        except OSError:
            return False

    def _spawn(self, command: list[str]) -> None:
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                processes.bound_to_parent(command, signal.SIGTERM),
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._running.append(process)

    def _write_configuration(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store(self.folder / "enabled_plugins", "[].\n")
        lines = (
            f"listeners.tcp.default = 127.0.0.1:{self.port}",
            f"default_user = {USER}",
            f"default_pass = {self.password}",
            "log.console = true",
            "log.console.level = warning",
            "log.file = false",
            "disk_free_limit.absolute = 50MB",
            "vm_memory_high_watermark.absolute = 1GB",
        )
        store(self.folder / "rabbitmq.conf", "\n".join(lines) + "\n")

    def _environment(self) -> dict[str, str]:
        folder = self.folder
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
            "HOME": str(folder),
            "ERL_EPMD_PORT": str(self.epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_CONF_ENV_FILE": os.devnull,
            "RABBITMQ_NODENAME": f"node{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(self.distribution_port),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
            "RABBITMQ_CONFIG_FILES": str(folder / "conf.d"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(folder / "generated"),
            "RABBITMQ_SCHEMA_DIR": str(folder / "schema"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_FEATURE_FLAGS_FILE": str(folder / "feature_flags"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none"
            ),
        }
