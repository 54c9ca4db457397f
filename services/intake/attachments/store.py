"""Where contents lie: a folder of this machine or a bucket of S3, by one address.

    parts/{attachment}/{part}        what has arrived of an upload
    content/{attachment}/{content}   what is kept of it

Everything is written whole or not at all, locked with a key that lies in the database alone.
Calls wait for the disk or the network: make them in a thread.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from services.intake.attachments.locking import Read
from shared.errors import NotFound, Unavailable
from shared.settings import Settings

PARTS, CONTENT = "parts", "content"
PIECE = 5 * 1024 * 1024  # the least that S3 takes as a piece of a larger object
AT_ONCE = 2
AHEAD = 1024 * 1024
CANONICAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class FilesNotKept(Unavailable):
    """This installation keeps no files: LIUDUAN_INTAKE_FILES names no place for them."""

    code = "FILES_NOT_KEPT"
    chinese = "本系统未配置附件存储。"


class FilesUnreachable(Unavailable):
    """The place where files lie does not answer now; please try again."""

    code = "FILES_UNREACHABLE"
    chinese = "附件存储暂时不可用，请稍后再试。"


class AttachmentLost(NotFound):
    """The file had arrived, but its content is no longer in the store."""

    code = "ATTACHMENT_LOST"
    chinese = "附件内容已丢失。"


class FileStore:
    def __init__(self, store: ObjectStore | None, folder: Path | None = None) -> None:
        self._given = store
        self._folder = folder

    @classmethod
    def read(cls, settings: Settings) -> FileStore:
        """`FILES` is `file:///folder` or `s3://bucket/prefix?endpoint=…&region=…`; the credentials
        of S3 come from the environment, as its own tools read them.
        """
        address = settings.optional("FILES")
        if not address:
            return cls(None)
        parts = urlsplit(address)
        if parts.scheme != "file":
            options: dict[str, Any] = dict(parse_qsl(parts.query))
            return cls(from_url(parts._replace(query="").geturl(), **options))
        folder = Path(unquote(parts.path))
        return cls(LocalStore(folder, mkdir=True), folder)

    @property
    def kept(self) -> bool:
        return self._given is not None

    def write(self, path: str, content: Iterable[bytes]) -> None:
        """Raises FilesNotKept or FilesUnreachable. `content` may read from the store meanwhile,
        which it may not while the store itself asks for the next piece.
        """
        with _reaching():
            writer = obstore.open_writer(
                self._store, path, buffer_size=PIECE, max_concurrency=AT_ONCE
            )
        for piece in content:
            with _reaching():
                writer.write(piece)
        with _reaching():
            writer.close()

    def reader(self, path: str, size: int) -> Read:
        """For an object that takes `size` bytes there; reads ahead, because every reading is a
        trip. Reading raises AttachmentLost, FilesNotKept or FilesUnreachable.
        """
        begins, window = 0, b""

        def read(start: int, length: int) -> bytes:
            nonlocal begins, window
            if not begins <= start <= start + length <= begins + len(window):
                some = min(max(length, AHEAD), max(size - start, 0))
                with _reaching():
                    window = bytes(obstore.get_range(self._store, path, start=start, length=some))
                begins = start
            return window[start - begins : start - begins + length]

        return read

    def sizes(self, folder: str) -> Mapping[str, int]:
        """What lies there, by its last name, with the bytes it takes in the store."""
        with _reaching():
            found = [each for batch in obstore.list(self._store, folder) for each in batch]
        return {each["path"].rpartition("/")[2]: each["size"] for each in found}

    def owners(self, root: str) -> list[UUID]:
        """The attachments that have anything in PARTS or CONTENT."""
        with _reaching():
            folders = obstore.list_with_delimiter(self._store, root)["common_prefixes"]
        names = (folder.rpartition("/")[2] for folder in folders)
        return [UUID(name) for name in names if CANONICAL.fullmatch(name)]

    def remove(self, folder: str, *, but: str | None = None) -> None:
        """Everything there, except one; also what a process that was killed left half written.

        Raises FilesNotKept or FilesUnreachable.
        """
        with _reaching():
            names = [name for name in self.sizes(folder) if name != but]
            if names:
                obstore.delete(self._store, [f"{folder}/{name}" for name in names])
        if self._folder is not None:
            _sweep(self._folder / folder, but)

    def remove_one(self, path: str) -> None:
        """Or nothing, if it has gone already. Raises FilesNotKept or FilesUnreachable."""
        with suppress(AttachmentLost), _reaching():
            obstore.delete(self._store, path)

    @property
    def _store(self) -> ObjectStore:
        if self._given is None:
            raise FilesNotKept
        return self._given


def parts_of(attachment_id: UUID) -> str:
    return f"{PARTS}/{attachment_id}"


def content_of(attachment_id: UUID) -> str:
    return f"{CONTENT}/{attachment_id}"


def _sweep(folder: Path, but: str | None) -> None:
    """A folder shows no half-written objects in its listings, but they lie there."""
    if but is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in folder.glob("*"):
        if path.name != but:
            path.unlink(missing_ok=True)


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise AttachmentLost from None
    except (BaseError, OSError) as failure:
        raise FilesUnreachable from failure
