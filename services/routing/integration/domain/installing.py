"""Which keys an organisation may have its system sign with, and how many."""

from __future__ import annotations

from collections.abc import Collection

from shared.errors import Conflict, Invalid, NotFound
from shared.signatures import MalformedKey, PublicKey


class KeyMalformed(Invalid):
    """A public key is whpk_ and the base64 of 32 bytes. A private key (whsk_) stays with you: one
    that was sent here is to be thrown away.
    """

    code = "KEY_MALFORMED"
    chinese = "公钥须为 whpk_ 加 32 字节的 base64；私钥（whsk_）不得外传，误传的请立即作废。"


class KeyKnown(Conflict):
    """Your organisation has or had this key already; make a new pair."""

    code = "KEY_KNOWN"
    chinese = "本单位已登记过该密钥，请另行生成。"


class TooManyKeys(Conflict):
    """So many keys are good already; end one that is no longer used."""

    code = "TOO_MANY_KEYS"
    chinese = "有效密钥数量已达上限，请先停用不再使用的密钥。"


class KeyNotFound(NotFound):
    """Your organisation has no such key."""

    code = "KEY_NOT_FOUND"
    chinese = "本单位没有该密钥。"


def public_key(text: str) -> str:
    """In its one spelling. Raises KeyMalformed."""
    try:
        return PublicKey.parse(text).text()
    except MalformedKey:
        raise KeyMalformed from None


def refuse_known(key: str, known: Collection[str]) -> None:
    """Ended ones too: a key is ended because somebody else may have it. Raises KeyKnown."""
    if key in known:
        raise KeyKnown


def refuse_one_more(good: int, at_most: int) -> None:
    """Raises TooManyKeys."""
    if good >= at_most:
        raise TooManyKeys(at_most=at_most)
