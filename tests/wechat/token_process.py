"""A process of a service that wants the token: `python -m tests.wechat.token_process URL WECHAT`.

Says "ready", waits for a line, asks twenty times at once, and prints what it was given.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys

from shared.clock import SimulatedClock
from shared.database import Database
from shared.privacy import FieldCipher, KeyRing
from shared.wechat import AccessTokens, Credentials, DatabaseTokenStore, Wire
from tests.wechat.conftest import APPID, BEGINNING, SECRET


async def main(url: str, wechat: str, keys: str) -> None:
    database, wire = Database(url), Wire(wechat)
    store = DatabaseTokenStore(database, FieldCipher(KeyRing.parse(keys)), APPID)
    tokens = AccessTokens(wire, Credentials(APPID, SECRET), store, SimulatedClock(BEGINNING))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    held = await asyncio.gather(*(tokens.current() for _ in range(20)))
    for value in sorted({each.value for each in held}):
        sys.stdout.write(hashlib.sha256(value.encode()).hexdigest() + "\n")
    await wire.close()
    await database.dispose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
