"""The same command line and the same output for every measurement."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any
from unicodedata import east_asian_width

import typer

from bench.machine import describe

Measure = Callable[[float], Awaitable[tuple[dict[str, Any], str]]]


def run(measure: Measure, *, always_json: bool = False) -> None:
    """`measure` is given the seconds it may use, and returns its figures and its table."""

    def command(
        seconds: Annotated[float, typer.Option(help="How long the rounds may take.")] = 45,
        as_json: Annotated[bool, typer.Option("--json", help="Figures on the last line.")] = False,
    ) -> None:
        for line in describe():
            typer.echo(line)
        figures, text = asyncio.run(_awaited(measure, seconds))
        typer.echo(f"\n{text}\n")
        if as_json or always_json:
            typer.echo(json.dumps(figures))

    typer.run(command)


def progress(text: str) -> None:
    """Beside the result: what a measurement is at, where that takes long."""
    typer.echo(f"… {text}", err=True)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    lines = [head, *rows]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(_line(line, widths) for line in lines)


async def _awaited(measure: Measure, seconds: float) -> tuple[dict[str, Any], str]:
    return await measure(seconds)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    left = first[0] + " " * (first[1] - _width(first[0]))
    return "  ".join([left, *(" " * (width - _width(cell)) + cell for cell, width in others)])


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
