"""What `make run` prints once the province is up: who may log in, what is there, what to do."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from deploy.local.layout import ROOT
from deploy.local.story import sample
from deploy.local.story.bases import BASE
from deploy.local.story.claims import ACTIVITIES, LEARNER
from deploy.local.story.courses import SAMPLES
from deploy.local.story.province import UNIVERSITY
from deploy.local.story.samples import PASSWORD
from libs.events.envelope import Role
from libs.events.roles import OFFICIAL
from libs.policy.windows import CHINA
from libs.runtime.tokens import LIFE


def up(
    address: str, where: str, now: datetime, logins: Iterable[Any], folder: Path
) -> Iterator[str]:
    """Every line."""
    yield f"\nThe province is up ({where}): {address}"
    yield today(now)
    yield "Who may log in: POST /identity/sessions with one of these bodies, as it stands."
    yield from (f"  {line(*login)}" for login in logins)
    minutes = int(LIFE.total_seconds()) // 60
    yield (
        f"The token of the answer goes into the header `Authorization: Bearer TOKEN` and lasts "
        f"{minutes} minutes;\nPOST /identity/sessions/renewals with the answer's `secret` gives "
        "the next one."
    )
    yield "What the sample was loaded with, to be tried (what has been done since is done):"
    yield from (f"  {told}" for told in loaded(folder))
    yield f"Each service's API is described at {address}/docs."
    yield "Ctrl-C stops it; what it holds stays in .local/province."


def loaded(folder: Path) -> Iterator[str]:
    """What the sample brings, true however often the province was up since, and what a newcomer
    needs for it."""
    yield f"- {UNIVERSITY}: {len(ACTIVITIES)} claims of {LEARNER}, submitted for the audit (审核)."
    if (folder / sample.ROSTER).exists():
        yield f"- {BASE}: its class {sample.CLASS}, filed and over, to be reported; then come the"
        yield "  scan of its form (any PDF does), the roster, the request, the province's grant."
        yield f"  {shown(folder / sample.ROSTER)} holds {sample.ON_ROSTER} people, and one who was"
        yield "  not registered."
    yield f"- The exam: the right answers of the sample's questions are in {shown(SAMPLES)}."
    yield "- Deadlines, and classes yet to come: `make later DAYS=6` lets days go by there."


def shown(file: Path) -> str:
    """A file as seen from the checkout."""
    return str(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file)


def line(role: str, whose: str, who: dict[str, Any]) -> str:
    """A login: the official term, whose it is, and the whole body that logs in.

    An office that is the only one of its role bears the role's own name: it is said once."""
    term, body = OFFICIAL[Role(role)], {"role": role, **who, "password": PASSWORD}
    return f"{term}，{whose.removeprefix(term)}  {json.dumps(body, ensure_ascii=False)}"


def today(now: datetime) -> str:
    """The province's date is not this machine's: its deadlines would look wrong otherwise."""
    day = now.astimezone(CHINA)
    said = f"{day.year}年{day.month}月{day.day}日 {day:%H:%M}"
    return f"There it is {said}, whatever this machine's date: deadlines are judged by that."
