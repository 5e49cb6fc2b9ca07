"""培训学时认定: what becomes of each person of a granted roster."""

from libs.decider import Scenario
from libs.events import hours as events
from libs.events.values import HalfDay, Hours
from services.hours import commands
from services.hours.commands import HOURS
from services.hours.decider import grant
from tests.unit.hours.desk import FACTS, LEARNER, UNIT, VERSION, YEAR, envelope, id_of

CLASS = id_of("filing")
STARTED = events.GrantStarted(
    filing_id=CLASS,
    year=YEAR,
    rule="class",
    category="professional",
    hours=Hours.of(20),
    count=1,
    roster_id=id_of("roster"),
    roster_digest="0" * 64,
    activity="岩土新技术研修班",
    began=HalfDay.parse("2024-12-16/am"),
    ended=HalfDay.parse("2024-12-18/pm"),
    by_unit_id=UNIT,
    pack=VERSION,
)

grants = Scenario(grant.DECIDER, FACTS).given(STARTED)


def refuse(same_as: str) -> commands.RefuseGrantEntry:
    """The person has had the same recognised."""
    return commands.RefuseGrantEntry(
        envelope=envelope(HOURS),
        filing_id=CLASS,
        person_id=LEARNER,
        rule="already-credited",
        same_as=id_of(same_as),
    )


def settle(credited: int) -> commands.SettleGrant:
    """Everybody is counted."""
    return commands.SettleGrant(
        envelope=envelope(HOURS), filing_id=CLASS, credited=credited, waiting=0
    )


REOPEN = commands.ReopenGrantEntry(envelope=envelope(HOURS), filing_id=CLASS, person_id=LEARNER)


def refused(same_as: str) -> events.GrantEntryRefused:
    """So the grant says."""
    return events.GrantEntryRefused(
        filing_id=CLASS, person_id=LEARNER, rule="already-credited", same_as=id_of(same_as)
    )


def settled(credited: int, refused: int) -> events.GrantSettled:
    """The three counts."""
    return events.GrantSettled(filing_id=CLASS, credited=credited, waiting=0, refused=refused)


def test_who_is_passed_over_is_named_once_with_what_stands_in_the_way() -> None:
    passed_over = grants.when(refuse("spring")).then(refused("spring"))
    passed_over.when(refuse("spring")).then()
    passed_over.when(settle(0)).then(settled(0, refused=1))


def test_who_was_passed_over_is_tried_again_once_and_the_counts_follow() -> None:
    settled_so = grants.given(refused("spring"), settled(0, refused=1))
    again = settled_so.when(REOPEN).then(
        events.GrantEntryReopened(filing_id=CLASS, person_id=LEARNER)
    )
    again.when(REOPEN).then()
    again.when(settle(1)).then(settled(1, refused=0))
    again.when(refuse("autumn")).then(refused("autumn")).when(REOPEN).then_types(
        events.GrantEntryReopened
    )
