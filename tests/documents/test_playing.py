"""The player of examples sees what is not as promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.matching import assert_holds, assert_lines
from tests.documents.reading import Direction, Exchange, read_examples

PAGE = """Text.

```http
POST /intake/complaints
Authorization: Bearer {owner}

{"text": "楼道灯坏了"}
```

```json
201
{"id": "{complaint}"}
```

<!-- stage: move 2026-03-02 10:00 -->

```http
GET /intake/complaints/{complaint}
```

And a drawing that is no answer:

```text
200
```
"""


def test_a_page_is_read_in_its_order(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    filed, moved, looked = read_examples(page)
    assert isinstance(filed, Exchange)
    assert isinstance(looked, Exchange)
    assert (filed.method, filed.target, filed.status) == ("POST", "/intake/complaints", 201)
    assert filed.headers == [("Authorization", "Bearer {owner}")]
    assert filed.body == '{"text": "楼道灯坏了"}'
    assert moved == Direction(15, "move", "2026-03-02 10:00")
    assert looked.status is None


@pytest.mark.parametrize(
    ("promised", "answered", "holds"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": 1}, {"b": 1}, False),
        ({"a": "…"}, {"a": None}, True),
        ([1], [1, 2], False),
        ([1, "…"], [1, 2], True),
        ([1, "…"], [], False),
        ({"id": "{known}"}, {"id": "x"}, True),
        ({"id": "{known}"}, {"id": "y"}, False),
        ({"id": "{fresh}", "same": "{fresh}"}, {"id": 1, "same": 1}, True),
        ({"id": "{fresh}", "same": "{fresh}"}, {"id": 1, "same": 2}, False),
    ],
)
def test_a_promise_holds_or_not(promised: object, answered: object, holds: bool) -> None:
    values = {"known": "x"}
    if holds:
        assert_holds(promised, answered, values)
        return
    with pytest.raises(AssertionError):
        assert_holds(promised, answered, values)


def test_lines_are_found_whatever_their_indentation() -> None:
    answered = "<a>\n  <b>1</b>\n</a>"
    assert_lines("<b>…</b>\n</a>", answered, "here")
    with pytest.raises(AssertionError):
        assert_lines("<b>2</b>", answered, "here")
