// A receiver: verify, store, answer, and only then work. 收件程序：先验签、落盘、应答，后处理。
//
//     HUB_KEYS="whpk_…" INBOX=inbox.jsonl PORT=8600 node receiver.mjs
//
// `HUB_KEYS` are the hub's public keys and your endpoint's secrets, with blanks between. With `HUB_URL`,
// `ORGANISATION_ID` and `OWN_KEY` (`whsk_…` or `whsec_…`) it signs for (签收) every case it is told of.
// Behind a proxy that speaks https; this program itself speaks http.

import { appendFileSync, closeSync, existsSync, fsyncSync, openSync } from "node:fs";
import { readFileSync, truncateSync } from "node:fs";
import { createServer } from "node:http";
import { call } from "./caller.mjs";
import { verify } from "./signing.mjs";

const LARGEST_BODY = 1_000_000; // bytes
const LOOK_AGAIN = 60_000; // milliseconds
const HUB_KEYS = process.env.HUB_KEYS.split(" ").filter(Boolean);
const INBOX = process.env.INBOX ?? "inbox.jsonl";
const ANSWERS = process.env.OWN_KEY !== undefined;

// One line per delivery: {"id", "told"}, and {"id", "done"} once it was worked on.
// A last line without an end was never answered for: whoever was at it crashed.
const written = existsSync(INBOX) ? readFileSync(INBOX) : Buffer.alloc(0);
const whole = written.subarray(0, written.lastIndexOf("\n") + 1);
if (whole.length < written.length) truncateSync(INBOX, whole.length);
const lines = whole.toString("utf8").split("\n").filter(Boolean);
const known = new Set();
const waiting = new Map();
for (const { id, told, done } of lines.map((line) => JSON.parse(line))) {
  known.add(id);
  if (done === undefined) waiting.set(id, told);
  else waiting.delete(id);
}
const inbox = openSync(INBOX, "a");

const server = createServer((request, response) => {
  receive(request, response).catch(() => response.destroy());
});
server.requestTimeout = 15_000; // milliseconds that a client may keep us waiting
server.listen(Number(process.env.PORT ?? "8600"), "127.0.0.1");

async function receive(request, response) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LARGEST_BODY) return response.writeHead(413, { connection: "close" }).end();
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const id = request.method === "POST" ? verify(body, request.headers, HUB_KEYS) : undefined;
  if (id === undefined) return response.writeHead(401).end();
  store(id, JSON.parse(body.toString("utf8")));
  response.writeHead(204).end();
  setImmediate(work);
}

/** On the disk before it is answered; a repeated delivery is kept once. */
function store(id, told) {
  if (known.has(id)) return;
  write({ id, told });
  known.add(id);
  waiting.set(id, told);
}

function write(line) {
  appendFileSync(inbox, JSON.stringify(line) + "\n");
  fsyncSync(inbox);
}

let working = false;

/** One delivery after the other, also those that a crash or a silent hub left over. */
async function work() {
  if (working) return;
  working = true;
  for (const [id, told] of waiting) {
    const done = await handle(id, told);
    if (done === undefined) continue;
    write({ id, done });
    waiting.delete(id);
  }
  working = false;
}

/**
 * What this organisation does when it is told something; types it does not know are left.
 *
 * undefined leaves the delivery for later.
 */
async function handle(id, told) {
  if (told.type !== "routing.case_dispatched" || !ANSWERS) return "noted";
  const message = { type: "case.signed", case_number: told.case_number };
  // an id of its own that follows from the delivery: told twice, it still signs once
  const { status } = await call("department", message, `sign-${id}`).catch(() => ({ status: 0 }));
  return status >= 200 && status < 500 ? `signed: ${status}` : undefined;
}

process.on("SIGTERM", () => {
  closeSync(inbox);
  process.exit(0);
});
setInterval(work, LOOK_AGAIN);
work();
