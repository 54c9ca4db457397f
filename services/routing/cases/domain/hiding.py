"""The words of a reporter who is not to be known (X15, X16).

Whoever handles the case needs the words, but not who says them: rooms and the ways in which people
introduce themselves are covered, beside every number. The company complained about gets none of
the words, because a story can tell who tells it.
"""

from __future__ import annotations

import re

from shared.privacy import mask_text

WITHHELD = "反映人已申请保密，原文不予显示。"
COVER = "***"

_ROOM = re.compile(
    r"[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|楼)?"
    r"[\s\-－]?[0-9一二三四五六七八九十]{0,3}(?:单元|门)?[\s\-－]?[0-9]{1,4}(?:室|号房|户)"
)
_INTRODUCED = re.compile(
    r"(?P<before>我(?:是|叫|名叫)|本人(?:姓名|叫|是)?|姓名|业主|联系人|反映人|投诉人)"
    r"(?P<mark>[：:，,\s]{0,2})(?P<name>[\u4e00-\u9fff]{2,4})"
    r"(?=[，。,.；;：:、（(\s]|$|先生|女士|，)"
)


def cover(text: str) -> str:
    """The words without numbers, rooms, and the name somebody introduces themselves by."""
    roomless = _ROOM.sub(COVER, mask_text(text))
    return _INTRODUCED.sub(rf"\g<before>\g<mark>{COVER}", roomless)
