"""Who may see which files of a case: who may read the words, and of a hidden reporter less."""

from __future__ import annotations

from collections.abc import Collection

from services.routing.cases.domain.policies import (
    REVIEWER,
    Standing,
    may_read_handling,
    reviews,
)
from shared.identity import Actor

SHOWS_THE_MATTER = "IMAGE"


def may_see_files(actor: Actor, standing: Standing) -> bool:
    """X15, X16: of a hidden reporter the company as such sees none."""
    hidden = standing.case.anonymous or standing.case.confidential
    return not hidden or may_read_handling(actor, standing)


def may_see_file(actor: Actor, standing: Standing, readers: Collection[str], kind: str) -> bool:
    """X15, X16: of a hidden reporter, who handles the case sees what pictures show; a voice or a
    document says who it is, so only the desk that reviews, if the rulebook's `readers` name it.
    """
    if not may_see_files(actor, standing):
        return False
    hidden = standing.case.anonymous or standing.case.confidential
    if not hidden or kind == SHOWS_THE_MATTER:
        return True
    return REVIEWER in readers and reviews(actor, standing)
