"""The clocks CK-00 to CK-18 by the table of lifecycle 3.3: start, length, stop, breach, warning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from shared.contracts import routing as said
from shared.rulebook import BreachAction, ClockKind
from tests.routing.clocks import scenes
from tests.routing.clocks.scenes import Played
from tests.routing.clocks.test_rules import BOOK
from tests.routing.drama import Drama, at

K = ClockKind
B = BreachAction
SHARES = (0.5, 0.8)


@dataclass(frozen=True)
class Ruled:
    """A row of lifecycle 3.3."""

    code: str
    kind: ClockKind
    length: str
    on_breach: BreachAction
    warnings: tuple[float, ...] = SHARES


RULED = (
    Ruled("CK-00", K.ACCEPT, "2 HOURS", B.ALERT_CENTRE),
    Ruled("CK-01", K.DISPATCH, "1 HOURS", B.OVERDUE_AND_LEADER),
    Ruled("CK-02", K.SIGN, "2 HOURS", B.AUTO_SIGN),
    Ruled("CK-03", K.MEDIATION_START, "24 HOURS", B.OVERDUE_AND_STREET),
    Ruled("CK-04", K.SMALL_RESOLVE, "24 HOURS", B.UPGRADE_TO_MEDIUM),
    Ruled("CK-05", K.FEEDBACK, "7 CIVIL_DAYS", B.OVERDUE_AND_SUPERVISION),
    Ruled("CK-06", K.MEDIUM_RESOLVE, "7 CIVIL_DAYS", B.SUPERVISION),
    Ruled("CK-07", K.MAJOR_CONVENE, "24 HOURS", B.COUNTY_AND_CITY),
    Ruled("CK-07", K.MAJOR_PLAN, "3 WORKING_DAYS", B.COUNTY_AND_CITY),
    Ruled("CK-07", K.MAJOR_INTERIM, "7 CIVIL_DAYS", B.COUNTY_AND_CITY),
    Ruled("CK-07", K.MAJOR_RESULT, "30 CIVIL_DAYS", B.COUNTY_AND_CITY),
    Ruled("CK-08", K.FORMAL_MEDIATION, "30 CIVIL_DAYS", B.FAIL_MEDIATION),
    Ruled("CK-09", K.CONFIRMATION_APPLICATION, "30 STATUTORY_DAYS", B.OPTION_EXPIRES),
    Ruled("CK-10", K.DELEGATED_MEDIATION, "30 CIVIL_DAYS", B.BACK_TO_COURT),
    Ruled("CK-11", K.ENTRUSTED_MEDIATION, "15 CIVIL_DAYS", B.BACK_TO_COURT),
    Ruled("CK-11", K.ENTRUSTED_MEDIATION_SIMPLIFIED, "7 CIVIL_DAYS", B.BACK_TO_COURT),
    Ruled("CK-12", K.OWNER_CONFIRMATION, "3 CIVIL_DAYS", B.RETURN_VISIT),
    Ruled("CK-13", K.SUPPLEMENT, "5 CIVIL_DAYS", B.REFUSE_OR_RESUME),
    Ruled("CK-14", K.RETURN_VISIT, "3 CIVIL_DAYS", B.CLOSE_UNANSWERED),
    Ruled("CK-15", K.REOPEN_WINDOW, "15 CIVIL_DAYS", B.WINDOW_ENDS, ()),
    Ruled("CK-16", K.RECTIFICATION, "30 CIVIL_DAYS", B.CREDIT_ENTRY),
    Ruled("CK-17", K.FAST_FIX, "24 HOURS", B.FULL_JOINT_HANDLING),
    Ruled("CK-18", K.TRANSFER, "1 WORKING_DAYS", B.ALERT_CENTRE),
)
PLAYED = (
    Played(K.DISPATCH, scenes.waiting, "2026-03-02 11:00", scenes.dispatch, scenes.late),
    Played(K.SIGN, scenes.dispatched, "2026-03-02 12:00", scenes.sign, scenes.signed_by_the_system),
    Played(
        K.MEDIATION_START, scenes.handled, "2026-03-03 10:00", scenes.hold_a_session, scenes.late
    ),
    Played(K.SMALL_RESOLVE, scenes.small, "2026-03-03 10:00", scenes.hand_in_small, scenes.medium),
    Played(
        K.FEEDBACK, scenes.handled, "2026-03-10 00:00", scenes.inform, scenes.late_and_supervised
    ),
    Played(
        K.MEDIUM_RESOLVE,
        scenes.handled,
        "2026-03-10 00:00",
        scenes.hand_in,
        scenes.late_and_supervised,
    ),
    Played(K.MAJOR_CONVENE, scenes.joint, "2026-03-03 10:00", scenes.convene, scenes.late),
    Played(K.MAJOR_PLAN, scenes.joint, "2026-03-06 00:00", scenes.plan, scenes.late),
    Played(K.MAJOR_INTERIM, scenes.joint, "2026-03-10 00:00", scenes.inform, scenes.late),
    Played(K.MAJOR_RESULT, scenes.joint, "2026-04-02 00:00", scenes.complete, scenes.late),
    Played(
        K.FORMAL_MEDIATION,
        scenes.at_the_committee,
        "2026-04-02 00:00",
        scenes.refuse_mediation,
        scenes.still_mediating,
    ),
    Played(
        K.CONFIRMATION_APPLICATION,
        scenes.agreed,
        "2026-04-02 00:00",
        scenes.apply_jointly,
        scenes.no_application_any_more,
    ),
    Played(
        K.OWNER_CONFIRMATION, scenes.fed_back, "2026-03-06 00:00", scenes.answer, scenes.visited
    ),
    Played(
        K.RETURN_VISIT,
        scenes.not_answered,
        "2026-03-10 00:00",
        scenes.answer,
        scenes.closed_unanswered,
        started="2026-03-06 00:00",
    ),
    Played(
        K.REOPEN_WINDOW,
        scenes.closed,
        "2026-03-18 00:00",
        scenes.reopen,
        scenes.no_reopening_any_more,
        ends="STOPPED",
    ),
    Played(
        K.FAST_FIX, scenes.removable, "2026-03-03 10:00", scenes.hand_in, scenes.handled_jointly
    ),
    Played(
        K.TRANSFER, scenes.unlawful, "2026-03-04 00:00", scenes.hand_over, scenes.told_to_the_centre
    ),
)
PLAYED_ELSEWHERE = {
    K.ACCEPT: "intake",
    K.SUPPLEMENT: "intake",
    K.DELEGATED_MEDIATION: "tests/routing/court/test_delegation.py",
    K.ENTRUSTED_MEDIATION: "tests/routing/court/test_delegation.py",
    K.ENTRUSTED_MEDIATION_SIMPLIFIED: "tests/routing/court/test_delegation.py",
    K.RECTIFICATION: "tests/routing/governance",
}
CODES = {each.kind: each.code for each in RULED}


def test_no_clock_is_forgotten() -> None:
    """CK-00 to CK-18: each has its row, and is played here or where it belongs."""
    assert [each.kind for each in RULED] == sorted(K, key=[*CODES].index)
    assert {each.kind for each in PLAYED} | set(PLAYED_ELSEWHERE) == set(K)
    assert sorted(set(CODES.values())) == [f"CK-{number:02}" for number in range(19)]


@pytest.mark.parametrize("row", RULED, ids=lambda row: f"{row.code} {row.kind}")
def test_what_the_rulebook_says(row: Ruled) -> None:
    """CK-00, CK-01, CK-02, CK-03, CK-04, CK-05, CK-06, CK-07, CK-08, CK-09, CK-10, CK-11, CK-12,
    CK-13, CK-14, CK-15, CK-16, CK-17, CK-18: code, length, breach, warnings."""
    rule = BOOK.clock(row.kind)
    assert (rule.code, rule.on_breach, rule.warnings) == (row.code, row.on_breach, row.warnings)
    assert f"{rule.length.amount} {rule.length.counting}" == row.length


@pytest.mark.parametrize("row", PLAYED, ids=lambda row: f"{CODES[row.kind]} {row.kind}")
async def test_it_starts_warns_and_is_met(drama: Drama, row: Played) -> None:
    """CK-01 to CK-18, N14, N09: the start event, both warnings once, and what meets it."""
    drama.move_to("2026-03-02 10:00")
    case_id = await row.begin(drama)
    clock = await drama.clock(case_id, row.kind)
    assert (clock["started_at"], clock["due_at"], clock["state"]) == (
        at(row.started),
        at(row.due),
        "RUNNING",
    )
    length = at(row.due) - at(row.started)
    for share in clock["warnings"]:
        drama.stage.clock.move_to(at(row.started) + length * share + timedelta(seconds=1))
        await drama.stage.sweep()
    told = [each for each in await drama.stage.said(said.ClockWarned) if each.clock == row.kind]
    assert [each.share for each in told] == list(clock["warnings"])
    if row.kind is not K.CONFIRMATION_APPLICATION:
        assert tuple(clock["warnings"]) == BOOK.clock(row.kind).warnings
    await row.meet(drama, case_id)
    clock = await drama.clock(case_id, row.kind)
    assert (clock["state"], clock["breached_at"]) == (row.ends, None)


@pytest.mark.parametrize("row", PLAYED, ids=lambda row: f"{CODES[row.kind]} {row.kind}")
async def test_it_breaks_after_its_due_time(drama: Drama, row: Played) -> None:
    """CK-01 to CK-18, 0.2.2: on time at the due instant, broken the second after it, with its
    effect on the case; CK-02 acts at the instant itself (X04)."""
    drama.move_to("2026-03-02 10:00")
    case_id = await row.begin(drama)
    drama.move_to(row.due)
    await drama.stage.sweep()
    clock = await drama.clock(case_id, row.kind)
    assert (clock["breached_at"] is not None) is (row.kind is K.SIGN)
    await drama.pass_time(seconds=1)
    clock = await drama.clock(case_id, row.kind)
    assert clock["breached_at"] == at(row.due)
    if row.kind is not K.REOPEN_WINDOW:
        breached = {each.clock for each in await drama.stage.said(said.ClockBreached)}
        assert row.kind in breached
    await row.broken(drama, case_id)
