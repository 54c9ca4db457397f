"""A worker that is watched says that it lives and how it is doing, and nothing else."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from deploy.embedded.processes import free_port, is_free
from shared.watching import watched, watching_app


async def _get(path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=watching_app("notify"))
    async with httpx.AsyncClient(transport=transport, base_url="http://worker.test") as client:
        return await client.get(path)


async def test_it_says_whose_worker_it_is() -> None:
    assert (await _get("/health")).json() == {"status": "ok", "service": "notify"}


async def test_it_speaks_prometheus() -> None:
    answer = await _get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "# HELP" in answer.text


@pytest.mark.parametrize("path", ["/", "/ready", "/docs", "/notify/inbox"])
async def test_it_does_no_business(path: str) -> None:
    assert (await _get(path)).status_code == 404


async def test_the_door_is_there_for_as_long_as_the_work() -> None:
    port = free_port()
    patient = httpx.AsyncHTTPTransport(retries=5)
    async with (
        watched("notify", "127.0.0.1", port),
        httpx.AsyncClient(transport=patient, trust_env=False) as client,
    ):
        answer = await client.get(f"http://127.0.0.1:{port}/health")
        assert answer.is_success
    assert is_free(port)


async def test_without_a_port_there_is_no_door() -> None:
    before = asyncio.all_tasks()
    async with watched("notify", "127.0.0.1", None):
        assert asyncio.all_tasks() == before
