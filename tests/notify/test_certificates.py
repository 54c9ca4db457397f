"""TLS to endpoints: the name's own certificate from an authority that we know, or no call."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import trustme

from services.notify.webhooks.sending.posting import Answer, Posting
from services.notify.webhooks.sending.ways import Egress
from shared.egress import tls
from tests.notify.receivers import Names, Receiver, answers, receiving

NAME = "hook.fire.example.org"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OURS, THEIRS = trustme.CA(), trustme.CA()

CERTIFICATES: Mapping[str, trustme.LeafCert] = {
    "unknown authority": THEIRS.issue_cert(NAME),
    "another's name": OURS.issue_cert("hook.police.example.org"),
    "the address and not the name": OURS.issue_cert("127.0.0.1"),
    "run out": OURS.issue_cert(NAME, not_before=LONG_AGO, not_after=LONG_AGO),
}


async def post_to(receiver: Receiver, authorities: Path) -> Answer:
    OURS.cert_pem.write_to_path(str(authorities))
    names = Names({NAME: [["127.0.0.1"]]})
    posting = Posting(Egress(names, tls(str(authorities)), this_machine=True))
    try:
        return await posting.post(uuid4(), receiver.url(NAME, "https"), b"{}", {})
    finally:
        await posting.close()


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


async def test_the_name_is_called_at_the_address_that_was_judged(tmp_path: Path) -> None:
    """T20: Host and SNI are the name's, though we connect to an address."""
    seen: list[str | None] = []
    context = context_of(OURS.issue_cert(NAME))
    context.sni_callback = lambda _, name, __: seen.append(name)
    async with receiving(answers(204), context) as receiver:
        answer = await post_to(receiver, tmp_path / "authorities.pem")
        assert answer == Answer(204, response="")
        assert receiver.requests[0].headers["host"] == f"{NAME}:{receiver.port}"
    assert seen == [NAME]


@pytest.mark.parametrize("case", CERTIFICATES)
async def test_a_bad_certificate_is_a_failure(tmp_path: Path, case: str) -> None:
    """T18: nothing of the body leaves us."""
    async with receiving(answers(204), context_of(CERTIFICATES[case])) as receiver:
        answer = await post_to(receiver, tmp_path / "authorities.pem")
        assert answer == Answer(failure="CertificateRefused")
        assert receiver.requests == []


async def test_whoever_speaks_no_tls_is_a_failure(tmp_path: Path) -> None:
    def speak_plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(speak_plainly, "127.0.0.1", 0) as server:
        receiver = Receiver(answers(204), server.sockets[0].getsockname()[1])
        answer = await post_to(receiver, tmp_path / "authorities.pem")
    assert answer == Answer(failure="TlsFailed")


def test_old_tls_is_not_spoken() -> None:
    context = tls()
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
