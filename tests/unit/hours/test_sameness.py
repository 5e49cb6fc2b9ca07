"""重复的活动: what never counts twice, and whom that keeps from nothing."""

from libs.events import hours as events
from libs.events.hours import RevokedFor
from libs.events.values import Hours
from services.hours import commands
from services.hours.rules import auditing, sameness
from tests.unit.hours.desk import (
    ADMIN,
    LEARNER,
    UNIT,
    VERSION,
    YEAR,
    about,
    activity,
    claimed,
    delete,
    envelope,
    hours,
    id_of,
    pass_,
    passed,
    recognised,
    submit,
    submitted,
)

WAITING = hours.given(claimed("spring"), submitted("spring"))
DONE = WAITING.given(passed("spring"), recognised("spring"))


def test_the_same_activity_is_held_and_names_the_other() -> None:
    other = claimed("again", activity(name="（spring）"))
    held = DONE.given(other).when(submit("again"))
    held.then(submitted("again"), events.ClaimHeld(**about("again"), same_as=id_of("spring")))
    held.when(pass_("again")).refused(auditing.HELD)
    held.when(pass_("again", distinct=True)).then_types(events.AuditPassed, events.HoursRecognised)


def test_other_days_are_another_activity() -> None:
    later = claimed(
        "again", activity(name="spring", began="2024-11-11/am", ended="2024-11-11/pm", hours="8")
    )
    DONE.given(later).when(submit("again")).then(submitted("again"))


def credit(
    entry: str = "class", name: str = "spring 培训班", organisers: tuple[str, ...] = ()
) -> commands.CreditClass:
    said = activity(name=name)
    return commands.CreditClass(
        envelope=envelope(ADMIN),
        person_id=LEARNER,
        year=YEAR,
        entry_id=id_of(entry),
        category="professional",
        rule="class",
        hours=Hours.of(20),
        source_id=id_of("filing"),
        activity=said.name,
        began=said.began,
        ended=said.ended,
        by_unit_id=UNIT,
        pack=VERSION,
        organisers=organisers,
    )


def test_a_class_credits_once_and_holds_what_waits_for_the_same() -> None:
    credited = WAITING.when(credit())
    credited.then_types(events.HoursRecognised, events.ClaimHeld)
    credited.when(credit()).then()


def test_a_class_is_not_credited_on_top_of_the_same_activity() -> None:
    DONE.when(credit(name="（Spring）")).refused(sameness.ALREADY_CREDITED)
    DONE.when(credit(name="spring", organisers=("广西大学继续教育学院",))).refused(
        sameness.ALREADY_CREDITED
    )


def test_what_only_resembles_a_class_keeps_nobody_from_its_hours() -> None:
    credited = DONE.when(credit())  # “spring” and “spring 培训班”, on the same days
    credited.then_types(events.HoursRecognised, events.ClaimHeld)
    DONE.when(credit(name="spring", organisers=("柳州地质集团",))).then_types(
        events.HoursRecognised, events.ClaimHeld
    )
    DONE.when(credit(name="新进展 spring 专题研修班")).then_types(events.HoursRecognised)


def test_a_name_without_letters_is_the_name_of_nothing() -> None:
    nameless = (
        claimed("dash", activity(name="——")),
        submitted("dash"),
        passed("dash"),
        recognised("dash", activity="——"),
    )
    hours.given(*nameless).when(credit(name="……")).then_types(events.HoursRecognised)
    other = claimed("other", activity(name="研修班"))
    hours.given(*nameless, other).when(submit("other")).then(submitted("other"))


def test_once_the_same_activity_has_left_the_ledger_the_class_is_credited() -> None:
    refused = DONE.when(delete("spring", by=ADMIN)).when(credit(name="spring"))
    refused.then_types(events.HoursRecognised).when(credit(name="spring")).then()


def test_what_was_revoked_before_it_was_seen_never_joins() -> None:
    gone = commands.RevokeEntry(
        envelope=envelope(ADMIN),
        person_id=LEARNER,
        year=YEAR,
        entry_id=id_of("class"),
        cause=RevokedFor.WITHDRAWN,
        by_unit_id=UNIT,
    )
    hours.when(gone).then_types(events.HoursRevoked).when(credit()).then()
