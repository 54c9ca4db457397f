"""What the form asks before it is sent, and what it is told."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from services.intake.complaints.schemas import CategoryCode, Title
from services.intake.guidance.domain.assessing import Assessment, dangers, police_hint
from shared.rulebook import Rulebook
from shared.web.body import Body


class CategoryOut(BaseModel):
    code: str
    name: str

    @classmethod
    def listed(cls, rulebook: Rulebook, codes: tuple[str, ...]) -> list[CategoryOut]:
        return [cls(code=code, name=rulebook.category(code).chinese) for code in codes]


class HintOut(BaseModel):
    """When one of `words` is said of something that happens now, `call` comes first."""

    kind: str
    words: list[str]
    call: list[str]


class HintsOut(BaseModel):
    items: list[HintOut]
    police: str

    @classmethod
    def of(cls, rulebook: Rulebook) -> HintsOut:
        items = [
            HintOut(kind=rule.name, words=list(rule.words), call=list(rule.call))
            for rule in dangers(rulebook)
        ]
        return cls(items=items, police=police_hint(rulebook))


class Typed(Body):
    """What has been typed so far; nothing of it is kept."""

    title: Title | None = None
    text: Annotated[str, Field(max_length=5000)] = ""
    category: CategoryCode | None = None


class AssessmentOut(BaseModel):
    """`urgent` means: ring one of `call` first. `police` is the hint when the matter is one for
    110, and would not be accepted here. `visitor_categories` may be filed without a home (X42).
    """

    urgent: bool
    call: list[str]
    police: str | None
    long_enough: bool
    suggested: list[CategoryOut]
    visitor_categories: list[CategoryOut]

    @classmethod
    def of(cls, rulebook: Rulebook, assessed: Assessment, text: str) -> AssessmentOut:
        """Nobody in danger has to find more words (X31)."""
        enough = len(text) >= rulebook.intake.text_characters_at_least
        return cls(
            urgent=bool(assessed.call),
            call=list(assessed.call),
            police=police_hint(rulebook) if assessed.police else None,
            long_enough=enough or bool(assessed.call),
            suggested=CategoryOut.listed(rulebook, assessed.categories),
            visitor_categories=CategoryOut.listed(rulebook, rulebook.intake.visitor_categories),
        )
