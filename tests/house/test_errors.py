"""Every error has a stable code of its own and can be read in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import pytest

from shared.errors import DomainError
from tests.house.source import modules

CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def _errors() -> tuple[type[DomainError], ...]:
    for module in modules():
        if module.within("services", "shared") and not module.path.endswith("__main__.py"):
            import_module(
                module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
    return tuple(sorted(_below(DomainError), key=lambda error: error.__qualname__))


def _below(error: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in error.__subclasses__():
        if each.__module__.split(".")[0] in {"services", "shared"}:
            yield each
        yield from _below(each)


def test_every_error_says_it_in_code_english_and_chinese() -> None:
    for error in _errors():
        own = vars(error)
        assert CODE.fullmatch(str(own.get("code", ""))), f"{error.__qualname__} has no code"
        assert own.get("__doc__"), f"{error.__qualname__} has no English sentence"
        assert CHINESE.search(str(own.get("chinese", ""))), f"{error.__qualname__} has no Chinese"


def test_a_code_means_one_thing() -> None:
    """Two services may meet the same fact; then they say the same words."""
    by_code: dict[str, set[type[DomainError]]] = {}
    for error in _errors():
        by_code.setdefault(error.code, set()).add(error)
    for code, errors in by_code.items():
        sentences = {(error.__doc__, error.chinese) for error in errors}
        owners = {".".join(error.__module__.split(".")[:2]) for error in errors}
        assert len(sentences) == 1, f"{code} is said in {len(sentences)} ways: {errors}"
        assert len(owners) == len(errors), f"{code} is declared twice: {errors}"


@pytest.mark.parametrize("code", ["NOT_FOUND", "TOO_MANY_ATTEMPTS"])
def test_the_walk_finds_errors_of_every_depth(code: str) -> None:
    assert code in {error.code for error in _errors()}
