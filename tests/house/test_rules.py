"""The house rules hold everywhere, and each of them can be broken."""

from __future__ import annotations

import pytest

from tests.house.rules import LONGEST_FILE, LONGEST_FUNCTION, RULES
from tests.house.source import Module, modules

ROUTE = '@router.post("/x")\nasync def x():\n' + "    a()\n" * 6

BROKEN = {
    "commit": ("services/x/commands.py", "session.commit()"),
    "pure": ("services/x/domain/due.py", "started = datetime.now()"),
    "state": ("services/x/commands.py", "case.state = CaseState.CLOSED"),
    "broker": ("services/x/commands.py", "import aio_pika"),
    "problem": ("services/x/api/staff.py", "from fastapi import HTTPException"),
    "edge": ("services/x/commands.py", "try:\n    a()\nexcept Exception:\n    b()"),
    "route": ("services/x/api/staff.py", ROUTE),
    "patch": ("services/x/api/staff.py", '@router.patch("/x")\ndef x(): ...'),
    "file": ("shared/x.py", "a = 1\n" * (LONGEST_FILE + 1)),
    "function": ("shared/x.py", "def x():\n" + "    a()\n" * LONGEST_FUNCTION),
    "name": ("shared/utils.py", "a = 1"),
}
KEPT = {
    "commit": ("shared/database.py", "session.commit()"),
    "pure": ("services/x/domain/due.py", "due = now + timedelta(hours=1)"),
    "state": ("services/x/commands.py", "case.state = advance(case.state, Action.CLOSE)"),
    "broker": ("shared/messaging/rabbitmq.py", "import aio_pika"),
    "problem": ("services/x/api/staff.py", "from fastapi import APIRouter"),
    "edge": ("services/x/commands.py", "try:\n    a()\nexcept ValueError:\n    b()"),
    "route": ("services/x/api/staff.py", ROUTE.rsplit("    a()", 1)[0]),
    "patch": ("services/x/api/staff.py", '@router.put("/x")\ndef x(): ...'),
    "file": ("shared/x.py", "a = 1\n" * LONGEST_FILE),
    "function": ("shared/x.py", "def x():\n" + "    a()\n" * (LONGEST_FUNCTION - 1)),
    "name": ("shared/clock.py", "a = 1"),
}


@pytest.mark.parametrize("name", RULES)
def test_the_rule_is_kept(name: str) -> None:
    broken = [
        f"{module.path}:{line}"
        for module in modules()
        for line in RULES[name].check(module)
        if not module.excuses(name, line)
    ]
    assert not broken, f"{RULES[name].says} Broken in:\n" + "\n".join(broken)


@pytest.mark.parametrize("name", RULES)
def test_the_rule_sees_what_breaks_it_and_nothing_else(name: str) -> None:
    check = RULES[name].check
    assert list(check(Module(*BROKEN[name])))
    assert not list(check(Module(*KEPT[name])))


def test_an_excuse_names_the_rule_and_gives_a_reason() -> None:
    text = "a()  # house: commit — the driver's own transaction\nb()  # house: commit\n"
    module = Module("shared/x.py", text)
    assert module.excuses("commit", 1)
    assert not module.excuses("edge", 1)
    assert not module.excuses("commit", 2)
