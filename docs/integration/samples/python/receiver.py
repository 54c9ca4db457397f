"""A receiver: verify, store, answer, and only then work. 收件程序：先验签、落库、应答，后处理。

    HUB_KEYS="whpk_…" INBOX=inbox.db PORT=8600 python receiver.py

`HUB_KEYS` are the hub's public keys and your endpoint's secrets, with blanks between. With
`HUB_URL`, `ORGANISATION_ID` and `OWN_KEY` (`whsk_…` or `whsec_…`) it signs for (签收) every case it
is told of. Behind a proxy that speaks https; this program itself speaks http.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from caller import call
from signing import Rejected, verify

LARGEST_BODY = 1_000_000  # bytes
DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)  # a length below zero would read without an end
LOOK_AGAIN = 60  # seconds
CREATE = """
    CREATE TABLE IF NOT EXISTS delivery (
        webhook_id TEXT PRIMARY KEY, body BLOB NOT NULL,
        times INTEGER NOT NULL DEFAULT 1, done TEXT
    )
"""
STORE = """
    INSERT INTO delivery (webhook_id, body) VALUES (?, ?)
    ON CONFLICT (webhook_id) DO UPDATE SET times = times + 1
"""
DONE = "UPDATE delivery SET done = ? WHERE webhook_id = ?"
WAITING = "SELECT webhook_id, body FROM delivery WHERE done IS NULL ORDER BY rowid"

HUB_KEYS = os.environ["HUB_KEYS"].split()
INBOX = os.environ.get("INBOX", "inbox.db")
ANSWERS = "OWN_KEY" in os.environ
something_came = threading.Event()


def store(webhook_id: str, body: bytes) -> None:
    """On the disk before it is answered; a repeated delivery is one row."""
    with sqlite3.connect(INBOX) as inbox:
        inbox.execute(STORE, (webhook_id, body))


class Hook(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 15  # seconds that a client may keep us waiting

    def do_POST(self) -> None:
        announced = self.headers.get("content-length", "0")
        if not DIGITS.fullmatch(announced) or int(announced) > LARGEST_BODY:
            self.close_connection = True
            return self._answer(413)
        body = self.rfile.read(int(announced))
        try:
            webhook_id = verify(body, dict(self.headers), HUB_KEYS)
        except Rejected:
            return self._answer(401)
        store(webhook_id, body)
        something_came.set()
        return self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing of a request belongs into a log."""


def work() -> None:
    """One delivery after the other, also those that a crash or a silent hub left over."""
    while True:
        something_came.clear()
        with sqlite3.connect(INBOX) as inbox:
            waiting = inbox.execute(WAITING).fetchall()
        for webhook_id, body in waiting:
            outcome = handle(webhook_id, json.loads(body))
            with sqlite3.connect(INBOX) as inbox:
                inbox.execute(DONE, (outcome, webhook_id))
        something_came.wait(LOOK_AGAIN)


def handle(webhook_id: str, told: dict[str, str]) -> str | None:
    """What this organisation does when it is told something; types it does not know are left.

    None leaves the delivery for later.
    """
    if told["type"] != "routing.case_dispatched" or not ANSWERS:
        return "noted"
    message = {"type": "case.signed", "case_number": told["case_number"]}
    # an id of its own that follows from the delivery: told twice, it still signs once
    try:
        status, _ = call("department", message, f"sign-{webhook_id}")
    except OSError:
        return None
    return f"signed: {status}" if status < 500 else None


def main() -> None:
    with sqlite3.connect(INBOX) as inbox:
        inbox.execute("PRAGMA journal_mode = WAL")
        inbox.execute(CREATE)
    threading.Thread(target=work, daemon=True).start()
    address = ("127.0.0.1", int(os.environ.get("PORT", "8600")))
    ThreadingHTTPServer(address, Hook).serve_forever()


if __name__ == "__main__":
    main()
