"""T20, P16: nobody makes us open a socket to where we must not call."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from ipaddress import ip_network
from uuid import uuid4

import pytest
from aiohttp.connector import AddrInfoType

from services.notify.webhooks.domain.addresses import (
    EndpointAddressRefused,
    EndpointNotHttps,
    refuse_unsafe_address,
)
from services.notify.webhooks.sending.posting import Answer, Posting
from services.notify.webhooks.sending.ways import Egress
from shared.egress import Network, tls
from tests.notify.forbidden import DISGUISED, HARMLESS, RESOLVED, V4, V6
from tests.notify.receivers import Names, answers, receiving

CONTEXT = tls()
PUBLIC = "93.184.216.34"


class Sockets:
    """Counts what would be opened, and opens nothing."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def __call__(self, where: AddrInfoType) -> socket.socket:
        self.opened.append(str(where[4][0]))
        raise OSError("no network here")


class Caller:
    """Our sender, with names that resolve as a test says, and sockets that are counted."""

    def __init__(self, **names: list[tuple[str, ...]]) -> None:
        self.sockets = Sockets()
        known = {name.replace("_", "."): list(turns) for name, turns in names.items()}
        self.names = Names(known)  # type: ignore[arg-type]
        self.posting = Posting(Egress(self.names, CONTEXT, sockets=self.sockets))

    async def call(self, url: str, *opened: str) -> Answer:
        networks: tuple[Network, ...] = tuple(map(ip_network, opened))
        try:
            return await self.posting.post(uuid4(), url, b"{}", {}, networks)
        finally:
            await self.posting.close()


def literal(address: str) -> str:
    return f"https://[{address}]/hook" if ":" in address else f"https://{address}/hook"


def test_there_are_enough_of_them() -> None:
    """At least 200, as a URL and, where there is a number, behind a name as well."""
    assert len(V4) + len(V6) + len(DISGUISED) + len(RESOLVED) > 200


@pytest.mark.parametrize("address", [*V4, *V6])
async def test_no_socket_to_what_is_set_aside(address: str) -> None:
    """As a URL, and as the answer of somebody's name server."""
    caller = Caller(example_org=[(address,)])
    assert await caller.call(literal(address)) == Answer(failure="AddressRefused")
    assert await caller.call("https://example.org/hook") == Answer(failure="AddressRefused")
    assert caller.sockets.opened == []


@pytest.mark.parametrize("url", DISGUISED)
async def test_no_socket_for_a_disguise(url: str) -> None:
    """Whatever it leads to: one spelling, one port, one scheme. It is not written down either."""
    caller = Caller(example_org=[(PUBLIC,)], localhost=[("127.0.0.1",)])
    assert await caller.call(url) == Answer(failure="AddressRefused")
    assert caller.sockets.opened == []
    with pytest.raises((EndpointNotHttps, EndpointAddressRefused)):
        refuse_unsafe_address(url, plain_http_allowed=False)


@pytest.mark.parametrize("addresses", RESOLVED)
async def test_one_bad_address_spoils_the_name(addresses: tuple[str, ...]) -> None:
    caller = Caller(example_org=[addresses])
    assert await caller.call("https://example.org/hook") == Answer(failure="AddressRefused")
    assert caller.sockets.opened == []


@pytest.mark.parametrize("address", HARMLESS)
async def test_what_lies_beside_is_called(address: str) -> None:
    """The ranges end where they end."""
    for url in (literal(address), "https://example.org:443/hook"):
        caller = Caller(example_org=[(address,)])
        assert await caller.call(url) == Answer(failure="ConnectError")
        assert caller.sockets.opened == [address]
    refuse_unsafe_address(literal(address), plain_http_allowed=False)


async def test_a_name_that_turns_is_asked_once_per_connection() -> None:
    """DNS rebinding: public when it is judged, 127.0.0.1 a moment later, and never ours."""
    caller = Caller(example_org=[(PUBLIC,), ("127.0.0.1",)])
    assert await caller.call("https://example.org/hook") == Answer(failure="ConnectError")
    assert caller.names.asked == ["example.org"]
    assert await caller.call("https://example.org/hook") == Answer(failure="AddressRefused")
    assert caller.sockets.opened == [PUBLIC]


