"""Saved views: few enough to find one's way, each under a name of its own."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from shared.errors import Conflict, Forbidden, NotFound

MOST_VIEWS = 50


class ViewNotFound(NotFound):
    """There is no such view, or it is not shared with you."""

    code = "VIEW_NOT_FOUND"
    chinese = "没有这个视图，或未与您共享。"


class NotYourView(Forbidden):
    """A shared view is changed by its owner only."""

    code = "NOT_YOUR_VIEW"
    chinese = "共享视图只能由创建人修改。"


class ViewNameTaken(Conflict):
    """You have a view of that name already."""

    code = "VIEW_NAME_TAKEN"
    chinese = "您已有同名视图。"


class TooManyViews(Conflict):
    """You have 50 views: remove one first."""

    code = "TOO_MANY_VIEWS"
    chinese = "您保存的视图已达 50 个，请先删除不用的视图。"


def refuse_name(name: str, others: Collection[str]) -> None:
    """Raises ViewNameTaken or TooManyViews; `others` are the names of the person's other views."""
    if name in others:
        raise ViewNameTaken
    if len(others) >= MOST_VIEWS:
        raise TooManyViews


def refuse_other(owner: UUID, person: UUID) -> None:
    """Raises NotYourView."""
    if owner != person:
        raise NotYourView
