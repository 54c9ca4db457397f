"""The house rules that a machine can check. Each yields the line that breaks it.

A line is excused by `# house: <rule> — <reason>`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from tests.house.source import Module, called, functions, imported

Check = Callable[[Module], Iterator[int]]

COMMITTERS = ("shared/database.py", "shared/migrating.py")
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "service",
               "common", "misc"}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "monotonic"}
ROUTES = {"get", "post", "put", "delete", "head", "options"}
LONGEST_FILE, LONGEST_TEST_FILE = 300, 400
LONGEST_FUNCTION = 50
LONGEST_ROUTE = 5


@dataclass(frozen=True)
class Rule:
    says: str
    check: Check


def commits(module: Module) -> Iterator[int]:
    if module.is_test or module.path in COMMITTERS or module.within("shared/messaging", "bench"):
        return
    for node in ast.walk(module.tree):
        if called(node) in {"commit", "rollback"}:
            yield node.lineno  # type: ignore[attr-defined]


def impure(module: Module) -> Iterator[int]:
    if not (module.within("services") and "domain" in module.path.split("/")):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield node.lineno
        if isinstance(node, ast.Call) and _reads_the_clock(node):
            yield node.lineno


def sets_a_state(module: Module) -> Iterator[int]:
    if not module.within("services"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and called(node.value) != "advance":
            yield from (node.lineno for target in node.targets if _is_state(target))


def speaks_to_the_broker(module: Module) -> Iterator[int]:
    if module.is_test or module.within("shared/messaging", "bench"):
        return
    for node in ast.walk(module.tree):
        if any(name.split(".")[0] in {"aio_pika", "aiormq"} for name in imported(node)):
            yield node.lineno  # type: ignore[attr-defined]


def answers_by_itself(module: Module) -> Iterator[int]:
    if module.within("shared/web"):
        return
    for node in ast.walk(module.tree):
        if any(name.endswith(".HTTPException") for name in imported(node)):
            yield node.lineno  # type: ignore[attr-defined]


def catches_everything(module: Module) -> Iterator[int]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
            yield node.lineno


def long_route(module: Module) -> Iterator[int]:
    if not module.within("services"):
        return
    for function in functions(module.tree):
        if _methods(function) & ROUTES and _statements(function) > LONGEST_ROUTE:
            yield function.lineno


def patch_route(module: Module) -> Iterator[int]:
    for function in functions(module.tree):
        if "patch" in _methods(function):
            yield function.lineno


def long_file(module: Module) -> Iterator[int]:
    if len(module.lines) > (LONGEST_TEST_FILE if module.is_test else LONGEST_FILE):
        yield 1


def long_function(module: Module) -> Iterator[int]:
    for function in functions(module.tree):
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION:
            yield function.lineno


def empty_name(module: Module) -> Iterator[int]:
    if EMPTY_NAMES & set(PurePosixPath(module.path).with_suffix("").parts):
        yield 1


RULES: Mapping[str, Rule] = {
    "commit": Rule("Only the edge commits: leave it to Database.transaction.", commits),
    "pure": Rule("domain/ takes values and `now`: no await, no clock.", impure),
    "state": Rule("A state is only ever the result of advance(state, action).", sets_a_state),
    "broker": Rule("Only shared/messaging knows RabbitMQ: publish an event.", speaks_to_the_broker),
    "problem": Rule("Raise a DomainError; shared/web makes the answer.", answers_by_itself),
    "edge": Rule("Catch what you can handle: only an edge catches everything.", catches_everything),
    "route": Rule(f"A route has at most {LONGEST_ROUTE} statements: call a command.", long_route),
    "patch": Rule("wx.request has no PATCH: use PUT, or POST to a resource.", patch_route),
    "file": Rule(f"A file of more than {LONGEST_FILE} lines holds two ideas.", long_file),
    "function": Rule(f"A function of more than {LONGEST_FUNCTION} lines has parts.", long_function),
    "name": Rule("A name that excludes nothing gathers everything.", empty_name),
}  # fmt: skip


def _reads_the_clock(call: ast.Call) -> bool:
    return called(call) in CLOCKS or ast.unparse(call.func) == "time.time"


def _is_state(target: ast.expr) -> bool:
    return isinstance(target, ast.Attribute) and target.attr in {"state", "status"}


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_broad(each) for each in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in _EVERYTHING)


_EVERYTHING = {"Exception", "BaseException"}


def _methods(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """`{"post"}` for a function under `@router.post("/…")`."""
    return {
        decorator.func.attr
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.args
        and isinstance(decorator.args[0], ast.Constant)
    }


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return sum(isinstance(node, ast.stmt) for statement in body for node in ast.walk(statement))
