"""The project's Python as trees, for rules that read it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("services", "shared", "deploy", "bench", "tests")
ESCAPE = re.compile(r"# house: (?P<rule>[a-z]+) (?:—|-) \S.{5,}")


@dataclass(frozen=True)
class Module:
    """`path` is relative to the checkout, with slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path, self.text)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def is_test(self) -> bool:
        return self.path.startswith("tests/")

    def within(self, *folders: str) -> bool:
        return self.path.startswith(tuple(f"{folder}/" for folder in folders))

    def excuses(self, rule: str, line: int) -> bool:
        """Whether the line carries `# house: <rule> — <reason>`."""
        found = ESCAPE.search(self.lines[line - 1]) if self.lines else None
        return found is not None and found["rule"] == rule


@cache
def modules() -> tuple[Module, ...]:
    """Every module except migrations, which are written once and kept."""
    return tuple(
        Module(path.relative_to(CHECKOUT).as_posix(), path.read_text())
        for package in PACKAGES
        for path in sorted((CHECKOUT / package).rglob("*.py"))
        if "migrations" not in path.parts and "node_modules" not in path.parts
    )


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names; none for anything else."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module or ''}.{alias.name}" for alias in node.names]
    return []


def called(node: ast.AST) -> str:
    """`advance` for `advance(…)` and for `lifecycle.advance(…)`; empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


@cache
def _parsed(path: str, text: str) -> ast.Module:
    return ast.parse(text, filename=path)
