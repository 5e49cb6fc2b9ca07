"""补学补考 of 2024 under a notice of 2025: which of the two notices speaks."""

from dataclasses import replace
from datetime import UTC, date, datetime

from libs.decider import Rule
from libs.events import exams as events
from libs.events.values import Hours
from libs.policy import Says
from libs.policy.public import MakeUp
from services.exams.rules import making_up
from services.exams.state.known import ExamsFacts
from tests.policy.golden import law_of
from tests.unit.exams.desk import (
    FACTS,
    LAW,
    LEARNER,
    YEAR,
    all_of,
    ask,
    complete,
    enrol,
    enrolled,
    exams,
    learnt,
    open_,
    opened,
)
from tests.unit.exams.test_studying import in_the_words_of

SPRING = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
THEME_OF_2023 = "theme of 2023"


def offer(**changes: object) -> MakeUp:
    """What a notice of 2025 says of 2024."""
    (of_2023,) = LAW.pack.make_ups
    window = of_2023.window.model_copy(update={"closes": date(2025, 12, 31)})
    words = {"of_year": YEAR, "credited_year": YEAR, "window": window}
    return of_2023.model_copy(update=words | changes)


SENTENCE = "2024年未完成公需科目学习任务的专业技术人员，可在2025年度进行补学补考。"


def notice_of_2025(**changes: object) -> ExamsFacts:
    """Beside the one of 2024, with a sentence of its own about the make-up."""
    said = LAW.pack.clauses[Says.MAKE_UP].model_copy(update={"text": SENTENCE})
    words = {"clauses": {**LAW.pack.clauses, Says.MAKE_UP: said}, "make_ups": (offer(**changes),)}
    pack = LAW.pack.model_copy(update={"id": "gx-2025", "year": 2025, **words})
    return replace(FACTS, laws={("CN-GX", YEAR): LAW, ("CN-GX", 2025): law_of(pack)})


def test_after_the_year_the_later_notice_is_quoted() -> None:
    refused = exams.knowing(notice_of_2025()).when(enrol(at=SPRING))
    refused.refused(in_the_words_of(Says.MAKE_UP))
    assert isinstance(refused.outcome, Rule)
    assert refused.outcome.text == SENTENCE


def test_once_it_is_opened_the_year_is_studied_in_the_next() -> None:
    case = exams.knowing(notice_of_2025()).when(open_(at=SPRING))
    case = case.then_types(events.MakeUpOpened).when(enrol(at=SPRING))
    case = case.then_types(events.CourseEnrolled)
    case.when(complete(at=SPRING)).then(learnt())
    case.knowing(FACTS).when(complete(at=SPRING)).refused(in_the_words_of(Says.EXAM_WINDOW))


def test_a_year_s_own_notice_says_what_is_done_for_its_hours_not_the_later_one() -> None:
    lenient = exams.knowing(notice_of_2025(grant_on="course")).given(*all_of())
    lenient.when(ask("theme")).then()


def test_what_a_make_up_asks_for_is_what_its_notice_says() -> None:
    """2023 has no notice of its own here: the one that opens its make-up speaks for it."""
    case = exams.knowing(opening_2023(grant_on="course", hours=Hours.of(18)))
    case = case.given(opened(THEME_OF_2023), *all_of(THEME_OF_2023))
    case = case.when(ask(THEME_OF_2023)).then_types(events.CourseRecognised)
    (entry,) = case.state.recognised.values()
    assert entry.hours == Hours.of(18)


def test_hours_that_the_make_up_s_notice_says_are_not_stated_again() -> None:
    known = exams.knowing(opening_2023(hours=Hours.of(18)))
    known.when(open_(THEME_OF_2023)).then_types(events.MakeUpOpened)
    known.when(open_(THEME_OF_2023, hours="20")).refused(making_up.HOURS_KNOWN)


def opening_2023(**changes: object) -> ExamsFacts:
    """The notice of 2024, which says more of the make-up of 2023 than it does."""
    (of_2023,) = LAW.pack.make_ups
    pack = LAW.pack.model_copy(update={"make_ups": (of_2023.model_copy(update=changes),)})
    return replace(FACTS, laws={("CN-GX", YEAR): replace(LAW, pack=pack)})


def test_a_person_s_year_knows_whose_and_which_it_is() -> None:
    year = exams.given(enrolled(), learnt()).state
    assert (year.person_id, year.year) == (LEARNER, YEAR)
