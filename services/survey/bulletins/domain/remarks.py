"""What a report says of scores that are disputed or were taken back (E28)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from services.survey.bulletins.domain.content import Assessed
from services.survey.bulletins.domain.differences import SCORES
from services.survey.bulletins.domain.wording import listed
from services.survey.credit.domain.standing import CHINESE, Standing
from shared.errors import Conflict

Fallen = Mapping[tuple[str, str], AbstractSet[str]]  # by estate and company, names of figures

WORTH_SAYING = (Standing.DISPUTED, Standing.REVOKED)


class ScoreRevoked(Conflict):
    """A score of this report was taken back upon appeal; return the draft and compute it anew."""

    code = "REPORT_SCORE_REVOKED"
    chinese = "报告中有得分经申诉已撤销，请退回并重新计算后再发布。"


def refuse_fallen(assessed: Iterable[Assessed], fallen: Fallen) -> None:
    """Raises ScoreRevoked."""
    for each in assessed:
        names = fallen.get((each.estate_id, each.company_id), frozenset())
        if any(getattr(each, name, None) is not None for name in names):
            raise ScoreRevoked


def remark_of(standings: Mapping[str, Standing]) -> str | None:
    """E.g. 第三方评价、综合得分争议中; nothing where all of it stands."""
    told = [
        listed([SCORES[name] for name, each in standings.items() if each is standing])
        + CHINESE[standing]
        for standing in WORTH_SAYING
        if standing in standings.values()
    ]
    return "；".join(told) or None
