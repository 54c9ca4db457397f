"""A channel that the operator has not set up: everything goes the next way."""

from __future__ import annotations

from services.notify.channels.channel import NOT_CONFIGURED, Parcel, Result


class Unconfigured:
    async def send(self, parcel: Parcel) -> Result:
        return NOT_CONFIGURED
