"""登录: a token for five minutes, a session that renews it and can be ended."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.documents import digest_of, text_digest
from libs.events.envelope import Role
from libs.events.roles import EVERYBODY
from libs.events.text import Text
from libs.runtime.tokens import LIFE
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Clicked, desk_of, keyless_click_by
from libs.runtime.web.desk import Desk
from libs.runtime.web.forms import Form
from libs.runtime.web.shown import ChinaTime
from services.identity import accounts
from services.identity.accounts import Known, Open
from services.identity.api import door, guessing
from services.identity.api.door import Kit
from services.identity.api.shapes import Papers, Password
from services.identity.commands import EndSession, Holder, StartSession
from services.identity.rules.account import LOGIN_WRONG, SESSION_UNKNOWN
from services.identity.tools import Tools

router = APIRouter(tags=["sessions (登录)"])

SESSION_LASTS = timedelta(hours=12)
MOST_SESSIONS = 10

PersonsRole = Literal[
    "learner",
    "unit_account",
    "unit_admin",
    "department_admin",
    "industry_authority",
    "city_bureau",
    "county_bureau",
    "province_bureau",
    "service_desk",
    "system_admin",
    "security_admin",
    "audit_admin",
]
"""EVERYBODY, as a form offers it: a service logs in nowhere."""

UnitCode = Annotated[Text, Field(max_length=30, description="统一社会信用代码")]


class Login(Form):
    """A person's document, or a unit's code, with the password and the role chosen."""

    document: Papers | None = Field(
        None, description="身份证件: 专业技术人员、管理员以证件号码登录"
    )
    unit_code: UnitCode | None = Field(None, description="统一社会信用代码: 单位账号以此登录")
    password: Password
    role: PersonsRole = Field(description="登录身份", examples=["learner", "unit_admin"])
    unit_id: UUID | None = Field(None, description="管理员所属单位; not needed where there is one")


class Token(BaseModel):
    """A token for all services, and the secret that renews it (kept nowhere else)."""

    token: str
    token_lasts_seconds: int
    session_id: UUID
    session_until: ChinaTime
    secret: str | None = Field(None, description="Only in the answer to a login")
    account_id: UUID
    role: Role
    unit_id: UUID | None
    department_id: UUID | None


class Renewal(Form):
    """The secret that came with the login."""

    secret: Annotated[str, Field(min_length=20, max_length=100)]


_OPEN = {"x-open": True, "x-no-key": True}


@router.post("/sessions", status_code=201, openapi_extra=_OPEN)
async def log_in(words: Login, request: Request, tools: Kit) -> Token:
    """Log in (登录), in one role. Needs no Idempotency-Key. Too many failures lock the account;
    then the right password is answered like a wrong one, and like a number that nobody has."""
    desk = desk_of(request)
    known, digest = await _known(words, desk, tools)
    good = await tools.passwords.verify(known.hash if known else None, words.password)
    click = keyless_click_by(request, door.stranger(digest))
    session_id: UUID = uuid7()
    secret = token_urlsafe(32)
    async with guessing.guarded(click, LOGIN_WRONG):
        if known is None:
            raise Refused(LOGIN_WRONG)
        if not good:
            await guessing.count(click, known.holder, known.account_id, session_id)
            raise Refused(LOGIN_WRONG)
        command = StartSession(
            envelope=click.envelope,
            holder=known.holder,
            account_id=known.account_id,
            session_id=session_id,
            role=Role(words.role),
            unit_id=words.unit_id,
            secret_digest=_digest(secret),
            password_hash=known.hash or "",
            until=click.envelope.at + SESSION_LASTS,
            most=MOST_SESSIONS,
        )
        await click.submit(command)
    begun = _token(desk, tools, await _live(desk, session_id=session_id))
    return begun.model_copy(update={"secret": secret})


@router.post("/sessions/renewals", openapi_extra=_OPEN)
async def renew(words: Renewal, desk: AtDesk, tools: Kit) -> Token:
    """A new token of a live session (续期), in its role as it stands now."""
    return _token(desk, tools, await _live(desk, secret_digest=_digest(words.secret)))


@router.delete("/sessions/{session_id}", response_model=Answer, openapi_extra=by(EVERYBODY))
async def log_out(session_id: UUID, click: Clicked) -> JSONResponse:
    """End a session of one's own (退出登录); the security admin may end anybody's."""
    found = await _live(click.desk, session_id=session_id)
    command = EndSession(
        envelope=click.envelope,
        holder=found.holder,
        account_id=found.actor.id,
        session_id=session_id,
        reason="logged_out",
    )
    return await click.answer(command)


async def _known(words: Login, desk: Desk, tools: Tools) -> tuple[Known | None, str]:
    """The account, and the digest that stands for whoever asks."""
    key = tools.vault.match_key
    async with desk.reading() as conn:
        if words.document is not None:
            digest = digest_of(words.document.document(), key)
            return await accounts.of_number(conn, digest), digest
        code = (words.unit_code or "").upper()
        return await accounts.of_unit_code(conn, code), text_digest(f"unit:{code}", key)


async def _live(
    desk: Desk, *, session_id: UUID | None = None, secret_digest: str | None = None
) -> Open:
    async with desk.reading() as conn:
        found = await accounts.session(
            conn, desk.clock.now(), session_id=session_id, secret_digest=secret_digest
        )
    if found is None:
        raise Refused(SESSION_UNKNOWN)
    return found


def _token(desk: Desk, tools: Tools, found: Open) -> Token:
    actor = found.actor
    return Token(
        token=tools.signer.token(actor, desk.clock.now()),
        token_lasts_seconds=int(LIFE.total_seconds()),
        session_id=_id(actor.session_id),
        session_until=found.until,
        account_id=actor.id,
        role=actor.role,
        unit_id=actor.unit_id,
        department_id=actor.department_id,
    )


def _id(found: UUID | None) -> UUID:
    if found is None:
        raise TypeError("a session has an id")
    return found


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def holder_of(role: Role) -> Holder:
    """Whose account someone in this role is logged in with."""
    return Holder.UNIT if role is Role.UNIT_ACCOUNT else Holder.PERSON
