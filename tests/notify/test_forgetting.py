"""An owner left: contacts, messages and prompts are gone, in whatever order it is told (X37)."""

from __future__ import annotations

import pytest

from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.privacy import Sealed
from tests.notify.news import owner_known, submitted
from tests.samples import OWNER
from tests.stage import START, Stage

FOR_SURVEY = Sealed(audience="survey", ciphertext="not for notify")
GONE = OwnerErased(owner=ErasedOwner(id=OWNER, version=9, erased_at=START), names=FOR_SURVEY)
EMPTY = "version = 9 AND openid IS NULL AND mobile IS NULL AND NOT active"


@pytest.mark.parametrize("order", [("known", "gone"), ("gone", "known")])
async def test_contacts_are_forgotten_for_good(stage: Stage, order: tuple[str, ...]) -> None:
    events = {"known": owner_known(), "gone": GONE}
    for name in order:
        await stage.hear(events[name])
    assert await stage.count("owner_copy", EMPTY) == 1


async def test_messages_are_blank_and_none_is_sent_any_more(stage: Stage) -> None:
    await stage.hear(owner_known(), submitted())
    assert await stage.count("message", "state = 'WAITING'") == 1
    await stage.hear(GONE)
    assert await stage.count("message", "state = 'WAITING'") == 0
    assert await stage.count("message", "body <> '' OR title <> '账号已注销'") == 0
