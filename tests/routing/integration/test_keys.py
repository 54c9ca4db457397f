"""An organisation keeps the keys of its own system: A06, A07, P14."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from deploy.demo import world
from shared.contracts.vocabulary import Channel
from shared.identity import Actor, Role
from shared.signatures import PrivateKey, SharedSecret, Signer
from tests.routing.drama import FEES, Drama, staff
from tests.routing.integration.altering import Sent

STREET = staff("zhongzhi.wenquan")
HOUSING = world.department("HOUSING", "421202")
KEYS = "/integration/keys"
AT_MOST = 4  # rulebook integration.keys_at_most; the demo world has installed one


def keeper(account: str) -> Actor:
    person = staff(account)
    return replace(person, roles=person.roles | {Role.STAFF_ADMINISTRATOR})


ENGINEER = keeper("zhuxin.xianan")


async def installed(drama: Drama, who: Actor = ENGINEER, **body: str) -> Any:
    answer = await drama.send(who, KEYS, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def ended(drama: Drama, key_id: str, who: Actor = ENGINEER) -> httpx.Response:
    async with drama.client(who) as client:
        return await client.delete(f"{KEYS}/{key_id}")


async def signs(drama: Drama, *keys: Signer) -> int:
    """The status that a callback signed with these keys is answered."""
    case_id = await drama.submit(FEES, channel=Channel.HOTLINE)
    await drama.act(STREET, case_id, "dispatch", {"organisation_id": str(HOUSING)})
    number = (await drama.row(case_id))["number"]
    body = json.dumps({"type": "case.signed", "case_number": number}).encode()
    async with drama.client(None) as client:
        sent = Sent.true(body, HOUSING, str(uuid4()), drama.now, *keys)
        return (await sent.over(client)).status_code


async def test_a_key_pair(drama: Drama) -> None:
    """The public half is enough, and it can be looked at."""
    pair = PrivateKey.generate()
    assert await signs(drama, pair) == 401
    key = await installed(drama, public_key=pair.public().text(), description="工单系统")
    assert key["kind"] == "PUBLIC"
    assert (key["public_key"], key["description"]) == (pair.public().text(), "工单系统")
    assert key["secret"] is None
    assert await signs(drama, pair) == 200
    used = {each["id"]: each["last_used_at"] for each in await drama.see(ENGINEER, KEYS)}
    assert used.pop(key["id"]) == drama.now.isoformat()
    assert list(used.values()) == [None], "the key of the demo world did nothing"


async def test_a_secret_is_shown_once(drama: Drama) -> None:
    """Not even the request that made it is told again, and nothing at rest has it in clear."""
    key = str(uuid4())
    first = await drama.send(ENGINEER, KEYS, {}, key)
    again = await drama.send(ENGINEER, KEYS, {}, key)
    secret = first.json()["secret"]
    assert again.json()["id"] == first.json()["id"]
    assert again.json()["secret"] is None
    assert await signs(drama, SharedSecret.parse(secret)) == 200
    assert secret not in json.dumps(await drama.see(ENGINEER, KEYS))
    for table, column in (("idempotency_key", "answer"), ("integration_key", "key"),
                          ("audit_entry", "details::text")):  # fmt: skip
        assert await drama.stage.count(table, f"{column} LIKE '%{secret[6:]}%'") == 0


async def test_changing_a_key_leaves_no_gap(drama: Drama) -> None:
    """P14: old and new are good together, then the new one alone."""
    old, new = PrivateKey.generate(), PrivateKey.generate()
    old_id = (await installed(drama, public_key=old.public().text()))["id"]
    await installed(drama, public_key=new.public().text())
    assert [await signs(drama, old), await signs(drama, new), await signs(drama, old, new)] == [
        200,
        200,
        200,
    ]
    drama.stage.clock.advance(timedelta(hours=1))
    assert (await ended(drama, old_id)).status_code == 204
    assert (await ended(drama, old_id)).status_code == 204, "it stays ended"
    assert [await signs(drama, old), await signs(drama, new)] == [401, 200]
    row = next(each for each in await drama.see(ENGINEER, KEYS) if each["id"] == old_id)
    assert row["ended_at"] == drama.now.isoformat()
    rows = await drama.rows(
        "SELECT action FROM audit_entry WHERE subject_id = :id ORDER BY id", id=str(old_id)
    )
    assert [row["action"] for row in rows] == ["integration_key.installed", "integration_key.ended"]


async def test_only_who_keeps_the_accounts_of_the_organisation(drama: Drama) -> None:
    """A06, A07: a key acts for the organisation; another's key is not there."""
    key_id = (await installed(drama))["id"]
    fire, court = keeper("xiaofang.xianan"), keeper("fayuan.xianan")
    for stranger in (fire, court):
        assert (await ended(drama, key_id, stranger)).status_code == 404
        assert key_id not in {each["id"] for each in await drama.see(stranger, KEYS)}
    for actor, code in (
        (staff("zhuxin.xianan"), "KEY_KEEPERS_ONLY"),
        (staff("fayuan.xianan"), "KEY_KEEPERS_ONLY"),
        (staff("guanli.shi"), "KEYS_FOR_ORGANISATIONS_ONLY"),
        (keeper("wuye.wenquan"), "KEYS_FOR_ORGANISATIONS_ONLY"),
    ):
        refused = await drama.send(actor, KEYS, {})
        assert (refused.status_code, refused.json()["code"]) == (403, code)
        assert (await drama.read(actor, KEYS)).status_code == 403
        assert (await ended(drama, key_id, actor)).status_code == 403
    assert (await ended(drama, str(uuid4()))).status_code == 404
    assert (await installed(drama, court))["kind"] == "SECRET"


@pytest.mark.parametrize(
    "key",
    [
        PrivateKey.generate().text(),
        SharedSecret.generate().text(),
        "whpk_AAAA",
        "no-key-at-all",
        "",
    ],
    ids=["private", "secret", "short", "no key", "empty"],
)
async def test_what_is_no_public_key(drama: Drama, key: str) -> None:
    """A private key that is sent by mistake is neither kept nor repeated."""
    refused = await drama.send(ENGINEER, KEYS, {"public_key": key})
    assert (refused.status_code, refused.json()["code"]) == (422, "KEY_MALFORMED")
    assert not key or key not in refused.text
    assert len(await drama.see(ENGINEER, KEYS)) == 1


async def test_a_known_key_is_not_taken_again(drama: Drama) -> None:
    """Also after its end: it was ended for a reason. However its base64 is written."""
    public = PrivateKey.generate().public().text()
    key_id = (await installed(drama, public_key=public))["id"]
    for spelling in (public, public.rstrip("=")):
        refused = await drama.send(ENGINEER, KEYS, {"public_key": spelling})
        assert (refused.status_code, refused.json()["code"]) == (409, "KEY_KNOWN")
    await ended(drama, key_id)
    assert (await drama.send(ENGINEER, KEYS, {"public_key": public})).status_code == 409
    assert (await drama.send(keeper("xiaofang.xianan"), KEYS, {"public_key": public})).is_success


async def test_so_many_and_no_more(drama: Drama) -> None:
    """Also when all are asked for at once; an ended key makes room."""
    answers = await asyncio.gather(*(drama.send(ENGINEER, KEYS, {}) for _ in range(AT_MOST)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 201, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert (refused.json()["code"], refused.json()["at_most"]) == ("TOO_MANY_KEYS", AT_MOST)
    keys = await drama.see(ENGINEER, KEYS)
    assert len({UUID(each["id"]) for each in keys}) == AT_MOST
    await ended(drama, keys[0]["id"])
    await installed(drama)
