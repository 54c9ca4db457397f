"""WeChat, the SMS provider, departments and courts of a private world, in a process of their own.

`python -m bench.stand_ins PORT`; the environment is that of the services.
"""

from __future__ import annotations

import os
import sys

import uvicorn
from starlette.applications import Starlette

from deploy.demo.town import demo_town
from shared.clock import SystemClock


def main(port: int) -> None:
    town = demo_town(os.environ, SystemClock())
    application = Starlette(routes=[*town.mounts()])
    uvicorn.run(application, port=port, log_config=None, access_log=False, lifespan="off")


if __name__ == "__main__":
    main(int(sys.argv[1]))
