"""Leaving a case by one's own word: no act is left, and another handler is proposed (A13, X20)."""

from __future__ import annotations

from deploy.demo import world
from tests.routing.dispatching.desk import COUNTY, activated, row
from tests.routing.drama import GARDEN, NOISE, Drama, staff

LEADER = "wanggezhang.wenquan"
WORDS = {"reason": "投诉人是我的亲戚。"}


async def leave(drama: Drama, account: str, path: str) -> tuple[int, dict[str, object]]:
    answer = await drama.send(staff(account), path, WORDS)
    return answer.status_code, answer.json()


async def test_who_leaves_a_case_acts_on_it_no_more(drama: Drama) -> None:
    """A13: the worker of the grid still sees it; the leader of the grid is proposed."""
    case = await drama.submit(NOISE, place=GARDEN)
    lead = (await drama.rows("SELECT person_id FROM assignment WHERE role = 'LEAD'"))[0]
    worker = next(each for each in world.STAFF if each.id == lead["person_id"])
    status, answer = await leave(drama, worker.account, f"/cases/{case}/recusals")
    assert status == 201
    proposed = answer["alternative"]
    assert isinstance(proposed, dict)
    assert proposed["person_id"] == str(world.staff(LEADER).id)
    refused = await drama.refused(staff(worker.account), case, "signature")
    assert refused == (403, "NOT_YOUR_TASK")
    assert (await drama.read(staff(worker.account), f"/cases/{case}")).status_code == 200


async def test_the_alternative_is_whom_the_rules_would_send_it_to(drama: Drama) -> None:
    """X20: what is proposed is what a dispatch by the centre's own rules would choose."""
    case = await drama.submit(NOISE, place=GARDEN)
    await activated(drama, row("噪音", "县级综治中心", categories="NS01"))
    lead = (await drama.rows("SELECT person_id FROM assignment WHERE role = 'LEAD'"))[0]
    worker = next(each for each in world.STAFF if each.id == lead["person_id"])
    _, answer = await leave(drama, worker.account, f"/cases/{case}/recusals")
    proposed = answer["alternative"]
    assert isinstance(proposed, dict)
    assert proposed["organisation_id"] == str(COUNTY.organisation_id)


async def test_who_has_left_is_not_sent_the_case_again(drama: Drama) -> None:
    """X20: refused, with an alternative."""
    case = await drama.submit(NOISE, place=GARDEN)
    lead = (await drama.rows("SELECT person_id FROM assignment WHERE role = 'LEAD'"))[0]
    worker = next(each for each in world.STAFF if each.id == lead["person_id"])
    await leave(drama, worker.account, f"/cases/{case}/recusals")
    body = {"person_id": str(worker.id)}
    answer = await drama.send(staff("zhongzhi.wenquan"), f"/cases/{case}/dispatch", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "CONFLICT_OF_INTEREST")
    assert answer.json()["alternative"]["person_id"] == str(world.staff(LEADER).id)


async def test_a_reviewer_leaves_as_well_and_only_once(drama: Drama) -> None:
    case = await drama.submit(NOISE, place=GARDEN)
    path = f"/cases/{case}/recusals"
    assert (await leave(drama, "zhongzhi.wenquan", path))[0] == 201
    status, answer = await leave(drama, "zhongzhi.wenquan", path)
    assert (status, answer["code"]) == (409, "RECUSED_ALREADY")
    grading = {"category": "NS01", "grade": "MEDIUM", "reason": "影响多户。"}
    refused = await drama.refused(staff("zhongzhi.wenquan"), case, "grading", grading)
    assert refused == (403, "NOT_YOUR_TASK")
    assert (await drama.read(staff("zhongzhi.wenquan"), f"/cases/{case}")).status_code == 200


async def test_who_may_leave_and_who_has_nothing_to_leave(drama: Drama) -> None:
    """The company answers for itself, an observer does nothing, a stranger sees nothing."""
    case = await drama.submit(NOISE, place=GARDEN)
    path = f"/cases/{case}/recusals"
    for account, status in (
        ("wuye.wenquan", 403),
        ("shegong.shi", 403),
        ("wuye.jiayuan", 404),
        ("jiedao.wenquan", 201),
    ):
        assert (await leave(drama, account, path))[0] == status, account


async def test_the_reason_is_kept_as_ciphertext(drama: Drama) -> None:
    case = await drama.submit(NOISE, place=GARDEN)
    await leave(drama, "jiedao.wenquan", f"/cases/{case}/recusals")
    for table in ("case_recusal", "audit_entry", "idempotency_key", "outbox"):
        assert await drama.stage.count(table, f"{table}::text LIKE '%亲戚%'") == 0
    assert await drama.stage.count("audit_entry", "action = 'case.recused'") == 1
