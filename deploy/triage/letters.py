"""Letters that somebody has labelled, one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from shared.contracts.vocabulary import Grade


class NotALabelledLetter(ValueError):
    """A line of the file is no letter with title, text, category and grade."""


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
    """Raises NotALabelledLetter naming file and line."""
    return [
        _letter(path, number, line)
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]


def _letter(path: Path, number: int, line: str) -> Letter:
    try:
        return Letter.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "line"
        raise NotALabelledLetter(f"{path.name}:{number}: {where}: {first['msg']}") from error
