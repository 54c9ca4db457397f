"""What an organisation's own system signs with: installed, looked at and ended by itself."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.integration.keepers import CurrentKeeper, OwnKey
from services.routing.integration.keeping import end, install
from services.routing.integration.key_schemas import InstalledKeyOut, KeyOut, NewKey
from services.routing.integration.keys import every_key_of, last_uses
from shared.web.once import OnceDep

router = APIRouter(prefix="/integration/keys", tags=["integration"])


@router.get("")
async def list_keys(keeper: CurrentKeeper) -> list[KeyOut]:
    """Newest first, ended ones too."""
    session, cipher = keeper.on.session, keeper.on.runtime.cipher
    keys = await every_key_of(session, keeper.organisation_id)
    used = await last_uses(session, keys)
    return [KeyOut.of(cipher, key, used.get(key.id)) for key in keys]


@router.post("", status_code=201, response_model=InstalledKeyOut)
async def install_a_key(body: NewKey, keeper: CurrentKeeper, once: OnceDep) -> Response:
    """Good at once, beside those there are: that is how keys are changed without a gap."""
    key = body.key()

    async def work() -> InstalledKeyOut:
        row = await install(keeper, key, body.description)
        return InstalledKeyOut.of(keeper.on.runtime.cipher, row).showing(key)

    return await once.run(work, kept=InstalledKeyOut.kept)


@router.delete("/{key_id}", status_code=204)
async def end_a_key(keeper: CurrentKeeper, key: OwnKey) -> None:
    """From this moment on; callbacks that were answered stay as they are."""
    end(keeper, key)
