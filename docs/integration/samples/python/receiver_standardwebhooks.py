"""The same check with the library `standardwebhooks` (`pip install standardwebhooks`).

    HUB_SECRETS="whsec_…" PORT=8601 python receiver_standardwebhooks.py

It knows `v1`, so the endpoint needs its secret; two of them while the secret changes. What to do
with a delivery then, and how to remember its id, is in receiver.py.
"""

from __future__ import annotations

import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

LARGEST_BODY = 1_000_000  # bytes
DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)  # a length below zero would read without an end
SECRETS = [Webhook(secret) for secret in os.environ["HUB_SECRETS"].split()]


def is_good(body: bytes, headers: dict[str, str]) -> bool:
    for secret in SECRETS:
        try:
            secret.verify(body, headers)
        except WebhookVerificationError:
            continue
        return True
    return False


class Hook(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 15  # seconds that a client may keep us waiting

    def do_POST(self) -> None:
        announced = self.headers.get("content-length", "0")
        if not DIGITS.fullmatch(announced) or int(announced) > LARGEST_BODY:
            self.close_connection = True
            return self._answer(413)
        body = self.rfile.read(int(announced))
        headers = {name.lower(): value for name, value in self.headers.items()}
        return self._answer(204 if is_good(body, headers) else 401)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing of a request belongs into a log."""


if __name__ == "__main__":
    port = int(os.environ.get("PORT", "8601"))
    ThreadingHTTPServer(("127.0.0.1", port), Hook).serve_forever()
