"""How each clock of a case comes to run, is met, and what its breach does; since 03-02 10:00."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from shared.contracts.intake import ComplaintConfirmed
from shared.contracts.vocabulary import Channel, Solved
from shared.identity import Actor
from shared.rulebook import ClockKind
from tests.routing.drama import FEES, FIRE, ILLEGAL, NOISE, Drama, Words, owner, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
COMPANY = staff("wuye.wenquan")
URBAN = staff("chengguan.xianan")
HOUSING = staff("zhuxin.xianan")
MEDIATOR = staff("tiaojie.xianan1")
RESULT = {"result_code": "SOLVED", "text": "已解决", "proofs": ["照片"]}
INTERIM = {"reply": "正在办理。", "reason": "等待账目"}
TABLE = [{"capacity": each} for each in ("OWNER", "COMMUNITY", "COMPANY")]
AGAIN = {"decision": "REOPEN", "reason": "问题再次出现"}

Scene = Callable[[Drama], Awaitable[UUID]]
Step = Callable[[Drama, UUID], Awaitable[None]]


@dataclass(frozen=True)
class Played:
    """`begin` leaves the clock running, `meet` does what stops it, `broken` looks at the case
    after the breach. `ends` is its state once met: the window for reopening is only stopped.
    """

    kind: ClockKind
    begin: Scene
    due: str
    meet: Step
    broken: Step
    started: str = "2026-03-02 10:00"
    ends: str = "MET"


async def waiting(drama: Drama) -> UUID:
    """Not dispatched: a hotline order is confirmed by a person."""
    return await drama.submit(FEES, channel=Channel.HOTLINE)


async def dispatched(drama: Drama) -> UUID:
    return await drama.submit(FEES)


async def handled(drama: Drama) -> UUID:
    return await _signed(drama, FEES, STREET)


async def small(drama: Drama) -> UUID:
    return await _signed(drama, NOISE, WORKER)


async def joint(drama: Drama) -> UUID:
    case_id = await _major(drama, ILLEGAL)
    team = {"lead": str(URBAN.organisation_id), "members": [str(HOUSING.organisation_id)]}
    await drama.act(COUNTY, case_id, "joint", team)
    return case_id


async def removable(drama: Drama) -> UUID:
    return await _major(drama, FIRE)


async def unlawful(drama: Drama) -> UUID:
    return await drama.submit(ILLEGAL)


async def at_the_committee(drama: Drama) -> UUID:
    case_id = await handled(drama)
    committee = {"committee_id": str(MEDIATOR.organisation_id)}
    await drama.act(STREET, case_id, "mediation", committee)
    return case_id


async def agreed(drama: Drama) -> UUID:
    case_id = await handled(drama)
    await _session(drama, case_id)
    owed = [{"party": "COMPANY", "what": "退还", "amount": 300}]
    word = {"kind": "ORAL", "content": "分期退还", "obligations": owed}
    await drama.act(STREET, case_id, "mediation/agreement", word)
    return case_id


async def fed_back(drama: Drama) -> UUID:
    case_id = await small(drama)
    await drama.act(WORKER, case_id, "result", RESULT)
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已解决"})
    return case_id


async def not_answered(drama: Drama) -> UUID:
    case_id = await fed_back(drama)
    drama.move_to("2026-03-06 00:00:01")
    await drama.stage.sweep()
    return case_id


async def closed(drama: Drama) -> UUID:
    case_id = await fed_back(drama)
    await answer(drama, case_id)
    return case_id


async def answer(drama: Drama, case_id: UUID) -> None:
    rows = await drama.rows(
        "SELECT complaint_id FROM case_complaint WHERE case_id = :id", id=case_id
    )
    event = drama.submission(NOISE, id=rows[0]["complaint_id"])
    await drama.stage.hear(
        ComplaintConfirmed(complaint=event.complaint, solved=Solved.YES, level=5)
    )


async def dispatch(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "dispatch", {})


async def sign(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "signature")


async def hold_a_session(drama: Drama, case_id: UUID) -> None:
    await _session(drama, case_id)


async def hand_in(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "result", RESULT)


async def hand_in_small(drama: Drama, case_id: UUID) -> None:
    await drama.act(WORKER, case_id, "result", RESULT)


async def inform(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "interim-feedback", INTERIM)


async def convene(drama: Drama, case_id: UUID) -> None:
    await drama.act(URBAN, case_id, "joint/convening")


async def plan(drama: Drama, case_id: UUID) -> None:
    await convene(drama, case_id)
    await drama.act(URBAN, case_id, "joint/plan", {"plan": "联合执法方案"})


async def complete(drama: Drama, case_id: UUID) -> None:
    for member in (URBAN, HOUSING):
        await drama.act(member, case_id, "joint/results", RESULT)
    await drama.act(URBAN, case_id, "joint/completion", RESULT)


async def refuse_mediation(drama: Drama, case_id: UUID) -> None:
    refusal = {"reason": "不愿调解", "party": "COMPANY"}
    await drama.act(MEDIATOR, case_id, "mediation/refusal", refusal)


async def apply_jointly(drama: Drama, case_id: UUID) -> None:
    path = "agreement/confirmation-applications"
    await drama.act(owner(), case_id, path, {})
    await drama.act(COMPANY, case_id, f"{path}/consents", {"party": "COMPANY"})


async def reopen(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "reopening", AGAIN)


async def hand_over(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "dispatch", {})
    await sign(drama, case_id)
    await drama.act(STREET, case_id, "joint", {})


async def late(drama: Drama, case_id: UUID) -> None:
    assert (await drama.row(case_id))["overdue"] is True


async def late_and_supervised(drama: Drama, case_id: UUID) -> None:
    row = await drama.row(case_id)
    assert (row["overdue"], row["supervised"]) == (True, True)


async def signed_by_the_system(drama: Drama, case_id: UUID) -> None:
    row = await drama.row(case_id)
    assert (row["state"], row["overdue"]) == ("HANDLING", False)


async def medium(drama: Drama, case_id: UUID) -> None:
    row = await drama.row(case_id)
    assert (row["grade"], row["overdue"]) == ("MEDIUM", True)


async def still_mediating(drama: Drama, case_id: UUID) -> None:
    """It is told; how a mediation ends is for people to say."""
    assert (await drama.row(case_id))["state"] == "MEDIATING"


async def no_application_any_more(drama: Drama, case_id: UUID) -> None:
    refused = await drama.refused(owner(), case_id, "agreement/confirmation-applications", {})
    assert refused == (409, "CONFIRMATION_TOO_LATE")


async def visited(drama: Drama, case_id: UUID) -> None:
    assert (await drama.clock(case_id, "RETURN_VISIT"))["state"] == "RUNNING"


async def closed_unanswered(drama: Drama, case_id: UUID) -> None:
    row = await drama.row(case_id)
    assert (row["state"], row["overdue"]) == ("CLOSED", False)


async def no_reopening_any_more(drama: Drama, case_id: UUID) -> None:
    refused = await drama.refused(STREET, case_id, "reopening", AGAIN)
    assert refused == (409, "REOPENING_TOO_LATE")


async def handled_jointly(drama: Drama, case_id: UUID) -> None:
    assert (await drama.row(case_id))["state"] == "JOINT"


async def told_to_the_centre(drama: Drama, case_id: UUID) -> None:
    """An alert; the case as such is not late."""
    assert (await drama.row(case_id))["state"] == "TO_DISPATCH"


async def _signed(drama: Drama, words: Words, by: Actor) -> UUID:
    case_id = await drama.submit(words)
    await drama.act(by, case_id, "signature")
    return case_id


async def _major(drama: Drama, words: Words) -> UUID:
    case_id = await drama.submit(words)
    await drama.act(COUNTY, case_id, "dispatch", {})
    await sign(drama, case_id)
    return case_id


async def _session(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "mediation", {})
    session = {"held_at": drama.now.isoformat(), "place": "社区", "attendees": TABLE, "notes": ""}
    await drama.act(STREET, case_id, "mediation/sessions", session)
