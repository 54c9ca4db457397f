"""Whether the audit logs are whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from shared.audit import Checkpoint, Report, read_witness
from shared.audit import verify as walk
from shared.audit.duties import trusted_keys
from shared.operating.transaction import in_transaction
from shared.settings import Settings

Witness = Annotated[
    Path | None, typer.Option(help="Folder of the checkpoints kept elsewhere, if there is one.")
]


def verify(services: Iterable[Settings], witness: Path | None) -> None:
    """Walk every hash chain and check every signature; the process fails if one is broken."""
    broken = [settings.service for settings in services if not _intact(settings, witness)]
    if broken:
        typer.echo(f"the audit log is broken: {', '.join(broken)}", err=True)
        raise typer.Exit(1)


def _intact(settings: Settings, witness: Path | None) -> bool:
    trusted, known = trusted_keys(settings), _checkpoints(settings.service, witness)
    report = in_transaction(settings, lambda session: walk(session, trusted, known))
    typer.echo(_line(settings.service, report))
    return report.intact


def _checkpoints(service: str, witness: Path | None) -> Sequence[Checkpoint]:
    file = witness / f"{service}.jsonl" if witness else None
    return list(read_witness(file)) if file and file.exists() else []


def _line(service: str, report: Report) -> str:
    verdict = "intact" if report.intact else f"BROKEN: {report.breach}"
    return (
        f"{service:8} {verdict}  entries {report.entries}  checkpoints {report.checkpoints}"
        f"  not sealed yet {report.unsealed}"
    )
