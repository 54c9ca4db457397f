"""Invented letters, enough of them to teach something."""

from __future__ import annotations

import json
from pathlib import Path

KINDS = [
    ("OL01", "MEDIUM", "楼下餐馆油烟", "餐馆的油烟直接排到窗口，呛得睡不着"),
    ("NS02", "MEDIUM", "工地夜间施工", "工地夜间施工噪音很大，吵得睡不着"),
    ("IL01", "MAJOR", "顶楼违章搭建", "顶楼住户违章搭建房间，影响结构"),
    ("PT01", "SMALL", "遛狗不牵绳", "有人在草地遛狗从不牵绳，孩子害怕"),
]
ENDINGS = ["请尽快处理", "希望有人管", "已经反映多次", "恳请领导重视", "大家都有意见"]


def invented() -> list[dict[str, object]]:
    return [
        {
            "id": f"{category}-{number}",
            "title": title,
            "text": f"{text}，{ending}。",
            "category": category,
            "grade": grade,
            "cluster": f"{category}-twins" if number < 2 else None,
        }
        for category, grade, title, text in KINDS
        for number, ending in enumerate(ENDINGS)
    ]


def written(path: Path, letters: list[dict[str, object]] | None = None) -> Path:
    lines = (json.dumps(each, ensure_ascii=False) for each in letters or invented())
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
