"""The page for whoever sets up the mini-program, example by example."""

from __future__ import annotations

import json

from deploy.demo import world
from deploy.demo.stories import Stage
from shared.wechat.push import encrypt, signature
from tests.documents.playing import Player

TIMESTAMP, NONCE = "1772413200", "415670741"


async def test_every_example_of_the_page(hub: Stage) -> None:
    token = hub.keys["LIUDUAN_WECHAT_PUSH_TOKEN"]
    event = {"FromUserName": "o", "CreateTime": 1, "MsgType": "event", "Event": "debug_demo"}
    encrypted = encrypt(
        hub.keys["LIUDUAN_WECHAT_PUSH_AES_KEY"],
        hub.keys["LIUDUAN_WECHAT_APP_ID"],
        json.dumps(event).encode(),
    )
    player = Player(
        hub,
        {
            "timestamp": TIMESTAMP,
            "nonce": NONCE,
            "signature": signature(token, TIMESTAMP, NONCE),
            "encrypted": encrypted,
            "msg_signature": signature(token, TIMESTAMP, NONCE, encrypted),
            "estate": str(world.estate("温泉花园（演示）").id),
            "owner": hub.owner("owner-3").sign_in,
            "centre": hub.staff("zhongzhi.wenquan").sign_in,
        },
    )
    assert await player.play("wechat-operations.md") == 6
