"""The file itself, the same bytes for the same parts.

Its entries are sorted, dated alike and not compressed: what compresses differs from one machine's
library to the next, and a published edition is compared byte by byte years later.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

FIRST = "[Content_Types].xml"  # where readers look first
DATED = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def sealed(file: bytes, replaced: dict[str, bytes]) -> bytes:
    """The parts of the file anew, some of them replaced."""
    with ZipFile(BytesIO(file)) as old:
        parts = {name: old.read(name) for name in old.namelist()} | replaced
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_STORED) as new:
        for name in sorted(parts, key=lambda name: (name != FIRST, name)):
            entry = ZipInfo(name, DATED)
            entry.create_system = UNIX
            new.writestr(entry, parts[name])
    return whole.getvalue()
