"""The people of the pages: who is signed in, and what the telephone of somebody else shows."""

from __future__ import annotations

from functools import partial

from deploy.demo import world
from deploy.demo.stories import Stage
from tests.documents.playing import Player, Value


def player(stage: Stage, **values: Value) -> Player:
    """With `<!-- stage: login PERSON -->`: what `wx.login` and the phone button give that person,
    as `js_code` and `phone_code`; and `<!-- stage: move 2026-03-02T10:00 -->`.
    """
    player = Player(stage, dict(values))
    player.acts = {"login": partial(_log_in, player), "move": partial(_move, stage)}
    return player


async def _log_in(player: Player, person: str) -> None:
    client, mobile = player.stage.client, world.owner(person).mobile
    login = await client.post("/simulators/wechat/_control/login", json={"person": person})
    phone = await client.post(
        "/simulators/wechat/_control/phone", json={"person": person, "phone": mobile}
    )
    player.values["js_code"] = login.json()["js_code"]
    player.values["phone_code"] = phone.json()["code"]


async def _move(stage: Stage, moment: str) -> None:
    await stage.at(moment, "")
