"""网络考试: attempts, marks, time, and results that fall."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

import pytest

from libs.decider import Kind, Rule, refusals
from libs.events import exams as events
from libs.events.envelope import Actor, Role
from libs.policy import Says
from services.exams.rules import actors, examining
from services.exams.rules.studying import NOT_ENROLLED
from tests.unit.exams.desk import (
    AS_LEARNER,
    BUREAU,
    DECEMBER,
    DESK,
    FACTS,
    HERSELF_AT_THE_PROVINCE,
    HOUR,
    LAST_MINUTE,
    LEARNER,
    NEW_YEAR,
    PAPER,
    VERSION,
    about,
    all_of,
    annul,
    ask,
    begun,
    end,
    enrolled,
    exams,
    exhausted,
    failed,
    id_of,
    opened,
    passed,
    recognised,
    save,
    start,
    submit,
    thrice,
)
from tests.unit.exams.test_studying import in_the_words_of

SECOND = timedelta(seconds=1)
studied = exams.given(*all_of())
in_exam = studied.given(begun())


def test_the_exam_opens_after_the_course() -> None:
    exams.when(start()).refused(NOT_ENROLLED)
    refused = exams.given(enrolled()).when(start())
    refused.refused(in_the_words_of(Says.EXAM_AFTER_COURSE))
    studied.when(start()).then(begun())


def test_an_elective_has_no_exam() -> None:
    exams.given(*all_of("unity")).when(start(course="unity")).refused(examining.NO_EXAM)


def test_59_then_60_passes_at_the_second_and_there_is_no_third() -> None:
    (
        in_exam.when(submit(score=59))
        .then(failed(score=59))
        .when(start(2))
        .then(begun(2))
        .when(submit(2, score=60))
        .then(passed(2), recognised())
        .when(start(3))
        .refused(examining.PASSED_ALREADY)
    )


def test_a_third_failure_exhausts_and_a_fourth_attempt_is_refused() -> None:
    twice = studied.given(begun(1), failed(1), begun(2), failed(2), begun(3))
    case = twice.when(submit(3, score=59)).then(failed(3), exhausted())
    refused = case.when(start(4)).refused(in_the_words_of(Says.EXAM_ATTEMPTS))
    assert isinstance(refused.outcome, Rule)
    assert refused.outcome.kind is Kind.CONFLICT
    assert "3次机会" in refused.outcome.text


def test_starting_again_while_one_is_under_way_goes_on_with_it() -> None:
    in_exam.when(start(2)).then()
    in_exam.when(start(2, at=LAST_MINUTE)).refused(examining.BEING_SCORED)


@pytest.mark.parametrize("paper", [(), PAPER[:1], (PAPER[0], PAPER[0])])
def test_a_paper_that_is_not_the_course_s(paper: tuple[object, ...]) -> None:
    studied.when(start(paper=paper)).refused(examining.PAPER_UNSOUND)  # type: ignore[arg-type]


def test_answers_after_time_are_refused_and_in_the_last_second_are_not() -> None:
    in_exam.when(submit(at=DECEMBER + HOUR - SECOND)).then(passed(), recognised())
    refused = in_exam.when(submit(at=DECEMBER + HOUR)).refused(examining.TIME_OVER)
    assert isinstance(refused.outcome, Rule)
    assert str(refused.outcome.source) == "平台约定 第二十六条 政策没有给出的数值"
    in_exam.when(save(at=DECEMBER + HOUR)).refused(examining.TIME_OVER)
    in_exam.when(save(at=DECEMBER + HOUR - SECOND)).then()


def test_an_attempt_begun_before_the_deadline_counts_though_it_ends_after() -> None:
    begun_late = studied.when(start(at=LAST_MINUTE)).then(begun(at=LAST_MINUTE))
    case = begun_late.when(submit(at=NEW_YEAR + HOUR / 2))
    case.then_types(events.ExamAttemptPassed, events.CourseRecognised)
    failing = begun_late.when(submit(score=59, at=NEW_YEAR))
    failing.when(start(2, at=NEW_YEAR)).refused(in_the_words_of(Says.EXAM_WINDOW))


def test_the_timer_scores_what_was_saved_and_never_early() -> None:
    in_exam.when(end(score=0)).then(failed(score=0)).when(end(score=100)).then()
    in_exam.when(end(score=80)).then(passed(score=80), recognised())
    in_exam.when(end(at=DECEMBER + HOUR - SECOND)).refused(examining.NOT_YET_OVER)
    by_hand = end().model_copy(update={"envelope": submit().envelope})
    in_exam.when(by_hand).refused(refusals.ROLE_NOT_ALLOWED)


def test_what_was_handed_in_stays_as_it_is() -> None:
    done = in_exam.when(submit(score=59))
    done.when(submit(score=100)).refused(examining.ATTEMPT_OVER)
    done.when(save()).refused(examining.ATTEMPT_OVER)
    done.when(end(score=100)).then()


def test_no_answers_to_what_was_not_asked() -> None:
    in_exam.when(save(question="another")).refused(examining.NOT_ON_THE_PAPER)
    in_exam.when(save(2)).refused(examining.NO_ATTEMPT)


def test_what_was_saved_after_the_sheet_was_read_is_not_lost() -> None:
    first, later = id_of("attempt 1"), DECEMBER + HOUR / 2
    for read, saved in (
        (None, {first: later}),  # saved for the first time
        (DECEMBER, {first: later}),  # saved again
        (later, {}),  # being saved by the same batch
        (None, {}),
    ):
        case = in_exam.knowing(replace(FACTS, saved=saved))
        handed_in = submit(score=59).model_copy(update={"as_saved": True, "saved_at": read})
        case.when(handed_in).refused(examining.SAVED_MEANWHILE)
    for at in (None, later):
        case = in_exam.knowing(replace(FACTS, saved={first: at}))
        handed_in = submit().model_copy(update={"as_saved": True, "saved_at": at})
        case.when(handed_in).then(passed(), recognised())


def test_a_whole_sheet_that_is_handed_in_stands_for_whatever_was_saved() -> None:
    in_exam.knowing(replace(FACTS, saved={id_of("attempt 1"): DECEMBER})).when(submit()).then(
        passed(), recognised()
    )


def test_an_annulled_result_takes_its_hours_along() -> None:
    case = in_exam.when(submit()).when(annul())
    case.then(
        events.ExamResultAnnulled(
            **about("theme"), attempt_id=id_of("attempt 1"), reason_digest="0" * 64
        ),
        events.CourseRecognitionWithdrawn(
            **about("theme"), entry_id=uuid5(id_of("theme"), str(LEARNER)), by_unit_id=BUREAU
        ),
    )
    case.when(annul()).then()
    case.when(ask("theme")).then()


def test_what_is_earned_again_is_another_entry() -> None:
    case = in_exam.when(submit()).when(annul()).when(start(2)).when(submit(2))
    again = uuid5(id_of("theme"), f"{LEARNER} 1")
    case.then(passed(2), recognised(entry_id=again))


def test_who_may_annul_and_what() -> None:
    case = in_exam.when(submit())
    for by in (AS_LEARNER, DESK, Actor(id_of("a city"), Role.CITY_BUREAU)):
        case.when(annul(by=by)).refused(refusals.ROLE_NOT_ALLOWED)
    case.when(annul(by=HERSELF_AT_THE_PROVINCE)).refused(actors.STUDIES_ONESELF)
    case.when(annul(reason="")).refused(refusals.REASON_MISSING)
    case.when(annul(reason="电话13800138000")).refused(refusals.PERSONAL_NUMBER)
    case.when(annul(2)).refused(examining.NO_ATTEMPT)
    in_exam.when(submit(score=59)).when(annul()).refused(examining.NOTHING_TO_ANNUL)


def test_the_marks_of_an_attempt_are_those_of_the_notice() -> None:
    for score in (0, 59):
        in_exam.when(submit(score=score)).then(failed(score=score))
    for score in (60, 100):
        in_exam.when(submit(score=score)).then(passed(score=score), recognised())


def test_a_make_up_s_attempts_are_counted_beside_the_notice_s() -> None:
    case = studied.given(*thrice(), opened(attempts=1)).when(start(4)).then(begun(4))
    case.when(submit(4, score=0)).then(failed(4, score=0), exhausted())
    assert opened().pack == VERSION
