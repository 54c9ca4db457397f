"""The worked examples W1 to W4 (lifecycle 3.11), played over HTTP by the people of the demo world.

The demo shows them on the terminal, the tests check what they lead to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from deploy.demo.stories.agreement import agreement
from deploy.demo.stories.joint import joint
from deploy.demo.stories.litigation import litigation
from deploy.demo.stories.noise import noise
from deploy.demo.stories.stage import Stage, Told

Story = Callable[[Stage], Awaitable[Told]]

STORIES: Mapping[str, tuple[str, Story]] = {
    "W1": ("小事：轻微噪音，当日化解", noise),
    "W3": ("大事：违法搭建，部门联合处置", joint),
    "W4": ("中事：调解不成，引导诉讼", litigation),
    "W2": ("中事：物业费争议，调解协议经司法确认", agreement),
}

__all__ = ["STORIES", "Stage", "Story", "Told"]
