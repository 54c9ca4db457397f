"""What has arrived of an upload, read as one file. Calls wait: make them in a thread."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.intake.attachments.domain.limits import parts_in, refuse_missing, size_of_part
from services.intake.attachments.locking import lock, locked_size, unlock
from services.intake.attachments.store import FileStore, parts_of
from shared.rulebook.sections.files import Files

REMEMBERED = 2  # parts


@dataclass(frozen=True)
class Upload:
    """`key` is the opened key of the attachment, `size` what was announced."""

    store: FileStore
    id: UUID
    key: str
    size: int
    rules: Files

    def write(self, number: int, content: Iterable[bytes]) -> None:
        path = self._path(number)
        self.store.write(path, lock(self.key, path, content))

    def arrived(self) -> list[int]:
        """The numbers of the parts that lie there whole."""
        sizes = self.store.sizes(parts_of(self.id))
        numbers = range(1, parts_in(self.rules, self.size) + 1)
        return [n for n in numbers if sizes.get(_name(n)) == locked_size(self._size_of(n))]

    def remove(self) -> None:
        self.store.remove(parts_of(self.id))

    def source(self) -> PartsSource:
        """Raises PartsMissing."""
        refuse_missing(self.rules, self.size, self.arrived())
        return PartsSource(self)

    def part(self, number: int) -> bytes:
        path, size = self._path(number), self._size_of(number)
        read = self.store.reader(path, locked_size(size))
        return b"".join(unlock(self.key, path, read, size))

    def _size_of(self, number: int) -> int:
        return size_of_part(self.rules, self.size, number)

    def _path(self, number: int) -> str:
        return f"{parts_of(self.id)}/{_name(number)}"


class PartsSource:
    """All parts as one; the last ones read are remembered."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
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
            self._known[number] = self._upload.part(number)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return self._known[number]


def _name(number: int) -> str:
    return f"{number:05d}"
