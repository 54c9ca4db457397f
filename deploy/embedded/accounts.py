"""PostgreSQL refuses to run as root. How root starts it, with no new user and no opened folder.

Inside a user namespace the kernel still sees root, so no file changes its owner and a private home
stays private. Where namespaces are forbidden (many containers) the account `nobody` serves; its
files must then lie where that account can reach them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
NOBODY = 65534
REACHABLE = Path("/var/lib/liuduan")


@dataclass(frozen=True)
class Account:
    """Who a server runs as: a command prefix, and the owner its files need."""

    prefix: tuple[str, ...] = ()
    owner: int | None = None

    def home(self, folder: Path) -> Path:
        """`folder`, or a substitute when the account cannot reach it; made, private and owned."""
        if self.owner is not None and not _open_to_all(folder.parent):
            folder = _substitute(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.own(folder)
        return folder

    def programs(self, binaries: Path) -> Path:
        """`binaries`, or a copy of their whole installation that the account may execute."""
        if self.owner is None or _open_to_all(binaries):
            return binaries
        copy = _substitute(binaries, (binaries / "postgres").stat().st_mtime_ns)
        if not copy.exists():
            draft = copy.with_suffix(".new")
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(binaries.parent, draft, symlinks=True)
            draft.rename(copy)
        return copy / binaries.name

    def own(self, path: Path) -> None:
        if self.owner is not None:
            os.chown(path, self.owner, self.owner)


@cache
def server_account() -> Account:
    """The account for a server that must not be root."""
    if os.geteuid() != 0:
        return Account()
    if _namespaces_allowed():
        return Account(prefix=NAMESPACE)
    ids = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return Account(prefix=("setpriv", *ids), owner=NOBODY)


def _namespaces_allowed() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


def _open_to_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents) if part.exists())


def _substitute(*stands_for: object) -> Path:
    REACHABLE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return REACHABLE / sha256(repr(stands_for).encode()).hexdigest()[:12]
