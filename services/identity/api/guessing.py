"""Guessed secrets (登录失败): counted, and answered so that guessing teaches nothing.

Who logs in, activates or resets gets one answer for a number that nobody has, for a wrong secret
and for a locked account, whatever secret is given: see decisions/0206.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from libs.decider import Refused, Rule
from libs.runtime.web.click import Click
from services.identity.commands import FailLogin, Holder
from services.identity.rules.account import LOCKED

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
ANSWERED_AFTER = 0.1  # seconds
_LOCK = (
    f"连续 {MOST_FAILURES} 次输错的，账号锁定 {LOCKED_FOR // timedelta(minutes=1)} 分钟，"
    "其间输入正确也不予办理，请期满后再试"
)


@asynccontextmanager
async def guarded(click: Click, wrong: Rule, locked: Rule | None = None) -> AsyncIterator[None]:
    """A wrong secret is refused by the one rule, a lock by the other, and else by the same; both
    say when a lock comes and how long it lasts, and neither sooner than the other."""
    told = {wrong.code: wrong, LOCKED.code: locked or wrong}
    try:
        yield
    except Refused as refused:
        rule = told.get(refused.rule.code)
        if rule is None:
            raise
        await no_sooner(click)
        raise Refused(rule.remedied(f"{rule.remedy}；{_LOCK}")) from None


async def no_sooner(click: Click) -> None:
    """Wait until a fixed time after the click: what is looked up and written for a number that is
    registered takes some milliseconds, and would tell that it is."""
    await asyncio.sleep(max(0.0, click.began + ANSWERED_AFTER - time.perf_counter()))


async def count(click: Click, holder: Holder, account_id: UUID, attempt_id: UUID) -> None:
    """A wrong password or code: it is counted whatever is answered, also when the key has served
    another guess, which is none of the guesser's business. Refused: LOCKED."""
    envelope = replace(click.envelope, key=f"failed-{attempt_id}", expected=None)
    await replace(click, envelope=envelope).submit(
        FailLogin(
            envelope=envelope,
            holder=holder,
            account_id=account_id,
            attempt_id=attempt_id,
            most=MOST_FAILURES,
            locked_for=LOCKED_FOR,
        )
    )
