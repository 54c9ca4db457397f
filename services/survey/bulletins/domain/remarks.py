"""What a report says of scores that are disputed or were taken back (E28)."""

from __future__ import annotations

from collections.abc import Mapping

from services.survey.bulletins.domain.differences import SCORES
from services.survey.bulletins.domain.wording import listed
from services.survey.credit.domain.standing import CHINESE, Standing

WORTH_SAYING = (Standing.DISPUTED, Standing.REVOKED)


def remark_of(standings: Mapping[str, Standing]) -> str | None:
    """E.g. 第三方评价、综合得分争议中; nothing where all of it stands."""
    told = [
        listed([SCORES[name] for name, each in standings.items() if each is standing])
        + CHINESE[standing]
        for standing in WORTH_SAYING
        if standing in standings.values()
    ]
    return "；".join(told) or None
