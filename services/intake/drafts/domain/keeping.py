"""What may become of a draft: a few are kept, the newest writing stands, a filed one is closed."""

from __future__ import annotations

from shared.errors import Conflict, Invalid, NotFound
from shared.rulebook.sections.following import Drafts


class DraftNotFound(NotFound):
    """There is no such draft among yours; drafts are cleared away after a while."""

    code = "DRAFT_NOT_FOUND"
    chinese = "未找到该草稿，草稿可能已过期清除。"


class TooManyDrafts(Conflict):
    """You keep as many drafts as may be kept; file or delete one."""

    code = "TOO_MANY_DRAFTS"
    chinese = "草稿数量已达上限，请先提交或删除部分草稿。"


class DraftChanged(Conflict):
    """The draft was changed meanwhile, perhaps on another telephone; `version` is the newest."""

    code = "DRAFT_CHANGED"
    chinese = "草稿已在其他设备上修改，请刷新后再保存。"


class DraftFiled(Conflict):
    """The draft was filed, as `complaint_id`; it cannot be changed any more."""

    code = "DRAFT_FILED"
    chinese = "草稿已提交为诉求，不能再修改。"


class DraftIncomplete(Invalid):
    """The draft lacks what a complaint must have; `fields` names it."""

    code = "DRAFT_INCOMPLETE"
    chinese = "草稿尚不完整，请补充后再提交。"


def refuse_too_many(rules: Drafts, kept: int) -> None:
    """Raises TooManyDrafts."""
    if kept >= rules.at_most:
        raise TooManyDrafts(at_most=rules.at_most)


def refuse_stale(tag: str, version: int) -> None:
    """`tag` is the If-Match of the request; `*` overwrites anything. Raises DraftChanged."""
    known = {each.strip().removeprefix("W/").strip('"') for each in tag.split(",")}
    if not known & {"*", str(version)}:
        raise DraftChanged(version=version)
