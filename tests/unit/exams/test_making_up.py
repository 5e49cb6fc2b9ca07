"""补学补考: for whom, when, and what it gives."""

from dataclasses import replace
from datetime import date

from libs.decider import Rule, refusals
from libs.events import exams as events
from libs.events.values import Hours
from libs.policy import NO_PACK, Says, quantities
from services.exams.rules import actors, known, making_up, studying
from services.exams.state.study import StudyEvent
from tests.unit.exams.desk import (
    AS_LEARNER,
    DESK,
    FACTS,
    HERSELF_AT_THE_PROVINCE,
    LAW,
    NEW_YEAR,
    UNIT,
    about,
    all_of,
    begun,
    call,
    decline,
    enrol,
    exams,
    failed,
    id_of,
    open_,
    opened,
    passed,
    start,
    submit,
    thrice,
)
from tests.unit.exams.test_studying import in_the_words_of

exhausted = exams.given(*all_of(), *thrice())
PREPARED = events.MakeUpPrepared(**about("theme"))


def test_three_failures_a_call_and_the_bureau_gives_more() -> None:
    (
        exhausted.when(call())
        .then(PREPARED)
        .when(call())
        .then()
        .when(open_())
        .then(opened())
        .when(start(4))
        .then(begun(4))
        .when(submit(4))
        .then_types(events.ExamAttemptPassed, events.CourseRecognised)
    )


def test_the_bureau_may_also_decline() -> None:
    declined = events.MakeUpDeclined(**about("theme"))
    case = exhausted.given(PREPARED).when(decline()).then(declined)
    case.when(decline()).refused(making_up.NOT_PREPARED)
    case.when(start(4)).refused(in_the_words_of(Says.EXAM_ATTEMPTS))


def test_none_while_attempts_are_left_or_one_is_under_way() -> None:
    exams.given(*all_of()).when(open_()).refused(making_up.ATTEMPTS_LEFT)
    last = exams.given(*all_of(), *thrice()[:-2])
    refused = last.when(open_()).refused(making_up.ATTEMPTS_LEFT)
    assert isinstance(refused.outcome, Rule)
    assert "3次机会均不合格者" in refused.outcome.detail
    exhausted.given(opened()).when(open_()).refused(making_up.ATTEMPTS_LEFT)


def test_an_elective_has_nothing_to_sit_again() -> None:
    exams.given(*all_of("unity")).when(open_("unity")).refused(making_up.ATTEMPTS_LEFT)


def test_each_make_up_adds_to_the_last() -> None:
    more: list[StudyEvent] = [
        begun(4),
        failed(4),
        events.AttemptsExhausted(**about("theme")),
        opened(),
    ]
    case = exhausted.given(opened(attempts=1), *more, begun(5), failed(5), begun(6), failed(6))
    case.when(start(7)).then(begun(7))


def test_an_earlier_year_is_opened_again_only_when_its_attempts_are_used() -> None:
    theme = "theme of 2023"
    once = exams.given(opened(theme, hours="18"))
    once.when(open_(theme, hours="18")).refused(making_up.ATTEMPTS_LEFT)
    failures: list[StudyEvent] = [
        e for n in (1, 2, 3) for e in (begun(n, theme), failed(n, course=theme))
    ]
    once.given(*all_of(theme), *failures).when(open_(theme)).then(opened(theme))


def test_none_for_who_has_passed() -> None:
    done = exams.given(*all_of()).when(start()).when(submit())
    done.when(open_()).refused(making_up.NOT_NEEDED)
    exams.given(*all_of(), begun(), passed()).when(call()).refused(making_up.NOT_NEEDED)


def test_only_in_the_training_period() -> None:
    exhausted.when(open_(at=NEW_YEAR)).refused(in_the_words_of(Says.EXAM_WINDOW))
    exhausted.when(call(at=NEW_YEAR)).refused(in_the_words_of(Says.EXAM_WINDOW))


def test_who_takes_calls_and_who_decides() -> None:
    exhausted.when(call(by=AS_LEARNER)).refused(refusals.ROLE_NOT_ALLOWED)
    for by in (AS_LEARNER, DESK):
        exhausted.when(open_(by=by)).refused(refusals.ROLE_NOT_ALLOWED)
        exhausted.given(PREPARED).when(decline(by=by)).refused(refusals.ROLE_NOT_ALLOWED)
    exhausted.when(open_(by=HERSELF_AT_THE_PROVINCE)).refused(actors.STUDIES_ONESELF)
    exhausted.when(call(note="请回电13800138000")).refused(refusals.PERSONAL_NUMBER)


def test_hours_are_stated_only_where_no_notice_says_them() -> None:
    exhausted.when(open_(hours="15")).refused(making_up.HOURS_KNOWN)
    exams.when(open_("theme of 2023")).refused(making_up.HOURS_MISSING)
    exams.when(open_("theme of 2023", hours="0")).refused(quantities.NO_HOURS)


