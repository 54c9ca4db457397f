"""Values that are planted where people write them, and must turn up nowhere else (P23, T25)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from deploy.simulators.wechat.people import openid_of
from tests.environment import environment

PERSON = "canary-1"
CANARIES: Mapping[str, str] = {
    "phone": "13900097531",
    "second phone": "13900086420",
    "citizen id": "421202190001010001",
    "name": "林雾汀",
    "plate": "鄂L9Q7Z1",
    "email": "wuting.lin@example.com",
    "latitude": "29.841273",
    "longitude": "114.321965",
    "openid": openid_of(environment()["LIUDUAN_WECHAT_APP_ID"], PERSON),
}
STORY = (
    f"我是{CANARIES['name']}，电话{CANARIES['phone']}，身份证{CANARIES['citizen id']}，"
    f"邮箱{CANARIES['email']}，车牌{CANARIES['plate']}，楼道灯坏了半个月一直没有人来修理。"
)


@dataclass
class Planted:
    """Also what was given out on the way, such as tokens."""

    values: dict[str, str] = field(default_factory=lambda: dict(CANARIES))

    def found_in(self, place: str, content: str) -> list[str]:
        """Which canaries a place holds, in any of the forms in which text is written down."""
        return [
            f"{name} in {place}: …{content[max(0, at - 80) : at + 20]}…"
            for name, value in self.values.items()
            for form in _forms(value)
            if (at := content.find(form)) >= 0
        ]


def _forms(value: str) -> Iterator[str]:
    yield value
    if not value.isascii():
        yield json.dumps(value)[1:-1]
        yield quote(value)
    yield base64.b64encode(value.encode()).decode().rstrip("=")
