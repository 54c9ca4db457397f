"""The estate that is none: where complaints lie until a person has found their place."""

from __future__ import annotations

from uuid import UUID

UNPLACED = UUID("00000000-0000-7000-8000-000000000311")
