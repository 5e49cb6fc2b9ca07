"""Tokens: identity's own, in their five minutes, and no others."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey

from libs.decider import Refused, Rule
from libs.events.envelope import Actor, Role
from libs.runtime import refusals
from libs.runtime.tokens import AUDIENCE, ISSUER, LIFE, Verifier, sign

NOW = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
KEY = OKPKey.generate_key("Ed25519", {"kid": "2024-12"})
NEXT = OKPKey.generate_key("Ed25519", {"kid": "2025-01"})
OTHER = OKPKey.generate_key("Ed25519", {"kid": "2024-12"})  # the same name, another key
ADMIN = Actor(UUID(int=1), Role.DEPARTMENT_ADMIN, UUID(int=2), UUID(int=3), UUID(int=4))

CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": str(ADMIN.id),
    "sid": str(ADMIN.session_id),
    "role": "department_admin",
    "unit": str(ADMIN.unit_id),
    "department": str(ADMIN.department_id),
    "iat": int(NOW.timestamp()),
    "exp": int((NOW + LIFE).timestamp()),
}


def verifier() -> Verifier:
    """With the public halves of two keys, as configured."""
    return Verifier(KeySet([OKPKey.import_key(k.as_dict(private=False)) for k in (KEY, NEXT)]))


def signed(claims: dict[str, Any], key: Any = KEY, alg: str = "Ed25519") -> str:
    """A token with these claims."""
    return jwt.encode({"alg": alg, "kid": "2024-12"}, claims, key, algorithms=[alg])


def refused(token: str, now: datetime = NOW, by: Rule = refusals.TOKEN_MISSING) -> None:
    """Nobody is behind it."""
    with pytest.raises(Refused) as refusal:
        verifier().actor(token, now)
    assert refusal.value.rule is by


@pytest.mark.parametrize("actor", [ADMIN, Actor(UUID(int=9), Role.LEARNER, session_id=UUID(int=8))])
@pytest.mark.parametrize("key", [KEY, NEXT])
def test_a_token_speaks_for_its_actor(actor: Actor, key: OKPKey) -> None:
    assert verifier().actor(sign(actor, key, NOW), NOW) == actor


def test_it_is_good_for_five_minutes_also_when_remembered() -> None:
    token, remembering = sign(ADMIN, KEY, NOW), verifier()
    last = NOW + LIFE - timedelta(seconds=1)
    assert [remembering.actor(token, at) for at in (NOW, last)] == [ADMIN, ADMIN]
    for _ in range(2):
        with pytest.raises(Refused):
            remembering.actor(token, NOW + LIFE)
    refused(token, NOW + LIFE, refusals.TOKEN_EXPIRED)


def test_who_is_told_that_a_token_has_expired_is_told_how_to_renew_it() -> None:
    assert "/identity/sessions/renewals" in refusals.TOKEN_EXPIRED.remedy
    refused(sign(ADMIN, OKPKey.generate_key("Ed25519", {"kid": "other"}), NOW), NOW + LIFE)


def test_what_is_remembered_is_the_whole_token() -> None:
    remembering = verifier()
    token = sign(ADMIN, KEY, NOW)
    remembering.actor(token, NOW)
    with pytest.raises(Refused):
        remembering.actor(token[:-4] + "AAAA", NOW)


def test_only_so_many_are_remembered() -> None:
    small = Verifier(KeySet([KEY]), most=2)
    for n in range(5):
        small.actor(sign(Actor(UUID(int=n), Role.LEARNER, session_id=UUID(int=n)), KEY, NOW), NOW)
    assert len(small._seen) == 2


def test_what_has_expired_is_forgotten_when_the_next_one_comes() -> None:
    remembering = verifier()
    for minute in range(8):
        now = NOW + timedelta(minutes=minute)
        remembering.actor(sign(ADMIN, KEY, now), now)
    assert len(remembering._seen) == 5


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "somebody"},
        {"aud": "another"},
        {"aud": [AUDIENCE, "another"]},
        {"sub": "1"},
        {"sid": "None"},
        {"role": "king"},
        {"unit": "x"},
        {"exp": "soon"},
        {"exp": None},
        {"exp": float("inf")},
        {"exp": float("nan")},
        *({name: ...} for name in ("iss", "aud", "sub", "sid", "role", "exp")),
    ],
    ids=str,
)
def test_claims_that_are_not_ours_are_refused(change: dict[str, Any]) -> None:
    claims = {name: value for name, value in (CLAIMS | change).items() if value is not ...}
    refused(signed(claims))


def test_the_same_claims_unchanged_are_accepted() -> None:
    assert verifier().actor(signed(CLAIMS), NOW) == ADMIN


def test_another_key_of_the_same_name_is_refused() -> None:
    refused(signed(CLAIMS, OTHER))


def part(said: Any) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", "HS256", "EdDSA", "Ed448"])
def test_a_token_that_names_another_algorithm_is_refused(alg: str) -> None:
    body = f"{part({'alg': alg, 'kid': '2024-12'})}.{part(CLAIMS)}"
    refused(f"{body}.")
    refused(f"{body}.{signed(CLAIMS).rpartition('.')[2]}")


def test_the_public_key_is_no_secret_to_sign_with() -> None:
    public = json.dumps(KEY.as_dict(private=False)).encode()
    body = f"{part({'alg': 'HS256', 'kid': '2024-12'})}.{part(CLAIMS)}"
    mac = hmac.new(public, body.encode(), hashlib.sha256).digest()
    refused(f"{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}")
    refused(signed(CLAIMS, OctKey.import_key(public), "HS256"))


def test_a_key_that_a_token_brings_along_is_not_trusted() -> None:
    header = {"alg": "Ed25519", "kid": "2024-12", "jwk": OTHER.as_dict(private=False)}
    refused(jwt.encode(header, CLAIMS, OTHER, algorithms=["Ed25519"]))
    elliptic = ECKey.generate_key("P-256")
    refused(signed(CLAIMS, elliptic, "ES256"))


def test_claims_changed_after_signing_are_refused() -> None:
    header, _, signature = signed(CLAIMS).split(".")
    refused(f"{header}.{part(CLAIMS | {'role': 'province_bureau'})}.{signature}")


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_any_text_is_refused(text: str) -> None:
    refused(text)
    refused(f"{text}.{text}.{text}")
