"""X16: of a reporter who asked to stay hidden, no answer of routing tells the company anything.

Every operation that reads is asked, as OpenAPI lists them, so that a new one is asked as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from shared.identity import Actor
from tests.house.operations import Operation, operations
from tests.routing.drama import GARDEN, Drama, Words, owner, staff

COMPANY = staff("wuye.wenquan")
WORKER = staff("wangge.wenquan2")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
REPORTER = owner("owner-6")
PHONE = "13" + "900000006"
NAME = "赵测试"
PLACE = "4栋1单元101室"  # what the drama's narrative says
WORDS = Words("物业费争议", f"我是{NAME}，物业费收费标准不清楚，请回电{PHONE}，家住{PLACE}。")
READING = [
    each for each in operations() if each.path.startswith("/routing/") and each.method == "GET"
]
OPEN_TO_ALL = {"/routing/health", "/routing/ready"}


@dataclass(frozen=True)
class Hidden:
    """A confidential case that was mediated, and everything in it that must not be told."""

    case_id: UUID
    secrets: tuple[str, ...]


async def _mediated(drama: Drama) -> Hidden:
    event = drama.submission(WORDS, reporter=REPORTER, confidential=True)
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "progress", {"text": f"已致电{NAME} {PHONE}"})
    await drama.act(STREET, case_id, "supervision", {"reason": f"请联系{PHONE}"})
    await drama.act(STREET, case_id, "mediation", {})
    session = {
        "held_at": drama.now.isoformat(),
        "place": "综治中心",
        "attendees": [{"capacity": "OWNER", "name": NAME}, {"capacity": "COMPANY"}],
        "notes": f"{NAME}称多收三百元",
    }
    await drama.act(STREET, case_id, "mediation/sessions", session)
    secrets = (NAME, PHONE, PLACE, str(REPORTER.id), str(GARDEN.house_id))
    return Hidden(case_id, secrets)


async def _asked(drama: Drama, operation: Operation, person: Actor, ids: Mapping[str, str]) -> str:
    known = {name: ids.get(name, str(uuid4())) for name in operation.names}
    path = operation.address(known).removeprefix("/routing")
    answer = await drama.read(person, path)
    assert answer.status_code < 500, f"{operation}: {answer.text}"
    return answer.text


async def test_no_reading_tells_the_company_who_reported(drama: Drama) -> None:
    """X16: no name, no phone, no room, no id of person or house; whatever is read."""
    hidden = await _mediated(drama)
    ids = {"case_id": str(hidden.case_id), "estate_id": str(GARDEN.estate_id)}
    told_of_it = 0
    for operation in READING:
        if operation.path in OPEN_TO_ALL or operation.path.startswith("/routing/directory/"):
            continue
        text = await _asked(drama, operation, COMPANY, ids)
        told_of_it += str(hidden.case_id) in text
        found = [secret for secret in hidden.secrets if secret in text]
        assert not found, f"{operation} tells {found}"
    assert told_of_it, "the company does see the case"


async def test_the_handler_of_the_same_case_is_told_no_more(drama: Drama) -> None:
    """X16: the reporter is "业主（已保密）" for whoever handles, too; the reviewing desk knows."""
    event = drama.submission(
        Words("楼上轻微噪音", f"我是{NAME}，家住{PLACE}，楼上轻微噪音，请回电{PHONE}。", "NS01"),
        reporter=REPORTER,
        confidential=True,
    )
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    (seen,) = (await drama.see(WORKER, f"/cases/{case_id}"))["complaints"]
    assert (seen["reporter"], seen["owner_id"], seen["place"]) == ("业主（已保密）", None, None)
    assert not [secret for secret in (PHONE, NAME, PLACE) if secret in seen["text"]]
    leader = staff("wanggezhang.wenquan")
    (known,) = (await drama.see(leader, f"/cases/{case_id}"))["complaints"]
    assert known["owner_id"] == str(REPORTER.id)


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("progress", {"text": "物业已公示收费标准"}),
        ("mediation/consents", {"party": "COMPANY", "consent": "AGREED"}),
    ],
)
async def test_no_answer_to_the_company_does_either(
    drama: Drama, what: str, body: dict[str, str]
) -> None:
    """X16: what the company gets for doing its part."""
    hidden = await _mediated(drama)
    answer = await drama.send(COMPANY, f"/cases/{hidden.case_id}/{what}", body)
    assert answer.status_code == 200, answer.text
    assert not [secret for secret in hidden.secrets if secret in answer.text]
