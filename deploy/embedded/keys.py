"""The keys of a world, made on its first start and kept with its data.

Anybody who can read the state folder can read them: that is right for one machine that tries the
system out, and wrong for everything else.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.embedded.private_files import store
from shared.identity import new_signing_key, public_part
from shared.privacy import KeyRing
from shared.signatures import PrivateKey, SharedSecret

SIGNING_SERVICES = ("intake", "routing")


def _ring() -> str:
    return KeyRing.generate().to_json()


def _password() -> str:
    return secrets.token_urlsafe(24)


def _aes_key() -> str:
    """32 bytes as WeChat writes them: base64 without the last sign."""
    return base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")


Makers = Mapping[str, Callable[[], str]]

KEYS: Makers = {
    "LIUDUAN_SEALING_KEY_INTAKE": _ring,
    "LIUDUAN_SEALING_KEY_ROUTING": _ring,
    "LIUDUAN_SEALING_KEY_NOTIFY": _ring,
    "LIUDUAN_SEALING_KEY_SURVEY": _ring,
    "LIUDUAN_INTAKE_SIGNING_KEY": new_signing_key,
    "LIUDUAN_INTAKE_SIGNING_KEY_ID": lambda: f"intake-{secrets.token_hex(4)}",
    "LIUDUAN_ROUTING_SIGNING_KEY": new_signing_key,
    "LIUDUAN_ROUTING_SIGNING_KEY_ID": lambda: f"routing-{secrets.token_hex(4)}",
    "LIUDUAN_AUDIT_SIGNING_KEY": new_signing_key,
    "LIUDUAN_WEBHOOK_SIGNING_KEY": lambda: PrivateKey.generate().text(),
    "LIUDUAN_HOTLINE_CLIENT_ID": lambda: "hotline",
    "LIUDUAN_HOTLINE_CLIENT_SECRET": _password,
    "LIUDUAN_HOTLINE_KEYS": lambda: SharedSecret.generate().text(),
}
OWN_RINGS: Makers = {
    "LIUDUAN_INTAKE_FIELD_KEYS": _ring,
    "LIUDUAN_INTAKE_BLIND_INDEX_KEYS": _ring,
    "LIUDUAN_ROUTING_FIELD_KEYS": _ring,
    "LIUDUAN_SURVEY_FIELD_KEYS": _ring,
    "LIUDUAN_NOTIFY_FIELD_KEYS": _ring,
}
COMMON_RINGS: Makers = {
    "LIUDUAN_FIELD_KEYS": _ring,
    "LIUDUAN_BLIND_INDEX_KEYS": _ring,
}
SERVER_PASSWORDS: Makers = {
    "LIUDUAN_POSTGRES_PASSWORD": _password,
    "LIUDUAN_INTAKE_DATABASE_PASSWORD": _password,
    "LIUDUAN_ROUTING_DATABASE_PASSWORD": _password,
    "LIUDUAN_SURVEY_DATABASE_PASSWORD": _password,
    "LIUDUAN_NOTIFY_DATABASE_PASSWORD": _password,
    "LIUDUAN_RABBITMQ_PASSWORD": _password,
}
STAND_INS: Makers = {
    "LIUDUAN_EMBEDDED": lambda: "1",
    "LIUDUAN_WECHAT_APP_ID": lambda: f"wx{secrets.token_hex(8)}",
    "LIUDUAN_WECHAT_APP_SECRET": lambda: secrets.token_hex(16),
    "LIUDUAN_WECHAT_PUSH_TOKEN": lambda: secrets.token_hex(16),
    "LIUDUAN_WECHAT_PUSH_AES_KEY": _aes_key,
    "LIUDUAN_SMS_SECRET_ID": lambda: f"sid{secrets.token_hex(8)}",
    "LIUDUAN_SMS_SECRET_KEY": lambda: secrets.token_hex(16),
    "LIUDUAN_SMS_APP_ID": lambda: "1400000000",
    "LIUDUAN_SMS_SIGN_NAME": lambda: "六端互通",
    "LIUDUAN_DEMO_INTEGRATION_SEED": _password,
    "LIUDUAN_GEOREPORT_DEMO_KEY": _password,
    "LIUDUAN_DEMO_PASSWORD": lambda: secrets.token_urlsafe(9),
}

INSTALLATION: Makers = {**OWN_RINGS, **KEYS, **SERVER_PASSWORDS}
EMBEDDED: Makers = {**COMMON_RINGS, **KEYS, **STAND_INS}


def new_keys(makers: Makers) -> dict[str, str]:
    """Fresh values, and the list of trusted keys that follows from them."""
    return _with_trusted({name: make() for name, make in makers.items()})


def kept_keys(state: Path) -> dict[str, str]:
    """The keys of this state folder; one that a newer version asks for is added to the old ones."""
    file = state / "keys.json"
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    missing = {name: make() for name, make in EMBEDDED.items() if name not in known}
    if missing:
        store(file, json.dumps(known | missing, indent=1))
    return _with_trusted(known | missing)


def _with_trusted(keys: dict[str, str]) -> dict[str, str]:
    trusted = {
        keys[f"LIUDUAN_{name.upper()}_SIGNING_KEY_ID"]: {
            "issuer": name,
            "key": public_part(keys[f"LIUDUAN_{name.upper()}_SIGNING_KEY"]),
        }
        for name in SIGNING_SERVICES
    }
    return keys | {"LIUDUAN_TRUSTED_KEYS": json.dumps(trusted)}
