"""Every example of the page about accounts and homes is answered as promised."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from deploy.demo import world
from deploy.demo.stories import Stage
from tests.documents.playing import Player

PAGE = "mini-program-accounts.md"
HOST = world.owner("owner-1")
ESTATE = HOST.homes[0].estate
WANTED = ESTATE.house("1", "202")


async def test_accounts_and_homes(hub: Stage) -> None:
    player = Player(
        hub,
        {
            "js_code": _login_code(hub),
            "same_person": _login_code(hub),
            "sms_code": _code_sent_to(hub, "13900004321"),
            "guardian_code": _code_sent_to(hub, "13900005432"),
            "house_id": str(WANTED.id),
            "home": str(HOST.homes[0].house.id),
            "owner": hub.owner(HOST.person).sign_in,
            "site_office": hub.staff("wuye.wenquan").sign_in,
        },
    )
    assert await player.play(PAGE) == 21


def _login_code(hub: Stage) -> Callable[[], Awaitable[str]]:
    async def log_in() -> str:
        person = {"person": "somebody new"}
        answer = await hub.client.post("/simulators/wechat/_control/login", json=person)
        return str(answer.json()["js_code"])

    return log_in


def _code_sent_to(hub: Stage, mobile: str) -> Callable[[], Awaitable[str]]:
    async def newest() -> str:
        to = {"phone": f"+86{mobile}"}
        sent = await hub.client.get("/simulators/sms/_control/messages", params=to)
        return str(sent.json()[-1]["params"][0])

    return newest
