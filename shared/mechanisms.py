"""The tables that every service's database has, whatever the service is about."""

from __future__ import annotations

from sqlalchemy import MetaData

from shared.audit import tables as audit
from shared.clocks import tables as clocks
from shared.identity import tables as identity
from shared.messaging import tables as messaging
from shared.web import once


def add_tables(metadata: MetaData) -> None:
    for mechanism in (messaging, clocks, audit, identity, once):
        mechanism.add_tables(metadata)
