"""退单: a unit gives a case back, the dispatcher decides; citizen clocks run on (T12, T13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from shared.contracts import routing as said
from shared.identity import Actor
from tests.routing.drama import FEES, NOISE, Drama, at, staff

WORKER = staff("wangge.wenquan2")
COLLEAGUE = staff("wangge.wenquan1")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
COMPANY = staff("wuye.wenquan")
HOUSING = staff("zhuxin.xianan")
URBAN = staff("chengguan.xianan")

BASIS = "《湖北省城市管理条例》未规定本单位对此事项负责"


def objection(suggested: Actor = HOUSING, **changes: Any) -> dict[str, Any]:
    papers = {
        "reason": "NOT_OUR_DUTY",
        "legal_basis": BASIS,
        "suggested_unit": str(suggested.organisation_id),
    }
    return {name: value for name, value in (papers | changes).items() if value is not None}


def to(unit: Actor, *, forced: bool = False) -> dict[str, Any]:
    return {
        "organisation_id": str(unit.organisation_id),
        "forced": forced,
        "reason": "经核实由该单位承办",
    }


BY_MAP = {"reason": "按网格重新派单"}
FORCED = {"forced": True, "reason": "职责明确，指定承办"}


async def dispatched(drama: Drama) -> UUID:
    """A fee dispute at the street centre since 10:00; its feedback is due 03-09 24:00."""
    drama.move_to("2026-03-02 10:00")
    return await drama.submit(FEES)


async def test_returned_and_dispatched_again(drama: Drama) -> None:
    """X03: returned 11:30, re-dispatched 14:00: feedback due still 03-09 24:00; the third return
    attempt is refused."""
    case_id = await dispatched(drama)
    before = await _promises(drama, case_id)
    drama.move_to("2026-03-02 11:30")
    done = await drama.act(STREET, case_id, "return", objection())
    assert done["state"] == "RETURNED"
    assert (await drama.clock(case_id, "SIGN"))["state"] == "MET"
    drama.move_to("2026-03-02 14:00")
    done = await drama.act(COUNTY, case_id, "return-decision", to(HOUSING))
    assert (done["state"], done["handler"]["organisation_id"]) == (
        "DISPATCHED",
        str(HOUSING.organisation_id),
    )
    await drama.act(HOUSING, case_id, "return", objection(URBAN))
    await drama.act(COUNTY, case_id, "return-decision", to(URBAN))
    refused = await drama.refused(URBAN, case_id, "return", objection(HOUSING))
    assert refused == (409, "RETURNS_EXHAUSTED")
    assert await _promises(drama, case_id) == before
    assert (await drama.clock(case_id, "FEEDBACK"))["due_at"] == at("2026-03-10 00:00")
    row = await drama.row(case_id)
    assert row["first_dispatch_at"] == at("2026-03-02 10:00"), "invariant 3"


async def test_each_dispatch_has_its_own_time_to_sign(drama: Drama) -> None:
    """CK-02: met by the return, started anew by the decision; the old one stays met."""
    case_id = await dispatched(drama)
    drama.move_to("2026-03-02 11:30")
    await drama.act(STREET, case_id, "return", objection())
    drama.move_to("2026-03-02 14:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "RETURNED", "nobody signs what was returned"
    await drama.act(COUNTY, case_id, "return-decision", to(HOUSING))
    clock = await drama.clock(case_id, "SIGN")
    assert (clock["started_at"], clock["due_at"], clock["state"]) == (
        at("2026-03-02 14:00"),
        at("2026-03-02 16:00"),
        "RUNNING",
    )
    drama.move_to("2026-03-02 16:00:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "HANDLING", "X04 again"


@pytest.mark.parametrize(
    ("moment", "late"),
    [("2026-03-02 12:00:00", False), ("2026-03-02 12:00:01", True)],
    ids=["at the end of the window", "a second later"],
)
async def test_the_window_is_two_hours(drama: Drama, moment: str, late: bool) -> None:
    """T12: the end of the window is still in it; nobody has looked at the clock yet."""
    case_id = await dispatched(drama)
    drama.move_to(moment)
    if late:
        refused = await drama.refused(STREET, case_id, "return", objection())
        assert refused == (409, "RETURN_TOO_LATE")
    else:
        await drama.act(STREET, case_id, "return", objection())


async def test_the_window_counts_from_the_latest_dispatch(drama: Drama) -> None:
    """T12: the unit that is asked second has two hours of its own."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    drama.move_to("2026-03-02 14:00")
    await drama.act(COUNTY, case_id, "return-decision", to(HOUSING))
    drama.move_to("2026-03-02 15:59")
    await drama.act(HOUSING, case_id, "return", objection(URBAN))


