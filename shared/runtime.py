"""What a running service holds in its hands: chosen in one place, passed to everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from shared.clock import Clock
from shared.database import Database
from shared.identity import Revocations, TokenVerifier
from shared.messaging.transport import Transport
from shared.privacy import BlindIndex, FieldCipher, KeyRing, Sealer
from shared.rulebook import RulebookShelf
from shared.settings import Settings

T = TypeVar("T")


@dataclass
class Runtime:
    """`parts` are the service's own tools by type (a WeChat client, a batch writer …)."""

    name: str
    settings: Settings
    clock: Clock
    database: Database
    transport: Transport
    rulebooks: RulebookShelf
    cipher: FieldCipher
    sealer: Sealer
    tokens: TokenVerifier
    revocations: Revocations
    parts: dict[type[Any], Any] = field(default_factory=dict)
    draining: bool = False

    @cached_property
    def blind_index(self) -> BlindIndex:
        """Only a service that looks people up is told the key; SettingMissing for the others."""
        return BlindIndex(KeyRing.parse(self.settings.text("BLIND_INDEX_KEYS")))

    def part(self, kind: type[T]) -> T:
        """The service's own tool of that type; KeyError when it was never put there."""
        found: T = self.parts[kind]
        return found

    def put(self, tool: object) -> None:
        self.parts[type(tool)] = tool
