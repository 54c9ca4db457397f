"""Who may send files: owners, and staff who file for residents."""

from __future__ import annotations

from shared.errors import Forbidden
from shared.identity import Actor, End, Role

MACHINES = frozenset({End.INTEGRATION, End.SYSTEM})


class UploadersOnly(Forbidden):
    """This door is for owners and for staff."""

    code = "UPLOADERS_ONLY"
    chinese = "仅限业主和工作人员上传附件。"


def may_upload(actor: Actor) -> bool:
    """An agency's evaluators file for nobody (E22)."""
    return actor.end not in MACHINES and Role.EVALUATOR not in actor.roles
