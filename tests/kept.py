"""A process of its own that is started again whenever it ends, as an operator's supervisor does."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from deploy.embedded.processes import bound_to_parent

CHECKOUT = Path(__file__).resolve().parents[1]
PATIENCE = 30  # seconds for a polite end


@dataclass
class KeptProcess:
    """`deaths` counts the ends that nobody asked for with `stop`; `log` gathers all its output."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    pause: float = 0.1  # seconds between an end and the next start
    deaths: int = 0
    _process: asyncio.subprocess.Process | None = None
    _keeper: asyncio.Task[None] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Call it from the main thread: the process ends with the thread that started it."""
        self._keeper = asyncio.create_task(self._keep())

    def kill(self) -> bool:
        """SIGKILL the whole session; False when there was nothing to kill."""
        if self._process is None or self._process.returncode is not None:
            return False
        os.killpg(self._process.pid, signal.SIGKILL)
        return True

    async def stop(self) -> None:
        """Let it end, and let it stay ended."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        if self._process is None or self._process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        except TimeoutError:
            self.kill()
            await self._process.wait()

    async def _keep(self) -> None:
        while True:
            with self.log.open("ab") as output:
                self._process = await asyncio.create_subprocess_exec(
                    *bound_to_parent(self.command, signal.SIGKILL),
                    cwd=CHECKOUT,
                    env=dict(self.environment),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
            await self._process.wait()
            self.deaths += 1
            await asyncio.sleep(self.pause)


@asynccontextmanager
async def kept(*processes: KeptProcess) -> AsyncIterator[None]:
    for process in processes:
        process.start()
    try:
        yield
    finally:
        await asyncio.gather(*(process.stop() for process in processes))
