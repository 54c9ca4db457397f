"""Simulators must never stand where the real thing is expected."""

from __future__ import annotations

ALLOWED = frozenset({"embedded", "development", "demo", "test"})


class SimulatorRefused(RuntimeError):
    """A simulator was asked for in an environment that is not known to be harmless."""


def refuse_in_production(environment: str) -> None:
    """Raises SimulatorRefused unless the environment is one of `ALLOWED`."""
    if environment not in ALLOWED:
        raise SimulatorRefused(f"no simulators in the environment {environment!r}")