async def test_a_signed_case_is_not_returned(drama: Drama) -> None:
    """T12 starts from DISPATCHED alone."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "signature")
    refused = await drama.refused(STREET, case_id, "return", objection())
    assert refused == (409, "ACTION_NOT_POSSIBLE")


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        (objection(reason=None), "RETURN_PAPERS_MISSING"),
        (objection(legal_basis=None), "RETURN_PAPERS_MISSING"),
        (objection(suggested_unit=None), "RETURN_PAPERS_MISSING"),
        (objection(reason="NO_TIME"), "UNKNOWN_RETURN_REASON"),
        (objection(suggested_unit=str(UUID(int=7))), "UNKNOWN_UNIT"),
    ],
    ids=["no reason", "no legal basis", "no unit", "no such reason", "no such unit"],
)
async def test_a_return_has_its_papers(drama: Drama, papers: dict[str, Any], code: str) -> None:
    """T12: reason code, legal basis, suggested unit."""
    case_id = await dispatched(drama)
    assert await drama.refused(STREET, case_id, "return", papers) == (422, code)
    assert (await drama.row(case_id))["state"] == "DISPATCHED"


async def test_a_designated_unit_keeps_the_case(drama: Drama) -> None:
    """T13 (指定): the same unit gets it again, with a new CK-02, and may not return it."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    done = await drama.act(COUNTY, case_id, "return-decision", FORCED)
    assert done["handler"]["organisation_id"] == str(STREET.organisation_id)
    refused = await drama.refused(STREET, case_id, "return", objection())
    assert refused == (409, "FORCED_UNIT_KEEPS_THE_CASE")
    await drama.act(STREET, case_id, "signature")


async def test_another_unit_can_be_designated_too(drama: Drama) -> None:
    """T12: not forced is a condition of its own, also for a unit that has returned nothing."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    await drama.act(COUNTY, case_id, "return-decision", to(HOUSING, forced=True))
    refused = await drama.refused(HOUSING, case_id, "return", objection(URBAN))
    assert refused == (409, "FORCED_UNIT_KEEPS_THE_CASE")


async def test_the_same_unit_gets_it_only_by_designation(drama: Drama) -> None:
    """T13: the map leads back to who returned it; naming it needs the word 指定."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    for decision in (BY_MAP, to(STREET)):
        refused = await drama.refused(COUNTY, case_id, "return-decision", decision)
        assert refused == (422, "SAME_UNIT_IS_FORCED")
    assert (await drama.row(case_id))["state"] == "RETURNED"


async def test_one_return_per_unit(drama: Drama) -> None:
    """X03: the case comes back to a unit that has returned it, though not as a designation."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    await drama.act(COUNTY, case_id, "return-decision", to(HOUSING))
    await drama.act(HOUSING, case_id, "return", objection(STREET))
    await drama.act(COUNTY, case_id, "return-decision", to(STREET))
    refused = await drama.refused(STREET, case_id, "return", objection())
    assert refused == (409, "RETURNS_EXHAUSTED")


async def test_a_colleague_of_the_same_community_is_another_unit(drama: Drama) -> None:
    """T13: cases of a grid are sent to a person; the neighbour's grid worker takes over."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "return", objection(LEADER, reason="NOT_OUR_AREA"))
    ruling = {"person_id": str(COLLEAGUE.id), "reason": "属于一网格"}
    done = await drama.act(STREET, case_id, "return-decision", ruling)
    assert done["handler"]["person_id"] == str(COLLEAGUE.id)
    assert (await drama.read(WORKER, f"/cases/{case_id}")).status_code == 200, "stays informed"


async def test_who_may_return(drama: Drama) -> None:
    """3.9: the assignee; not its helpers, its superiors, or another county's staff."""
    case_id = await drama.submit(NOISE)
    papers = objection(LEADER)
    for person in (COLLEAGUE, LEADER, STREET, COMPANY, COUNTY):
        status, _ = await drama.refused(person, case_id, "return", papers)
        assert status in {403, 404}, person
    assert (await drama.refused(staff("zhongzhi.chibi"), case_id, "return", papers))[0] == 404
    await drama.act(WORKER, case_id, "return", papers)


