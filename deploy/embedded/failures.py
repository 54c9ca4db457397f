"""What can keep the embedded mode from starting. The message tells the reader what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class EmbeddedFailure(Exception):
    """The embedded mode cannot start; the text says why and what helps."""


class AlreadyRunning(EmbeddedFailure):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another system is already running on {folder}. "
            "Stop it first, or name another folder in LIUDUAN_STATE."
        )


class PortTaken(EmbeddedFailure):
    def __init__(self, address: str, port: int) -> None:
        super().__init__(f"{address}:{port} cannot be used; choose another port with --port.")


class BinariesMissing(EmbeddedFailure):
    def __init__(self, server: str) -> None:
        super().__init__(f"No {server} was found on this machine.")


class OtherVersion(EmbeddedFailure):
    def __init__(self, data: Path, made_by: str, found: str) -> None:
        super().__init__(
            f"{data} was made by PostgreSQL {made_by}, but the programs here are version {found}. "
            "Move the folder away to begin afresh, or name a server in LIUDUAN_DATABASE_URL."
        )


class NotOurs(EmbeddedFailure):
    def __init__(self, database: str) -> None:
        super().__init__(
            f"{database} holds data that the embedded mode did not make, and simulators and demo "
            "passwords must not come near it. Name another server in LIUDUAN_DATABASE_URL, or run "
            "the services one by one (docs/operations.md)."
        )


class RealSettings(EmbeddedFailure):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"This environment has settings of a real installation ({', '.join(names)}), and the "
            "embedded mode brings simulators and demo passwords. Unset them, or run the services "
            "one by one (docs/operations.md)."
        )


class OpenToOthers(EmbeddedFailure):
    def __init__(self, address: str) -> None:
        super().__init__(
            f"Others could reach {address}, and with it the simulators, by which anybody signs in "
            "as anybody. Leave out --address, or add --demo-in-the-open if that is wanted."
        )


class DidNotStart(EmbeddedFailure):
    def __init__(self, server: str, log: Path) -> None:
        super().__init__(f"{server} did not start. The end of {log}:\n{_tail(log)}")


def _tail(log: Path, lines: int = 15) -> str:
    if not log.exists():
        return "(nothing was written)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
