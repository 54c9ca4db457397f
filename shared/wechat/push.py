"""What WeChat pushes to us: signed, usually encrypted, as JSON or XML (wechat.md 6)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from shared.wechat.push_xml import read_xml, written_xml

BLOCK_BITS = 32 * 8  # the vendor pads to 32 bytes, twice the block of AES
AES_KEY_LENGTH = 43  # characters
RANDOM_BYTES, LENGTH_BYTES = 16, 4

Message = Mapping[str, Any]


class PushRefused(ValueError):
    """Not from WeChat, not for this appid, or damaged. The text tells no value."""


@dataclass(frozen=True)
class PushAccount:
    """`aes_keys` are EncodingAESKeys (43 characters), the newest first; none means plain mode.

    During a rotation the one before may stay in the list.
    """

    appid: str
    token: str = field(repr=False)
    aes_keys: Sequence[str] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Raises ValueError for a key that is none."""
        if any(len(key) != AES_KEY_LENGTH for key in self.aes_keys):
            raise ValueError(f"an EncodingAESKey has {AES_KEY_LENGTH} characters")


def signature(*parts: str) -> str:
    """The vendor's signature over token, timestamp, nonce and, in secure mode, the ciphertext."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def echo(account: PushAccount, query: Mapping[str, str]) -> str:
    """What to answer when the vendor verifies the address. Raises PushRefused."""
    _refuse_unsigned(account, query, "signature")
    return query.get("echostr", "")


def open_push(account: PushAccount, query: Mapping[str, str], content: bytes) -> dict[str, Any]:
    """The message inside a push. Raises PushRefused.

    An account with keys takes nothing plain: a plain body is not covered by any signature.
    """
    if not account.aes_keys:
        _refuse_unsigned(account, query, "signature")
        return _read(content)
    encrypted = _read(content).get("Encrypt")
    if not isinstance(encrypted, str):
        raise PushRefused("the body is not encrypted")
    _refuse_unsigned(account, query, "msg_signature", encrypted)
    return _read(decrypt(account, encrypted))


def sealed_reply(
    account: PushAccount, message: bytes, *, timestamp: int, nonce: str, as_xml: bool = False
) -> bytes:
    """An answer other than `success`, encrypted with the newest key."""
    encrypted = encrypt(account.aes_keys[0], account.appid, message)
    reply = {
        "Encrypt": encrypted,
        "MsgSignature": signature(account.token, str(timestamp), nonce, encrypted),
        "TimeStamp": timestamp,
        "Nonce": nonce,
    }
    return written_xml(reply) if as_xml else json.dumps(reply).encode()


def items(message: Message) -> list[dict[str, Any]]:
    """`List` of an event: an object where there is one item, an array for several."""
    found = message.get("List")
    if isinstance(found, dict):
        return [found]
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def encrypt(aes_key: str, appid: str, message: bytes, random: bytes | None = None) -> str:
    """`random` are 16 bytes, made up here unless given."""
    random = os.urandom(RANDOM_BYTES) if random is None else random
    content = random + len(message).to_bytes(LENGTH_BYTES, "big") + message + appid.encode()
    padder = PKCS7(BLOCK_BITS).padder()
    encryptor = _cipher(aes_key).encryptor()
    padded = padder.update(content) + padder.finalize()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def decrypt(account: PushAccount, encrypted: str) -> bytes:
    """With the first key that fits. Raises PushRefused, also when it is for another appid."""
    for aes_key in account.aes_keys:
        try:
            message, appid = _taken_apart(_decrypted(aes_key, encrypted))
        except ValueError:
            continue
        if hmac.compare_digest(appid, account.appid.encode()):
            return message
    raise PushRefused("no key opens it for this appid")


def _refuse_unsigned(
    account: PushAccount, query: Mapping[str, str], name: str, *signed: str
) -> None:
    """Old timestamps pass: an attempt that is repeated keeps its own."""
    parts = (account.token, query.get("timestamp", ""), query.get("nonce", ""), *signed)
    if not hmac.compare_digest(signature(*parts).encode(), query.get(name, "").encode()):
        raise PushRefused("the signature is not WeChat's")


def _read(content: bytes) -> dict[str, Any]:
    """JSON or XML, whichever was chosen in the console. Raises PushRefused."""
    try:
        if content.lstrip()[:1] == b"<":
            return read_xml(content)
        message = json.loads(content)
    except (ValueError, RecursionError):
        raise PushRefused("the message cannot be read") from None
    if not isinstance(message, dict):
        raise PushRefused("the message is no object")
    return message


def _decrypted(aes_key: str, encrypted: str) -> bytes:
    """Raises ValueError."""
    decryptor = _cipher(aes_key).decryptor()
    content = base64.b64decode(encrypted, validate=True)
    padded = decryptor.update(content) + decryptor.finalize()
    unpadder = PKCS7(BLOCK_BITS).unpadder()
    return unpadder.update(padded) + unpadder.finalize()


def _taken_apart(content: bytes) -> tuple[bytes, bytes]:
    """Raises ValueError when the length within does not fit."""
    begin = RANDOM_BYTES + LENGTH_BYTES
    end = begin + int.from_bytes(content[RANDOM_BYTES:begin], "big")
    if len(content) < begin or end > len(content):
        raise ValueError("the length within does not fit")
    return content[begin:end], content[end:]


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    """Raises ValueError for a key that is none."""
    key = base64.b64decode(aes_key + "=")
    return Cipher(algorithms.AES256(key), modes.CBC(key[:16]))
