"""Which address takes how large a body."""

from __future__ import annotations

import pytest

from shared.web.allowances import Allowances

ALLOWED = Allowances(
    {"/photos": 9, "/files/{file_id}/parts/{number}": 5, "/files/whole": 7, "/files/{file_id}": 3},
    usual=1,
)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/photos", 9),
        ("/photos/", 1),
        ("/files/whole", 7),
        ("/files/0190", 3),
        ("/files/0190/parts/12", 5),
        ("/files/0190/parts/12/more", 1),
        ("/files/0190/parts/", 1),
        ("/files//parts/1", 1),
        ("/elsewhere", 1),
        ("/files/0190/parts/1\n", 5),
    ],
)
def test_a_parameter_stands_for_one_segment(path: str, most: int) -> None:
    assert ALLOWED.of(path) == most


def test_without_uploads_everything_is_usual() -> None:
    assert Allowances({}, usual=1).of("/anything") == 1
