"""Letters that somebody has labelled, one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from shared.contracts.vocabulary import Grade


class NotALetter(ValueError):
    """A line of the file does not say what is needed: title and text, or a label as well."""


class TooFewLetters(ValueError):
    """Training needs letters of at least two categories and two grades."""


class Words(BaseModel):
    """A letter without a label."""

    model_config = ConfigDict(frozen=True)

    id: str = ""
    title: str
    text: str


class Letter(BaseModel):
    """`also` are categories a careful dispatcher would accept too.

    Letters of one `cluster` are about the same problem: what was learned from one of them is not
    measured on another.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    text: str
    category: str
    grade: Grade
    also: tuple[str, ...] = ()
    police: bool = False
    emergency: bool = False
    cluster: str | None = None

    @property
    def group(self) -> str:
        return self.cluster or self.id

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset((self.category, *self.also))


def read_labelled(paths: Iterable[Path]) -> list[Letter]:
    """Raises NotALetter naming file and line."""
    return [letter for path in paths for letter in _lines(path, Letter)]


def read_words(path: Path) -> list[Words]:
    """Letters as somebody may have filed them; one without an id is known by its line.

    Raises NotALetter.
    """
    found = enumerate(_lines(path, Words), start=1)
    return [
        words if words.id else words.model_copy(update={"id": str(number)})
        for number, words in found
    ]


L = TypeVar("L", bound=BaseModel)


def _lines(path: Path, kind: type[L]) -> list[L]:
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
    return [_read(path, number, line, kind) for number, line in lines if line.strip()]


def _read(path: Path, number: int, line: str, kind: type[L]) -> L:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "line"
        raise NotALetter(f"{path.name}:{number}: {where}: {first['msg']}") from error
