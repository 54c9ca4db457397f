"""Learned weights of triage: versioned data beside the rulebook, one line per word or sign.

A row gives, in hundredths, how rare the sign is and then what it speaks for: first every category,
then every grade. Rows are centred: what is above 0 speaks for, what is below speaks against.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, ValidationError, model_validator

from shared.rulebook.errors import RulebookError
from shared.rulebook.section import Section, frozen
from shared.rulebook.vocabulary import Grade

HUNDREDTH = 0.01
LONGEST_SIGN = 3  # characters: enough to tell words apart, too few to quote a letter

Row = Annotated[tuple[int, ...], Field(min_length=1)]
Sign = Annotated[str, Field(pattern=rf"^[\u4e00-\u9fff]{{1,{LONGEST_SIGN}}}$")]
Rows = Annotated[Mapping[Sign, Row], AfterValidator(frozen)]


class TrainingRecord(Section):
    """Where the weights come from: how many letters, how, and how well it went on unseen ones."""

    trained_at: AwareDatetime
    letters: int = Field(ge=0)
    parameters: Mapping[str, float | int | str]
    evaluation: Mapping[str, float]


class Weights(Section):
    """`trust` is what the rulebook's words say for a category of which no letter was learned.

    `temperature` divides the scores before they become shares.
    """

    version: str
    training: TrainingRecord | None = None
    longest: int = Field(default=1, ge=1, le=LONGEST_SIGN)
    temperature: float = Field(default=1.0, gt=0)
    categories: tuple[str, ...]
    grades: tuple[Grade, ...]
    bias: Row
    trust: int = Field(default=0, ge=0)
    rules: Annotated[Mapping[str, Row], AfterValidator(frozen)]
    title: Rows
    text: Rows

    @property
    def width(self) -> int:
        return len(self.categories) + len(self.grades)

    @model_validator(mode="after")
    def rows_fit(self) -> Weights:
        if len(set(self.categories)) < len(self.categories) or set(self.grades) != set(Grade):
            raise ValueError("categories and grades are named once each, and all grades are there")
        if len(self.bias) != self.width:
            raise ValueError(f"bias has {len(self.bias)} numbers, not {self.width}")
        for name, rows, width in (
            ("rules", self.rules, self.width),
            ("title", self.title, self.width + 1),
            ("text", self.text, self.width + 1),
        ):
            for sign, row in rows.items():
                if len(row) != width:
                    raise ValueError(f"{name}: {sign}: {len(row)} numbers, not {width}")
        return self


def unlearned(categories: tuple[str, ...]) -> Weights:
    """Weights of nobody's letters: the rules decide alone."""
    width = len(categories) + len(Grade)
    return Weights(
        version="",
        categories=categories,
        grades=tuple(Grade),
        bias=(0,) * width,
        rules={},
        title={},
        text={},
    )


def load_weights(path: Path) -> Weights:
    """Raises RulebookError naming the file."""
    try:
        return Weights.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise RulebookError(f"{path}: missing") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise RulebookError(f"{path}: {where}: {first['msg']}") from error
