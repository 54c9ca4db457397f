"""`python -m deploy.healthcheck intake`: is the API in this container ready for traffic?"""

from __future__ import annotations

import sys

import httpx


def main(service: str) -> int:
    try:
        return int(httpx.get(f"http://127.0.0.1:8000/{service}/ready").is_error)
    except httpx.TransportError:
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
