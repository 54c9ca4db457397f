"""`liuduan audit`: whether the logs are whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.messaging.transport import SERVICES

if TYPE_CHECKING:
    from shared.audit import Checkpoint, Report

application = typer.Typer(help="The audit logs.", no_args_is_help=True)

Witness = Annotated[
    Path | None, typer.Option(help="Folder of the checkpoints kept elsewhere, if there is one.")
]


@application.callback()
def audit() -> None:
    """The audit logs."""


@application.command()
def verify(witness: Witness = None) -> None:
    """Walk the hash chain of every service and check every signature."""
    broken = []
    for service in SERVICES:
        report = _report(service, _checkpoints(service, witness))
        print(_line(service, report))
        if not report.intact:
            broken.append(service)
    if broken:
        sys.exit(f"liuduan: the audit log is broken: {', '.join(broken)}")


def _report(service: str, checkpoints: Sequence[Checkpoint]) -> Report:
    from deploy.cli.world import in_transaction
    from shared.audit import verify as walk
    from shared.audit.duties import trusted_keys

    return in_transaction(
        service, lambda session, settings: walk(session, trusted_keys(settings), checkpoints)
    )


def _checkpoints(service: str, witness: Path | None) -> list[Checkpoint]:
    from shared.audit import read_witness

    file = witness / f"{service}.jsonl" if witness else None
    return list(read_witness(file)) if file and file.exists() else []


def _line(service: str, report: Report) -> str:
    verdict = "intact" if report.intact else f"BROKEN: {report.breach}"
    return (
        f"{service:8} {verdict}  entries {report.entries}  checkpoints {report.checkpoints}"
        f"  not sealed yet {report.unsealed}"
    )