async def test_who_may_decide(drama: Drama) -> None:
    """T13, 3.9: a dispatcher or the arbiter above; nobody on the return of the own unit."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    for person in (WORKER, LEADER, OFFICE, COMPANY):
        assert (await drama.refused(person, case_id, "return-decision", to(HOUSING)))[0] == 403
    assert await drama.refused(STREET, case_id, "return-decision", to(HOUSING)) == (
        403,
        "OWN_RETURN",
    )
    assert (await drama.refused(HOUSING, case_id, "return-decision", to(HOUSING)))[0] == 404
    await drama.act(COUNTY, case_id, "return-decision", to(HOUSING))
    refused = await drama.refused(COUNTY, case_id, "return-decision", to(URBAN))
    assert refused == (409, "RETURN_NOT_PENDING")


async def test_nobody_with_a_stake_is_chosen(drama: Drama) -> None:
    """A13, X20: the company complained about cannot be given the case."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    refused = await drama.refused(COUNTY, case_id, "return-decision", to(COMPANY))
    assert refused == (422, "CONFLICT_OF_INTEREST")


async def test_what_is_said(drama: Drama) -> None:
    """T12, T13: returned, then decided and dispatched with one and the same state (X37)."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    await drama.act(COUNTY, case_id, "return-decision", to(HOUSING))
    (returned,) = await drama.stage.said(said.CaseReturned)
    assert (returned.organisation_id, returned.reason, returned.suggested) == (
        STREET.organisation_id,
        "NOT_OUR_DUTY",
        HOUSING.organisation_id,
    )
    assert BASIS not in returned.model_dump_json()
    (decided,) = await drama.stage.said(said.CaseReturnDecided)
    again = (await drama.stage.said(said.CaseDispatched))[-1]
    assert (decided.returned_by, decided.forced) == (STREET.organisation_id, False)
    assert decided.case == again.case
    assert again.case.handler is not None
    assert again.case.handler.organisation_id == HOUSING.organisation_id


async def test_objection_and_ruling_are_kept_for_the_desks(drama: Drama) -> None:
    """T13: who objected, on which basis, who decided what; the company does not read it."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    (row,) = (await drama.see(COUNTY, f"/cases/{case_id}/returns"))["items"]
    assert (row["reason"], row["reason_name"], row["legal_basis"], row["forced"]) == (
        "NOT_OUR_DUTY",
        "不属于本单位职责",
        BASIS,
        None,
    )
    await drama.act(COUNTY, case_id, "return-decision", to(HOUSING))
    for reader in (STREET, OFFICE, LEADER, HOUSING, COUNTY, staff("shegong.shi")):
        (row,) = (await drama.see(reader, f"/cases/{case_id}/returns"))["items"]
        assert (row["forced"], row["ruling"]) == (False, "经核实由该单位承办")
        assert row["given_to_id"] == str(HOUSING.organisation_id)
    assert (await drama.read(COMPANY, f"/cases/{case_id}/returns")).status_code == 403
    (stored,) = await drama.rows("SELECT legal_basis, ruling FROM case_return")
    assert BASIS not in str(stored)


async def test_a_return_takes_effect_once(drama: Drama) -> None:
    """X36: the same request again is answered as before."""
    case_id = await dispatched(drama)
    path = f"/cases/{case_id}/return"
    first = await drama.send(STREET, path, objection(), "same-key-0001")
    again = await drama.send(STREET, path, objection(), "same-key-0001")
    assert (first.status_code, again.json()) == (200, first.json())
    assert await drama.stage.count("case_return") == 1


async def test_regraded_while_it_waits(drama: Drama) -> None:
    """T30 in RETURNED: the clocks follow the grade, the return still waits for its decision."""
    case_id = await dispatched(drama)
    await drama.act(STREET, case_id, "return", objection())
    await drama.act(OFFICE, case_id, "grading", {"grade": "MAJOR", "reason": "涉及多部门"})
    assert (await drama.row(case_id))["state"] == "RETURNED"
    assert (await drama.clock(case_id, "MAJOR_RESULT"))["due_at"] == at("2026-04-02 00:00")
    done = await drama.act(COUNTY, case_id, "return-decision", FORCED)
    assert done["handler"]["organisation_id"] == str(STREET.organisation_id)


async def _promises(drama: Drama, case_id: UUID) -> list[Mapping[str, Any]]:
    """CK-03 to CK-07 as they stand; no return moves or restarts any of them."""
    return await drama.rows(
        "SELECT kind, started_at, due_at, state, generation FROM clock"
        " WHERE subject_id = :id AND kind NOT IN ('DISPATCH', 'SIGN') ORDER BY kind",
        id=case_id,
    )