def test_stated_hours_are_whole_steps_and_no_more_than_a_year_is_asked_for() -> None:
    exams.when(open_("theme of 2023", hours="15.25")).refused(quantities.FINER_THAN_THE_STEP)
    exams.when(open_("theme of 2023", hours="90.5")).refused(making_up.MORE_THAN_A_YEAR)
    exams.when(open_("theme of 2023", hours="90")).then_types(events.MakeUpOpened)


def test_hours_that_were_stated_wrongly_are_put_right_and_give_no_more_attempts() -> None:
    wrong = exams.given(opened("theme of 2023", hours="51"))
    right = wrong.when(open_("theme of 2023", hours="15"))
    right.then(opened("theme of 2023", attempts=0, hours="15"))
    assert right.state.study(id_of("theme of 2023")).stated == Hours.of(15)
    right.when(open_("theme of 2023", hours="15")).refused(making_up.ATTEMPTS_LEFT)


def test_a_make_up_after_one_that_is_used_up_gives_attempts_whatever_hours_are_stated() -> None:
    used_up = exams.given(opened("theme of 2023", hours="51"), *all_of("theme of 2023"))
    for n in (1, 2, 3):
        used_up = used_up.given(begun(n, "theme of 2023"), failed(n, course="theme of 2023"))
    used_up.when(open_("theme of 2023", hours="15")).then(opened("theme of 2023", hours="15"))


def test_who_and_what_is_not_heard_of_yet_is_not_refused_for_good() -> None:
    nobody, lawless = replace(FACTS, people={}), replace(FACTS, laws={})
    for facts, rule in ((nobody, known.NO_PERSON), (lawless, NO_PACK)):
        for asked in (call(), open_()):
            exhausted.knowing(facts).when(asked).refused(rule)
            exhausted.knowing(replace(facts, heard=None)).when(asked).refused(refusals.BEHIND)
    behind = exhausted.given(PREPARED).knowing(replace(lawless, heard=None))
    behind.when(decline()).refused(refusals.BEHIND)


def test_a_course_of_another_year_is_no_course_of_this_one() -> None:
    other_year = {"year": 2022}
    for asked in (call(), open_(), decline()):
        mistaken = asked.model_copy(update=other_year)
        exhausted.given(PREPARED).when(mistaken).refused(known.NO_COURSE)


def test_2023_is_made_up_in_2024_and_credited_to_2023() -> None:
    theme = "theme of 2023"
    exams.when(enrol(theme)).refused(in_the_words_of(Says.MAKE_UP))
    case = exams.when(open_(theme, hours="18")).then(opened(theme, hours="18"))
    case = case.given(*all_of(theme)).when(start(course=theme)).when(submit(course=theme))
    case.then_types(events.ExamAttemptPassed, events.CourseRecognised)
    (entry,) = case.state.recognised.values()
    assert (entry.year, entry.hours, entry.category) == (2023, Hours.of(18), "public.required")
    assert entry.pack.pack == "gx-2024"


def test_one_opened_course_opens_the_electives_of_that_year_too() -> None:
    theme, elective = "theme of 2023", "elective of 2023"
    case = exams.given(opened(theme, hours="18"), *all_of(elective))
    assert not case.state.recognised
    case = case.when(open_(elective, hours="8"))
    case.then_types(events.MakeUpOpened, events.CourseRecognised)
    (entry,) = case.state.recognised.values()
    assert (entry.hours, entry.category) == (Hours.of(8), "public.elective")


def test_no_make_up_of_2023_after_2024() -> None:
    theme = "theme of 2023"
    exams.when(open_(theme, hours="18", at=NEW_YEAR)).refused(in_the_words_of(Says.MAKE_UP))
    case = exams.given(opened(theme, hours="18"))
    late = case.when(enrol(theme, at=NEW_YEAR)).refused(in_the_words_of(Says.MAKE_UP))
    assert isinstance(late.outcome, Rule)
    assert late.outcome.detail == "补学补考截止 2024年12月31日"
    assert late.outcome.remedy == studying.AFTERWARDS


def test_the_make_up_s_window_is_extended_like_the_others() -> None:
    theme = "theme of 2023"
    for unit in (None, UNIT):
        law = replace(LAW, extended={("make_ups.2023", unit): date(2025, 1, 31)})
        longer = exams.knowing(replace(FACTS, laws={("CN-GX", 2024): law}))
        case = longer.when(open_(theme, hours="18", at=NEW_YEAR))
        assert not isinstance(case.outcome, Rule)
        assert not isinstance(case.when(enrol(theme, at=NEW_YEAR)).outcome, Rule)


def test_only_the_subjects_that_the_notice_names() -> None:
    (make_up,) = LAW.pack.make_ups
    narrow = make_up.model_copy(update={"categories": ("public.required",)})
    pack = LAW.pack.model_copy(update={"make_ups": (narrow,)})
    facts = replace(FACTS, laws={("CN-GX", 2024): replace(LAW, pack=pack)})
    refused = exams.knowing(facts).when(open_("elective of 2023", hours="8"))
    refused.refused(making_up.NOT_NAMED)
    assert id_of("elective of 2023") in facts.courses
