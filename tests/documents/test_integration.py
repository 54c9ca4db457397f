"""docs/integration/README.md: what is there to try with, and that the terminal alone says how."""

from __future__ import annotations

import re

from deploy.demo import world
from deploy.demo.stories import Stage
from deploy.embedded.landing import banner, front_page
from tests.documents.playing import PAGES, Player

PAGE = "README.md"
PERSON = re.compile(r"^\| `(owner-\d+)` \| (\d{11}) \| (.+?) \| `([A-Z]+)` \|$", re.MULTILINE)
SECRETS = (
    "LIUDUAN_DEMO_PASSWORD",
    "LIUDUAN_HOTLINE_CLIENT_SECRET",
    "LIUDUAN_HOTLINE_KEYS",
    "LIUDUAN_GEOREPORT_DEMO_KEY",
)


async def test_trying_it_without_wechat(hub: Stage) -> None:
    """An owner, a text message, a member of staff and the hotline (A04, B03)."""
    player = Player(hub, {"password": hub.keys["LIUDUAN_DEMO_PASSWORD"]})
    assert await player.play(PAGE) == 7


def test_the_demo_people_are_those_of_the_register() -> None:
    listed = PERSON.findall((PAGES / PAGE).read_text(encoding="utf-8"))
    assert len(listed) == 8
    for person, mobile, homes, relation in listed:
        owner = world.owner(person)
        known = ", ".join(
            f"{home.estate.name} {home.building.number}-{home.house.room}" for home in owner.homes
        )
        assert (owner.mobile, known) == (mobile, homes)
        assert {home.relation for home in owner.homes} == {relation}


async def test_the_terminal_says_what_the_page_for_browsers_does_not(hub: Stage) -> None:
    told, shown = banner(hub.system, hub.keys, "a database"), front_page(hub.system)
    assert [name for name in SECRETS if hub.keys[name] not in told] == []
    assert [name for name in SECRETS if hub.keys[name] in shown] == []
    for simulator in ("wechat", "sms", "hotline", "department", "court"):
        assert f"/{simulator}" in told
        assert f"/simulators/{simulator}/docs" in shown
