"""Contents as they are really composed, with what is withheld now and was before."""

from __future__ import annotations

from services.survey.bulletins.domain.composing import compose_bulletin
from services.survey.bulletins.domain.content import BulletinContent
from services.survey.bulletins.domain.gathered import Mix
from tests.survey.bulletins.raw import BOOK, CITY, PLENTY, a_past, everything, quarter

FEW = PLENTY | {"421221103": (2, 3)}
MIX = (Mix(chinese="物业费争议", count=180), Mix(chinese="电梯故障", count=40))


def composed_bulletin(division: str = CITY) -> BulletinContent:
    own = {"division": division, "past": a_past(hidden="SATISFACTION"), "mix": MIX}
    return compose_bulletin(quarter(), everything(FEW).model_copy(update=own), BOOK)
