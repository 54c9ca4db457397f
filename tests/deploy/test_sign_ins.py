"""The accounts on the terminal and on the front page are somebody, and enough to try things."""

from __future__ import annotations

from deploy.demo import world
from deploy.demo.accounts import DEMO_SIGN_INS
from shared.identity import Role
from shared.rulebook import Rulebook
from tests.rulebook import COMMITTED


def test_every_account_is_somebodys() -> None:
    accounts = [each.account for each in DEMO_SIGN_INS]
    assert len(set(accounts)) == len(accounts)
    assert {each.account for each in world.STAFF} >= set(accounts)


def test_surveys_are_tried_where_they_are_piloted() -> None:
    """E01: whoever runs, walks, publishes, appeals and decides there is told of."""
    pilot = Rulebook.load(COMMITTED).survey.pilot_divisions[0]
    told = {each.account for each in DEMO_SIGN_INS}
    there = [each for each in world.STAFF if each.account in told and _works_in(each, pilot)]
    assert {role for each in there for role in each.roles} >= {
        *(Role.GRID_WORKER, Role.GRID_LEADER, Role.STREET_OFFICER, Role.SITE_OFFICE),
        *(Role.HOUSING_OFFICER, Role.DISPATCHER),
    }


def _works_in(staff: world.Staff, division: str) -> bool:
    grids = [each.code for each in world.GRIDS if staff.account in each.workers]
    estates = [each.community.code for each in staff.estates]
    return any(code.startswith(division) for code in (*staff.divisions, *grids, *estates))
