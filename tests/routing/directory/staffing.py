"""Staff administrators of organisations, and what is done to accounts in several tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx

from deploy.demo import world
from shared.identity import Actor, Role
from tests.routing.directory.people import administrator, get, send, sign_in, staff
from tests.stage import Stage

COMPANY = world.staff("wuye.wenquan").organisation_id
GARDEN = world.estate("温泉花园（演示）")


def keeper(account: str = "wuye.wenquan") -> Actor:
    """Somebody who also keeps the accounts of the own organisation."""
    person = staff(account)
    return replace(person, roles=person.roles | {Role.STAFF_ADMINISTRATOR})


def newcomer(**changes: Any) -> dict[str, Any]:
    """An invitation into the company that serves the garden."""
    body = {
        "account": "wuye.new",
        "display_name": "演示新管家",
        "mobile": "139 0000 9003",
        "organisation_id": str(COMPANY),
        "end": "PROPERTY",
        "roles": [{"role": "SITE_OFFICE"}],
        "estate_ids": [str(GARDEN.id)],
    }
    return body | changes


def path_of(account: str, rest: str = "") -> str:
    return f"/directory/staff/{world.staff(account).id}{rest}"


async def account_of(stage: Stage, account: str) -> Any:
    return await get(stage, administrator(), path_of(account))


async def grant(stage: Stage, account: str, **body: Any) -> httpx.Response:
    return await send(stage, administrator(), "POST", path_of(account, "/roles"), body)


async def grant_id(stage: Stage, account: str, role: str) -> str:
    grants = (await account_of(stage, account))["grants"]
    return str(next(each["id"] for each in grants if each["role"] == role))


async def roles_of(stage: Stage, account: str) -> tuple[set[str], Any]:
    """What the token of a fresh sign-in says, and the session."""
    session = (await sign_in(stage, account)).json()
    actor = stage.host.runtime.tokens.verify(session["access_token"])
    return {str(role) for role in actor.roles}, session
