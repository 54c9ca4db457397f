// Standard Webhooks 1.0.0, both ways: 验签与签名. Node 18 or newer, its standard library only.
//
// Keys in their text form: `whsec_…` is a shared secret (signs and verifies `v1`), `whsk_…` a private
// Ed25519 key (signs `v1a`), `whpk_…` the public half of it (verifies `v1a`).

import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { sign as signBytes, timingSafeEqual, verify as verifyBytes } from "node:crypto";

const TOLERANCE = 300; // seconds, in both directions

// An Ed25519 key of 32 bytes becomes one that node reads when these stand before it (RFC 8410).
const PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC = Buffer.from("302a300506032b6570032100", "hex");

/**
 * The webhook-id, if one of the signatures is good for one of `keys`; undefined otherwise.
 *
 * `body` is the Buffer as it came, not the JSON made of it. A good copy within five minutes passes:
 * remember the id.
 */
export function verify(body, headers, keys) {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  if (!id || !isFresh(timestamp)) return undefined;
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const signatures = (headers["webhook-signature"] ?? "").split(" ");
  const good = signatures.some((each) => keys.some((key) => fits(key, content, each)));
  return good ? id : undefined;
}

/** The three headers of an attempt made now; the same `id` over all attempts. */
export function sign(body, id, key) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signature(key, content),
  };
}

/** Private (`whsk_…`, stays with you) and public (`whpk_…`, goes to the hub). */
export function newKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const secret = privateKey.export({ format: "der", type: "pkcs8" }).subarray(PRIVATE.length);
  const open = publicKey.export({ format: "der", type: "spki" }).subarray(PUBLIC.length);
  return [`whsk_${secret.toString("base64")}`, `whpk_${open.toString("base64")}`];
}

function signature(key, content) {
  const [kind, secret] = parsed(key);
  if (kind === "whsec") {
    return "v1," + createHmac("sha256", secret).update(content).digest("base64");
  }
  if (kind === "whsk") {
    const der = Buffer.concat([PRIVATE, secret]);
    const own = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    return "v1a," + signBytes(null, content, own).toString("base64");
  }
  throw new Error("sign with whsec_… or whsk_…");
}

function fits(key, content, given) {
  const [kind, secret] = parsed(key);
  const [version, encoded] = given.split(",", 2);
  if (kind === "whsec" && version === "v1") {
    const own = Buffer.from(signature(key, content));
    const theirs = Buffer.from(given);
    return own.length === theirs.length && timingSafeEqual(own, theirs);
  }
  if (kind === "whpk" && version === "v1a" && encoded) {
    const der = Buffer.concat([PUBLIC, secret]);
    const hub = createPublicKey({ key: der, format: "der", type: "spki" });
    return verifyBytes(null, content, hub, Buffer.from(encoded, "base64"));
  }
  return false;
}

function isFresh(timestamp) {
  if (!/^[0-9]{1,12}$/.test(timestamp)) return false;
  return Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE;
}

function parsed(key) {
  const end = key.indexOf("_");
  return [key.slice(0, end), Buffer.from(key.slice(end + 1), "base64")];
}
