"""The data of an embedded PostgreSQL: made once, checked before each start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded import processes
from deploy.embedded.accounts import Account
from deploy.embedded.binaries import major_version
from deploy.embedded.failures import DidNotStart, OtherVersion

LOCALE = "C" if sys.platform == "darwin" else "C.UTF-8"
ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": LOCALE}


@dataclass(frozen=True)
class Cluster:
    """One data folder, and the programs and account that work on it."""

    folder: Path
    binaries: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def make(self, user: str, password_file: Path, *, durable: bool) -> None:
        """Made beside its place and moved there: a half-made one is never taken for whole."""
        if self.data.exists():
            return
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._run(
            "initdb",
            f"--pgdata={draft}",
            f"--username={user}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            f"--locale={LOCALE}",
            "--no-instructions",
            *(() if durable else ("--no-sync",)),
        )
        draft.rename(self.data)

    def check_version(self) -> None:
        """Raises `OtherVersion`: a data folder belongs to one major version."""
        made_by = (self.data / "PG_VERSION").read_text().strip()
        found = major_version(self.binaries)
        if made_by != found:
            raise OtherVersion(self.data, made_by, found)

    def clear_predecessor(self) -> None:
        """Stop a server that outlived its parent. Only for the holder of the folder's lock.

        The number in a note that stays may be a zombie's, or another process has it by now: we put
        ours there. PostgreSQL knows that its parent is no server, and still makes sure that the
        old one's children are gone.
        """
        lines = self._note_lines()
        if not lines:
            return
        pid = int(lines[0])
        if self._is_served_by(pid):
            os.kill(pid, signal.SIGINT)
            processes.eventually(lambda: not self._is_served_by(pid), seconds=60)
        if self._note.exists():
            self._note.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))

    def ready(self, pid: int) -> bool:
        """The server says so in the eighth line of its note, which is how `pg_ctl` knows."""
        lines = self._note_lines()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _is_served_by(self, pid: int) -> bool:
        return f"-D{self.data}" in _command_line(pid)

    @property
    def _note(self) -> Path:
        return self.data / "postmaster.pid"

    def _note_lines(self) -> list[str]:
        return self._note.read_text().splitlines() if self._note.exists() else []

    def _run(self, program: str, *arguments: str) -> None:
        with self.log.open("ab") as log:
            result = subprocess.run(
                [*self.account.prefix, self.binaries / program, *arguments],
                env=ENVIRONMENT,
                stdout=log,
                stderr=log,
                check=False,
            )
        if result.returncode != 0:
            raise DidNotStart(program, self.log)


def _command_line(pid: int) -> str:
    """Empty for a zombie and for nobody."""
    if sys.platform == "linux":
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
        return ""
    ps = ["ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout
