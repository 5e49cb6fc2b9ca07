"""Short-lived signed tokens (登录令牌): identity signs them, every service verifies them.

Ed25519, five minutes. A verified token is remembered until it expires: the next new one finds the
expired ones at the old end, since they came in nearly the order in which they expire.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from libs.decider import Refused
from libs.events.envelope import Actor, Role
from libs.runtime import refusals

ISSUER = "jixu-identity"
AUDIENCE = "jixu"
LIFE = timedelta(minutes=5)
_ALGORITHMS = ["Ed25519"]


def sign(actor: Actor, key: OKPKey, now: datetime) -> str:
    """A token for this actor, from now on for five minutes."""
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(actor.id),
        "sid": str(actor.session_id),
        "role": actor.role.value,
        "unit": actor.unit_id and str(actor.unit_id),
        "department": actor.department_id and str(actor.department_id),
        "iat": int(now.timestamp()),
        "exp": int((now + LIFE).timestamp()),
    }
    header = {"alg": _ALGORITHMS[0], "kid": key.kid}
    return jwt.encode(header, claims, key, algorithms=_ALGORITHMS)


class Verifier:
    """Who a token speaks for. Keys come by configuration, two at a time."""

    def __init__(self, keys: KeySet, most: int = 20_000) -> None:
        self._keys = keys
        self._most = most
        self._seen: OrderedDict[str, tuple[int, Actor]] = OrderedDict()

    def actor(self, token: str, now: datetime) -> Actor:
        """The actor of a valid token. Refused: TOKEN_MISSING, TOKEN_EXPIRED."""
        at = int(now.timestamp())
        seen = self._seen.get(token)
        if seen is None:
            seen = self._verified(token)
            self._forget(at)
            self._seen[token] = seen
        expires, actor = seen
        if expires <= at:
            del self._seen[token]
            raise Refused(refusals.TOKEN_EXPIRED)
        return actor

    def _forget(self, at: int) -> None:
        """Make room for one: what has expired goes, and what is too much."""
        while self._seen:
            expires, _ = next(iter(self._seen.values()))
            if expires > at and len(self._seen) < self._most:
                return
            self._seen.popitem(last=False)

    def _verified(self, token: str) -> tuple[int, Actor]:
        try:
            claims = jwt.decode(token, self._keys, algorithms=_ALGORITHMS).claims
            if claims["iss"] != ISSUER or claims["aud"] != AUDIENCE:
                raise Refused(refusals.TOKEN_MISSING)
            actor = Actor(
                id=UUID(claims["sub"]),
                role=Role(claims["role"]),
                unit_id=_uuid(claims.get("unit")),
                department_id=_uuid(claims.get("department")),
                session_id=UUID(claims["sid"]),
            )
            return int(claims["exp"]), actor
        except (JoseError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
            raise Refused(refusals.TOKEN_MISSING) from None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
