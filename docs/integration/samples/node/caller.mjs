// A signed callback: 签名回传.
//
//     export HUB_URL=https://… ORGANISATION_ID=… OWN_KEY=whsk_…
//     node caller.mjs department '{"type": "case.signed", "case_number": "XN421202-…"}' sign-0001
//     node caller.mjs new-key-pair
//
// Sent again until it is answered, always under the same id and with the same bytes.

import { request as insecure } from "node:http";
import { request as secure } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { newKeyPair, sign } from "./signing.mjs";

const WAITS = [1, 5, 30, 300, 1800]; // seconds
const TIMEOUT = 15_000; // milliseconds

/**
 * Status and text of the first answer that is one. `kind` is department or court.
 *
 * A 4xx is an answer: the same again would get the same. Throws when nobody answered.
 */
export async function call(kind, message, id) {
  const body = Buffer.from(JSON.stringify(message));
  for (const wait of WAITS) {
    const answer = await post(kind, body, id).catch(() => undefined);
    if (answer !== undefined && answer.status < 500) return answer;
    await pause(wait * 1000);
  }
  return post(kind, body, id);
}

/** One attempt, signed for its own moment. */
function post(kind, body, id) {
  const { HUB_URL, ORGANISATION_ID, OWN_KEY } = process.env;
  const url = new URL(`${HUB_URL}/routing/callbacks/${kind}`);
  const headers = {
    ...sign(body, id, OWN_KEY),
    "liuduan-organisation": ORGANISATION_ID,
    "content-type": "application/json",
    "content-length": body.length,
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? secure : insecure;
    const sent = send(url, { method: "POST", headers, timeout: TIMEOUT }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString("utf8") }),
      );
      answer.on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", reject);
    sent.end(body);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [kind, message, id] = process.argv.slice(2);
  if (kind === "new-key-pair") {
    console.log(newKeyPair().join("\n"));
  } else {
    const { status, text } = await call(kind, JSON.parse(message), id);
    console.log(status, text);
    process.exitCode = status < 400 ? 0 : 1;
  }
}