async def test_a_name_without_an_address() -> None:
    caller = Caller(empty_org=[()])
    for name in ("empty.org", "unknown.org"):
        assert await caller.call(f"https://{name}/") == Answer(failure="NameNotResolved")
    assert caller.sockets.opened == []


@pytest.fixture
async def trap() -> AsyncIterator[int]:
    """The port of somebody on this machine whom nobody must reach."""
    async with receiving(answers(204)) as receiver:
        yield receiver.port
        assert receiver.connections == 0


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
async def test_a_service_of_this_machine_is_not_reached(trap: int, scheme: str, host: str) -> None:
    """With real sockets and the system's own resolver in between."""
    names = Names({"localhost": [("127.0.0.1",)]})
    posting = Posting(Egress(names, CONTEXT))
    answer = await posting.post(uuid4(), f"{scheme}://{host}:{trap}/", b"{}", {})
    await posting.close()
    assert answer == Answer(failure="AddressRefused")


async def test_a_chain_of_redirects_leads_nowhere(trap: int) -> None:
    posting = Posting(Egress(Names({}), CONTEXT, this_machine=True))
    for status in (301, 302, 303, 307, 308):
        for target in (f"http://127.0.0.1:{trap}/", f"//127.0.0.1:{trap}/", "file:///etc/passwd"):
            async with receiving(answers(status, location=target)) as receiver:
                answer = await posting.post(uuid4(), receiver.url(), b"{}", {})
                assert answer.status == status
                assert receiver.connections == 1
    await posting.close()


async def test_variables_that_name_proxies_are_not_read(
    trap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap}")
    caller = Caller(example_org=[(PUBLIC,)])
    assert await caller.call("https://example.org/hook") == Answer(failure="ConnectError")
    assert caller.sockets.opened == [PUBLIC]
    posting = Posting(Egress(Names({}), CONTEXT, this_machine=True))
    async with receiving(answers(204)) as receiver:
        assert (await posting.post(uuid4(), receiver.url(), b"{}", {})).status == 204
    await posting.close()


@pytest.mark.parametrize(
    ("address", "opened", "reached"),
    [
        ("10.1.2.3", "10.1.2.0/24", True),
        ("10.1.3.3", "10.1.2.0/24", False),
        ("fd12::5", "fd12::/64", True),
        ("10.1.2.3", "fd12::/64", False),
        # never, whatever somebody managed to write into the table
        ("127.0.0.1", "127.0.0.0/8", False),
        ("::1", "::1/128", False),
        ("169.254.169.254", "169.254.0.0/16", False),
        ("fe80::1", "fe80::/10", False),
        ("100.100.100.200", "100.64.0.0/10", False),
        ("fd00:ec2::254", "fd00::/8", False),
        ("fd20:ce::254", "fd00::/8", False),
        ("fd00:c1::a9fe:a9fe", "fd00::/8", False),
        ("::ffff:10.1.2.3", "10.0.0.0/8", False),
        ("0.0.0.0", "0.0.0.0/0", False),
        ("10.1.2.3", "0.0.0.0/0", True),
    ],
)
async def test_what_an_exception_opens(address: str, opened: str, reached: bool) -> None:
    """Private networks, on port 443, and nothing else of what is set aside."""
    caller = Caller(example_org=[(address,)])
    answer = await caller.call("https://example.org/hook", opened)
    assert caller.sockets.opened == ([address] if reached else [])
    assert answer.failure == ("ConnectError" if reached else "AddressRefused")
    assert (await caller.call("https://example.org:8443/hook", opened)).failure == "AddressRefused"


async def test_plain_http_stays_on_this_machine() -> None:
    """The embedded mode calls its stand-ins by http, and nobody else."""
    caller = Caller(example_org=[(PUBLIC,)])
    caller.posting = Posting(Egress(caller.names, CONTEXT, True, caller.sockets))
    for url in ("http://example.org/", "http://example.org:443/", f"http://{PUBLIC}:443/"):
        assert await caller.call(url) == Answer(failure="AddressRefused")
    assert caller.sockets.opened == []
    assert (await caller.call("http://127.0.0.1:8000/")).failure == "ConnectError"
    assert caller.sockets.opened == ["127.0.0.1"]
