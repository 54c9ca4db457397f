"""What has arrived of an upload, read as one file. Calls wait: make them in a thread.

A part lies under its number and a seal of its content, and is never written over: whoever reads
the same name twice reads the same bytes, or none.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.intake.attachments.domain.limits import (
    UploadChanged,
    parts_in,
    refuse_missing,
    size_of_part,
)
from services.intake.attachments.locking import ContentForged, lock, locked_size, unlock
from services.intake.attachments.store import AttachmentLost, FileStore, parts_of
from shared.rulebook.sections.files import Files

REMEMBERED = 2  # parts
SEAL = 16  # bytes


@dataclass(frozen=True)
class Upload:
    """`key` is the opened key of the attachment, `size` what was announced."""

    store: FileStore
    id: UUID
    key: str
    size: int
    rules: Files

    def write(self, number: int, content: bytes) -> None:
        """What came under this number before makes room; of two at once either may remain."""
        before, name = self._lying(number), self._name(number, content)
        if name not in before:
            path = self._path(name)
            self.store.write(path, lock(self.key, path, [content]))
        for other in before - {name}:
            self.store.remove_one(self._path(other))

    def arrived(self) -> Mapping[int, str]:
        """The names of the parts that lie there whole, by their numbers."""
        names = self.store.sizes(parts_of(self.id)).items()
        found = {_number(name): name for name, size in sorted(names) if self._is_whole(name, size)}
        return dict(sorted(found.items()))

    def remove(self) -> None:
        self.store.remove(parts_of(self.id))

    def source(self) -> PartsSource:
        """Of the parts as they lie there now. Raises PartsMissing."""
        names = self.arrived()
        refuse_missing(self.rules, self.size, names)
        return PartsSource(self, names)

    def part(self, number: int, name: str) -> bytes:
        """Raises UploadChanged; what cannot be unlocked is thrown away, so that it comes again."""
        path, size = self._path(name), self._size_of(number)
        read = self.store.reader(path, locked_size(size))
        try:
            return b"".join(unlock(self.key, path, read, size))
        except AttachmentLost:
            raise UploadChanged from None
        except ContentForged:
            self.store.remove_one(path)
            raise UploadChanged from None

    def _lying(self, number: int) -> set[str]:
        sizes = self.store.sizes(parts_of(self.id)).items()
        return {
            name for name, size in sizes if _number(name) == number and self._is_whole(name, size)
        }

    def _is_whole(self, name: str, size: int) -> bool:
        number = _number(name)
        known = 1 <= number <= parts_in(self.rules, self.size)
        return known and size == locked_size(self._size_of(number))

    def _size_of(self, number: int) -> int:
        return size_of_part(self.rules, self.size, number)

    def _name(self, number: int, content: bytes) -> str:
        seal = hashlib.blake2b(content, key=self.key.encode(), digest_size=SEAL)
        return f"{number:05d}-{seal.hexdigest()}"

    def _path(self, name: str) -> str:
        return f"{parts_of(self.id)}/{name}"


class PartsSource:
    """All parts as one; the last ones read are remembered."""

    def __init__(self, upload: Upload, names: Mapping[int, str]) -> None:
        self._upload, self._names = upload, names
        self._known: OrderedDict[int, bytes] = OrderedDict()

    @property
    def size(self) -> int:
        return self._upload.size

    def at(self, start: int, length: int) -> bytes:
        end = min(start + length, self.size)
        width = self._upload.rules.part_bytes
        found = bytearray()
        while start < end:
            number, within = divmod(start, width)
            some = self._part(number + 1)[within : within + end - start]
            found += some
            start += len(some)
        return bytes(found)

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for number in range(1, parts_in(self._upload.rules, self.size) + 1):
            digest.update(self._part(number))
        return digest.hexdigest()

    def _part(self, number: int) -> bytes:
        if number not in self._known:
            self._known[number] = self._upload.part(number, self._names[number])
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return self._known[number]


def _number(name: str) -> int:
    """0 for what is no part."""
    number = name.partition("-")[0]
    return int(number) if number.isdecimal() else 0
