"""Every example of the page about files is answered as promised."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable

from deploy.demo import world
from deploy.demo.stories import Stage
from tests.documents.playing import Player
from tests.intake.attachments import media
from tests.intake.attachments.pictures import jpeg

PAGE = "mini-program-files.md"
REPORTER = world.owner("owner-1")


async def test_files(hub: Stage) -> None:
    film = media.mp4()
    player = Player(
        hub,
        {
            "owner": hub.owner(REPORTER.person).sign_in,
            "staff": hub.staff("zhongzhi.wenquan").sign_in,
            "estate": str(REPORTER.homes[0].estate.id),
            "photo": jpeg(),
            "film": film,
            "film_size": str(len(film)),
            "film_sha256": hashlib.sha256(film).hexdigest(),
        },
    )
    player.values["case"] = _case_of(hub, player)
    assert await player.play(PAGE) == 13


def _case_of(hub: Stage, player: Player) -> Callable[[], Awaitable[str]]:
    async def found() -> str:
        told = await hub.told(REPORTER.person, str(player.values["complaint"]))
        return told.case_id

    return found
