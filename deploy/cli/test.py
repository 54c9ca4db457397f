"""`liuduan test`: the tests, with whatever pytest understands behind it."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import typer

CHECKOUT = Path(__file__).resolve().parents[2]
# a process for each processor; in the order of the folders, or the longest files would come last
SHARED_OUT = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")


def test(context: typer.Context) -> None:
    """Run the tests; arguments are pytest's. With --ci nothing may be left out, and the files are
    shared out among the processors.
    """
    if find_spec("pytest") is None:
        sys.exit("liuduan: pytest is not installed; `./run test` installs it")
    os.chdir(CHECKOUT)
    shares = SHARED_OUT if "--ci" in context.args else ()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *shares, *context.args])
