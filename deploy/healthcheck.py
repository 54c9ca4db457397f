"""`python -m deploy.healthcheck /intake/ready`: does the process of this container say yes?"""

from __future__ import annotations

import sys

import httpx


def main(path: str) -> int:
    try:
        return int(httpx.get(f"http://127.0.0.1:8000{path}").is_error)
    except httpx.TransportError:
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
