"""The data of an embedded PostgreSQL: made once, checked before each start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.account.prefix, str(self.binaries / program), *arguments]

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
        """Stop a server that outlived its parent; forget one whose number another process has now.

        Only for the holder of the folder's lock. A dead server's note is left to PostgreSQL itself,
        which also checks that none of its children is still writing.
        """
        pid = self._noted_pid()
        if pid is None or not _alive(pid):
            return
        if _works_in(pid, self.data):
            self._run("pg_ctl", "stop", "--mode=fast", f"--pgdata={self.data}")
        else:
            self._note.unlink(missing_ok=True)

    def ready(self, pid: int) -> bool:
        """The server says so in the eighth line of its note, which is how `pg_ctl` knows."""
        lines = self._note_lines()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    @property
    def _note(self) -> Path:
        return self.data / "postmaster.pid"

    def _note_lines(self) -> list[str]:
        return self._note.read_text().splitlines() if self._note.exists() else []

    def _noted_pid(self) -> int | None:
        lines = self._note_lines()
        return int(lines[0]) if lines else None

    def _run(self, program: str, *arguments: str) -> None:
        with self.log.open("ab") as log:
            result = subprocess.run(
                self.command(program, *arguments),
                env=ENVIRONMENT,
                stdout=log,
                stderr=log,
                check=False,
            )
        if result.returncode != 0:
            raise DidNotStart(program, self.log)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _works_in(pid: int, folder: Path) -> bool:
    """A server works in its data folder. Where that cannot be seen (macOS), believe the note."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve() == folder.resolve()
    except OSError:
        return not Path("/proc/self").exists()
