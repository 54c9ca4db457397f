"""The only place that picks concrete things for a service."""

from __future__ import annotations

from shared.clock import Clock
from shared.database import Database
from shared.identity import Revocations, TokenVerifier, TrustedKeys
from shared.messaging.in_process import InProcessTransport
from shared.messaging.rabbitmq import RabbitTransport
from shared.messaging.transport import Transport
from shared.privacy import FieldCipher, KeyRing, Sealer
from shared.rulebook import load_shelf
from shared.runtime import Runtime
from shared.settings import Settings


def choose_transport(settings: Settings) -> Transport:
    """RabbitMQ when `LIUDUAN_AMQP_URL` is set, else the transport of one process."""
    url = settings.optional("AMQP_URL")
    if not url:
        return InProcessTransport()
    return RabbitTransport(
        url,
        retry_delays=settings.retry_delays,
        namespace=settings.optional("AMQP_NAMESPACE") or "liuduan",
    )


def compose_runtime(settings: Settings, clock: Clock, transport: Transport) -> Runtime:
    revocations = Revocations(clock)
    return Runtime(
        name=settings.service,
        settings=settings,
        clock=clock,
        database=Database(settings.database_url, application=f"liuduan-{settings.service}"),
        transport=transport,
        rulebooks=load_shelf(settings.rulebooks),
        cipher=FieldCipher(KeyRing.parse(settings.text("FIELD_KEYS"))),
        sealer=Sealer.from_environment(settings.environment),
        tokens=TokenVerifier(TrustedKeys.parse(settings.text("TRUSTED_KEYS")), clock, revocations),
        revocations=revocations,
    )
