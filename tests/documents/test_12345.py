"""The page for hotline vendors holds: every example is played, the recipe computes (X44, B03)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from deploy.demo.stories import Stage
from shared.clock import BEIJING
from shared.signatures import SharedSecret, sign
from tests.documents.hotline_desk import handle, replies
from tests.documents.matching import assert_holds
from tests.documents.playing import PAGES, Player
from tests.documents.reading import Exchange, read_examples

PAGE = "12345.md"
ORDER = "XN12345-20260302-0007"
TEXT = (PAGES / PAGE).read_text(encoding="utf-8")


def example(name: str) -> Any:
    """The block under a comment of that name."""
    match = re.search(rf"<!-- example: {name} -->\s*```json\n(.*?)```", TEXT, re.DOTALL)
    assert match, name
    return json.loads(match[1])


def signed_body() -> Iterator[bytes]:
    for each in read_examples(PAGES / PAGE):
        if isinstance(each, Exchange) and ("webhook-signature", "{signature}") in each.headers:
            yield each.body.encode()


async def test_every_example_of_the_page_holds(hub: Stage) -> None:
    (body,) = signed_body()
    key = SharedSecret.parse(hub.keys["LIUDUAN_HOTLINE_KEYS"])
    headers = sign(body, id="msg_0008", at=hub.system.clock.now(), keys=[key])

    async def fetch(_: str) -> None:
        for order in example("page of orders")["orders"]:
            await hub.client.post("/simulators/hotline/_control/orders", json=order)
        await hub.system.move_to(hub.system.clock.now() + timedelta(minutes=1))

    async def reply(number: str) -> None:
        await handle(hub, number)

    values: dict[str, Any] = {
        "client": hub.keys["LIUDUAN_HOTLINE_CLIENT_ID"],
        "secret": hub.keys["LIUDUAN_HOTLINE_CLIENT_SECRET"],
        "timestamp": headers["webhook-timestamp"],
        "signature": headers["webhook-signature"],
        "desk": hub.staff("zhongzhi.shi").sign_in,
        "fresh_token": hub.hotline().sign_in,
    }
    player = Player(hub, values, {"fetch": fetch, "handle": reply})
    assert await player.play(PAGE) == 7
    (told,) = await replies(hub.client, ORDER)
    assert told["times"] == 1
    assert_holds(example("reply"), told["payload"], values)


def test_the_recipe_of_the_signature_is_what_we_check() -> None:
    (recipe,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(recipe, names)
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
    ours = sign(names["body"], id="msg_0008", at=moment, keys=[SharedSecret(names["key"])])
    assert ours["webhook-timestamp"] == "1772413200"
    assert ours["webhook-signature"] == names["signature"]


def test_the_page_names_every_field_and_every_kind_of_reply() -> None:
    from services.intake.channels.domain.replies import ReplyKind
    from services.intake.channels.hotline.schemas import HotlineOrder

    named = set(re.findall(r"`([A-Za-z_]+)`", TEXT))
    assert set(HotlineOrder.model_fields) <= named
    assert set(ReplyKind) <= named
