"""wechat.md 13.7: no simulator can be built where the real thing is expected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from deploy.simulators import (
    SimulatorRefused,
    build_court,
    build_department,
    build_sms,
    build_wechat,
)
from deploy.simulators.wechat import MiniProgram
from shared.clock import SimulatedClock
from shared.sms import Tc3Key, TencentAccount

ACCOUNT = TencentAccount(Tc3Key("id", "key"), "1400000000", "签名")
BUILDERS: dict[str, Callable[[SimulatedClock, str], FastAPI]] = {
    "wechat": lambda clock, where: build_wechat(
        MiniProgram("wx1", "secret"), clock=clock, environment=where
    ),
    "sms": lambda clock, where: build_sms(ACCOUNT, clock=clock, environment=where),
    "department": lambda clock, where: build_department(
        hub_url="http://hub.test", clock=clock, environment=where
    ),
    "court": lambda clock, where: build_court(
        hub_url="http://hub.test", clock=clock, environment=where
    ),
}


@pytest.mark.parametrize("simulator", BUILDERS)
def test_only_where_it_does_no_harm(simulator: str, clock: SimulatedClock) -> None:
    build = BUILDERS[simulator]
    assert build(clock, "embedded")
    for environment in ("production", "prod", "Production", "staging", ""):
        with pytest.raises(SimulatorRefused):
            build(clock, environment)
