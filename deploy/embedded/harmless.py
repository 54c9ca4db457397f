"""Simulators and demo passwords stay away from real data and from other people."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address

from deploy.embedded.failures import OpenToOthers, RealSettings
from shared.messaging.transport import SERVICES

REAL = (
    "LIUDUAN_SITE",
    "LIUDUAN_WECHAT_APP_ID",
    *(f"LIUDUAN_{service.upper()}_DATABASE_URL" for service in SERVICES),
)


def refuse_real_settings(environment: Mapping[str, str]) -> None:
    """Raises RealSettings."""
    found = [name for name in REAL if environment.get(name)]
    if found:
        raise RealSettings(found)


def refuse_others(address: str) -> None:
    """Raises OpenToOthers unless only this machine can reach the address."""
    if not _is_loopback(address):
        raise OpenToOthers(address)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
