"""Where the contents of photographs lie: one locked file each, in a folder of this installation.

The port is two methods, so that an object store can take the folder's place.
"""

from __future__ import annotations

import asyncio
import base64
import os
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.errors import NotFound, Unavailable
from shared.settings import Settings

KEY_BITS = 256
NONCE_BYTES = 12


class PhotosNotKept(Unavailable):
    """This installation keeps no photographs: LIUDUAN_ROUTING_PHOTOS names no folder."""

    code = "PHOTOS_NOT_KEPT"
    chinese = "本系统未配置照片存储。"


class PhotoLost(NotFound):
    """The photograph had arrived, but its file is no longer in the folder."""

    code = "PHOTO_LOST"
    chinese = "照片文件已丢失。"


class PhotoStore:
    """Every photograph has a key of its own, which lies encrypted in the database: without it a
    file is noise, and deleting the row deletes the picture.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @classmethod
    def read(cls, settings: Settings) -> PhotoStore:
        named = settings.optional("PHOTOS")
        return cls(Path(named) if named else None)

    async def write(self, actor_id: UUID, photo_id: UUID, content: bytes, key: str) -> None:
        """Whole or not at all. Raises PhotosNotKept."""
        await asyncio.to_thread(self._write, actor_id, photo_id, content, key)

    async def load(self, actor_id: UUID, photo_id: UUID, key: str) -> bytes:
        """Raises PhotosNotKept or PhotoLost."""
        return await asyncio.to_thread(self._load, actor_id, photo_id, key)

    def _write(self, actor_id: UUID, photo_id: UUID, content: bytes, key: str) -> None:
        place = self._place(actor_id, photo_id)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = place.with_name(f"{place.name}.{uuid4().hex}")
        nonce = os.urandom(NONCE_BYTES)
        with unfinished.open("xb") as file:
            file.write(nonce + _cipher(key).encrypt(nonce, content, place.name.encode()))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)

    def _load(self, actor_id: UUID, photo_id: UUID, key: str) -> bytes:
        place = self._place(actor_id, photo_id)
        try:
            body = place.read_bytes()
        except FileNotFoundError:
            raise PhotoLost from None
        nonce, locked = body[:NONCE_BYTES], body[NONCE_BYTES:]
        return _cipher(key).decrypt(nonce, locked, place.name.encode())

    def _place(self, actor_id: UUID, photo_id: UUID) -> Path:
        if self._folder is None:
            raise PhotosNotKept
        return self._folder / actor_id.hex / photo_id.hex


def new_key() -> str:
    return base64.urlsafe_b64encode(AESGCM.generate_key(KEY_BITS)).decode()


def _cipher(key: str) -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(key))
