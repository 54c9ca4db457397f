"""A signed callback: 签名回传.

    export HUB_URL=https://… ORGANISATION_ID=… OWN_KEY=whsk_…
    python caller.py department '{"type": "case.signed", "case_number": "XN421202-…"}' sign-0001
    python caller.py new-key-pair

Sent again until it is answered, always under the same id and with the same bytes.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from signing import new_key_pair, sign

WAITS = (1, 5, 30, 300, 1800)  # seconds
TIMEOUT = 15  # seconds


def call(kind: str, message: Mapping[str, object], webhook_id: str) -> tuple[int, bytes]:
    """Status and body of the first answer that is one. `kind` is department or court.

    A 4xx is an answer: the same again would get the same. Raises OSError when nobody answered.
    """
    body = json.dumps(message, ensure_ascii=False).encode()
    for wait in (*WAITS, None):
        try:
            status, answer = _post(kind, body, webhook_id)
            if status < 500 or wait is None:
                return status, answer
        except OSError:
            if wait is None:
                raise
        time.sleep(wait)  # noqa: TID251 - a process of its own, outside of the hub
    raise AssertionError("the last attempt returns or raises")


def _post(kind: str, body: bytes, webhook_id: str) -> tuple[int, bytes]:
    """One attempt, signed for its own moment."""
    headers = {
        **sign(body, webhook_id, os.environ["OWN_KEY"]),
        "liuduan-organisation": os.environ["ORGANISATION_ID"],
        "content-type": "application/json",
    }
    url = f"{os.environ['HUB_URL']}/routing/callbacks/{kind}"
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def main() -> None:
    if sys.argv[1] == "new-key-pair":
        print("\n".join(new_key_pair()))
        return
    kind, message, webhook_id = sys.argv[1:]
    status, answer = call(kind, json.loads(message), webhook_id)
    print(status, answer.decode())
    sys.exit(0 if status < 400 else 1)


if __name__ == "__main__":
    main()
