"""`liuduan test`: the tests, with whatever pytest understands behind it."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import typer

CHECKOUT = Path(__file__).resolve().parents[2]


def test(context: typer.Context) -> None:
    """Run the tests; arguments are pytest's. With --ci nothing may be left out."""
    if find_spec("pytest") is None:
        sys.exit("liuduan: pytest is not installed; `./run test` installs it")
    os.chdir(CHECKOUT)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *context.args])
