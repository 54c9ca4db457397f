"""The heading of a sheet: which column means what."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.errors import Invalid


class HeaderNotUnderstood(Invalid):
    """The first row must name the columns as the template does."""

    code = "SHEET_HEADER_NOT_UNDERSTOOD"
    chinese = "首行须为模板中的表头。"


@dataclass(frozen=True)
class Column:
    """`key` is what the code calls it, `chinese` what stands in the first row.

    A column that is not `needed` may be left out; a cell that is `filled` may not be left empty.
    """

    key: str
    chinese: str
    needed: bool = True
    filled: bool = False
    explained: str = ""


def placed(header: Sequence[str], columns: Sequence[Column]) -> Mapping[int, Column]:
    """The column under each position of the header. Raises HeaderNotUnderstood."""
    known = {_plain(column.chinese): column for column in columns}
    named = {place: _plain(name) for place, name in enumerate(header) if name.strip()}
    names = list(named.values())
    missing = [each.chinese for name, each in known.items() if each.needed and name not in names]
    unknown = [header[place] for place, name in named.items() if name not in known]
    twice = sorted({name for name in names if names.count(name) > 1})
    if missing or unknown or twice:
        raise HeaderNotUnderstood(missing=missing, unknown=unknown, twice=twice)
    return {place: known[name] for place, name in named.items()}


def _plain(name: str) -> str:
    """Full width, blanks and the mark of a required column do not matter."""
    return "".join(unicodedata.normalize("NFKC", name).split()).removesuffix("*").casefold()
