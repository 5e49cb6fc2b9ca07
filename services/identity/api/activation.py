"""激活与重置: one-time codes become passwords; a forgotten one is replaced by the chain."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import Field
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.documents import digest_of, text_digest
from libs.events.identity import Way
from libs.events.text import Text
from libs.runtime.web.click import Answer, Click, click_by
from libs.runtime.web.forms import Form
from services.identity import accounts, passwords, personal
from services.identity.accounts import Known
from services.identity.api import door, guessing
from services.identity.api.door import Kit
from services.identity.api.shapes import Code, Papers, Password
from services.identity.commands import Activate, Holder, IssueCode
from services.identity.rules.account import CODE_WRONG
from services.identity.tools import Tools

log = structlog.get_logger()
router = APIRouter(tags=["activation (激活与重置)"])

MOBILE_CODE_LASTS = timedelta(minutes=10)
MOBILE_CODE_PAUSE = timedelta(minutes=1)


class Activation(Form):
    """The one-time code (激活码) and the password to be set."""

    document: Papers | None = Field(None, description="身份证件")
    unit_code: Annotated[Text, Field(max_length=30)] | None = Field(
        None, description="统一社会信用代码, for a 单位账号"
    )
    code: Code
    password: Password


class Forgotten(Form):
    """Who has forgotten the password."""

    document: Papers = Field(description="身份证件")


class NewPassword(Form):
    """The code that came to the own mobile (手机验证码), and a new password."""

    document: Papers = Field(description="身份证件")
    code: Code
    password: Password


@router.post("/activations", status_code=201, response_model=Answer, openapi_extra={"x-open": True})
async def activate(words: Activation, request: Request, tools: Kit) -> JSONResponse:
    """Use the one-time code that was handed over, and set a password (激活账号)."""
    key = tools.vault.match_key
    if words.document is not None:
        digest = digest_of(words.document.document(), key)
        click = await click_by(request, door.stranger(digest))
        async with click.desk.reading() as conn:
            known = await accounts.of_number(conn, digest)
    else:
        code = (words.unit_code or "").upper()
        click = await click_by(request, door.stranger(text_digest(f"unit:{code}", key)))
        async with click.desk.reading() as conn:
            known = await accounts.of_unit_code(conn, code)
    return await _use(click, tools, known, Way.HANDED, words.code, words.password)


@router.post(
    "/password-codes", status_code=202, openapi_extra={"x-open": True, "x-no-version": True}
)
async def send_code(words: Forgotten, request: Request, tools: Kit) -> dict[str, str]:
    """Send a code to the own mobile (忘记密码). The answer is the same for everybody."""
    digest = digest_of(words.document.document(), tools.vault.match_key)
    click = await click_by(request, door.stranger(digest))
    async with click.desk.reading() as conn:
        known = await accounts.of_number(conn, digest)
        details = known and await personal.details(conn, tools.vault, known.account_id)
    if known is not None and details and details.mobile:
        await _send(click, tools, known.account_id, details.mobile)
    await guessing.no_sooner(click)
    return {"sent": "如该证件号码已登记手机且可自助重置，验证码已发送"}


@router.post(
    "/password-resets", status_code=201, response_model=Answer, openapi_extra={"x-open": True}
)
async def reset_by_mobile(words: NewPassword, request: Request, tools: Kit) -> JSONResponse:
    """Set a new password with the code that came to the own mobile (重置密码)."""
    digest = digest_of(words.document.document(), tools.vault.match_key)
    click = await click_by(request, door.stranger(digest))
    async with click.desk.reading() as conn:
        known = await accounts.of_number(conn, digest)
    return await _use(click, tools, known, Way.MOBILE, words.code, words.password)


async def _use(
    click: Click, tools: Tools, known: Known | None, way: Way, code: str, password: str
) -> JSONResponse:
    """Whoever asks without the code learns nothing: not whether there is such an account, nor, by
    a password that is called weak, what is known of the person."""
    passwords.check(password)
    password_hash = await tools.passwords.hash(password)
    async with guessing.guarded(click, CODE_WRONG):
        if known is None:
            raise Refused(CODE_WRONG)
        async with click.desk.reading() as conn:
            waiting = await accounts.pending(conn, known.account_id, way)
            details = await personal.details(conn, tools.vault, known.account_id)
        if waiting is not None and not tools.codes.good(waiting, way, code):
            await guessing.count(click, known.holder, known.account_id, uuid7())
            raise Refused(CODE_WRONG)
        command = Activate(
            envelope=click.envelope,
            holder=known.holder,
            account_id=known.account_id,
            activation_id=waiting or uuid7(),  # none waits: a repeat is answered, the rest refused
            way=way,
            password_hash=password_hash,
            about_holder=passwords.is_about(password, details),
        )
        return await click.answer(command, 201)


async def _send(click: Click, tools: Tools, person_id: UUID, mobile: str) -> None:
    """Make the code and send it; a refusal is told to nobody who is not logged in."""
    activation_id: UUID = uuid7()
    command = IssueCode(
        envelope=click.envelope,
        holder=Holder.PERSON,
        account_id=person_id,
        activation_id=activation_id,
        way=Way.MOBILE,
        until=click.envelope.at + MOBILE_CODE_LASTS,
        pause=MOBILE_CODE_PAUSE,
    )
    try:
        accepted = await click.submit(command)
    except Refused as refused:
        log.info("no code sent", rule=refused.rule.code)
        return
    if not accepted.repeated:
        code = tools.codes.of(activation_id, Way.MOBILE)
        await tools.sender.send(mobile, f"【继续教育】验证码 {code}，10 分钟内有效，请勿告诉他人。")
