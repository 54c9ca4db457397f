"""Two people edit at once: the second one has to look again."""

from __future__ import annotations

from shared.errors import Conflict


class ChangedMeanwhile(Conflict):
    """Somebody else changed this in the meantime; load it again."""

    code = "CHANGED_MEANWHILE"
    chinese = "数据已被他人修改，请刷新后重试。"


def check_version(present: int, seen: int) -> None:
    """Raises ChangedMeanwhile."""
    if present != seen:
        raise ChangedMeanwhile(version=present)
