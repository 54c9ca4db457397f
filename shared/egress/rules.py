"""What one caller may reach."""

from __future__ import annotations

from dataclasses import dataclass

from shared.egress.ranges import Address, Network, can_be_opened, is_public

PORT = 443


@dataclass(frozen=True)
class Rules:
    """`opened` are private networks that somebody answers for. `this_machine` opens loopback on
    any port and without TLS: for stand-ins beside an embedded system, and nowhere else.
    """

    opened: tuple[Network, ...] = ()
    this_machine: bool = False
    world: bool = True

    def allow(self, address: Address, port: int) -> bool:
        if self.this_machine and address.is_loopback:
            return True
        if not self.world or port != PORT:
            return False
        return is_public(address) or self._is_opened(address)

    def without_tls(self) -> Rules:
        """What may be called by plain http."""
        return Rules(this_machine=self.this_machine, world=False)

    def _is_opened(self, address: Address) -> bool:
        return can_be_opened(address) and any(
            address.version == each.version and address in each for each in self.opened
        )
