"""What a run says: how often it hit, what was promised, and what it found."""

from __future__ import annotations

from collections.abc import Iterator

from tests.crash.run import Report, least


def verdict(report: Report) -> list[str]:
    """Why the run does not count as passed. A run whose kills hit too little proves nothing."""
    problems = [f"{finding.name}: {finding.amount}" for finding in report.violations]
    if report.settled_after is None:
        problems.append("it did not come to rest")
    kills, complaints = least(report.seconds)
    if report.service_kills < kills:
        problems.append(f"only {report.service_kills} kills, at least {kills} are wanted")
    if report.complaints < complaints:
        problems.append(f"only {report.complaints} complaints, at least {complaints} are wanted")
    return problems


def lines(report: Report) -> Iterator[str]:
    yield f"seed {report.seed}, {report.seconds:g} s"
    kills = ", ".join(f"{name} {count}" for name, count in sorted(report.kills.items()))
    yield f"kills: {report.service_kills} of services and the broker's ({kills})"
    ledger = report.ledger
    yield (
        f"complaints: {report.complaints} promised, {len(ledger.unknown)} of unknown outcome, "
        f"{ledger.retries} requests repeated"
    )
    yield (
        f"after the last kill: every effect within {_seconds(report.handled_after)}, "
        f"every receipt within {_seconds(report.settled_after)}"
    )
    bound = 3 / max(report.complaints, 1)
    yield f"no loss in {report.complaints} means: fewer than {bound:.2%} with 95 % confidence"
    for finding in report.findings:
        yield f"{finding.amount:>6}  {finding.name}"


def _seconds(value: float | None) -> str:
    return "(never)" if value is None else f"{value:.1f} s"
