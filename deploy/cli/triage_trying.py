"""`liuduan triage try` on the terminal: how many would change, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from deploy.cli.world import Service, known_services
from deploy.triage.books import candidate, newest_shelf
from deploy.triage.letters import Words, read_words
from deploy.triage.past import cipher_of, past_complaints
from deploy.triage.trying import Difference, Outcome, compare
from shared.clock import SystemClock
from shared.operating.transaction import in_transaction

TOLD = 12  # changes per aspect


def tried(
    rulebook: str, model: Path | None, letters: Path | None, since: datetime | None
) -> dict[str, Any]:
    now = SystemClock().now()
    shelf, _ = newest_shelf(now)
    present = shelf.in_force_at(now)
    other = candidate(present, shelf, rulebook, model)
    outcome = compare(present, other, _complaints(letters, since))
    console = Console()
    for name, book in (("present", present), ("candidate", other)):
        console.print(f"{name:9} rulebook {book.version}, weights {book.weights.version or 'none'}")
    console.print(_table(outcome))
    for aspect, difference in outcome.aspects.items():
        if difference.changed:
            console.print(_changes(aspect, difference))
    changed = {aspect: each.changed for aspect, each in outcome.aspects.items()}
    return {"complaints": outcome.complaints, "changed": changed}


def _complaints(letters: Path | None, since: datetime | None) -> Sequence[Words]:
    if letters is not None:
        return read_words(letters)
    with known_services() as services:
        settings = services[Service.ROUTING]
        cipher = cipher_of(settings)
        return in_transaction(settings, lambda session: past_complaints(session, cipher, since))


def _table(outcome: Outcome) -> Table:
    table = Table(title=f"{outcome.complaints} complaints", title_justify="left")
    table.add_column("aspect")
    table.add_column("would change", justify="right")
    for aspect, difference in outcome.aspects.items():
        share = difference.changed / max(outcome.complaints, 1)
        table.add_row(aspect, f"{difference.changed} ({share:.1%})")
    return table


def _changes(aspect: str, difference: Difference) -> Table:
    table = Table(title=aspect, title_justify="left")
    for heading in ("now", "then", "complaints", "for example"):
        table.add_column(heading)
    for change, number in difference.changes.most_common(TOLD):
        table.add_row(*change, str(number), ", ".join(difference.examples[change]))
    return table
