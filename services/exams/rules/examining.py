"""When an exam may be sat, how often, and what becomes of it (网络考试)."""

from libs.decider import Kind, Rule, conventions
from libs.decider.refusals import REASON_MISSING
from libs.policy import Says
from services.exams.commands import (
    AnnulResult,
    AttemptCommand,
    EndAttempt,
    SaveAnswers,
    StartAttempt,
    StudyCommand,
    SubmitAnswers,
)
from services.exams.rules.known import course_of, terms_of
from services.exams.rules.studying import in_the_period, is_enrolled
from services.exams.state.known import ExamsFacts
from services.exams.state.study import AttemptState, StudyYear

NO_EXAM = Rule("course-without-exam", "该课程不设考试", conventions.EXAMS, "完成课程学习即可")
BEING_SCORED = Rule(
    "attempt-being-scored",
    "上一次考试已到时限，正在评分",
    conventions.EXAMS,
    "请稍后在考试列表中查看成绩",
)
PASSED_ALREADY = Rule("exam-passed-already", "该课程考试已合格", conventions.EXAMS, "无需再次考试")
PAPER_UNSOUND = Rule(
    "paper-unsound", "试卷与课程设置不符", conventions.EXAMS, "请重新开始考试", Kind.INVALID
)
NO_ATTEMPT = Rule(
    "no-such-attempt",
    "没有此次考试",
    conventions.EXAMS,
    "请在考试列表中核对",
    Kind.UNKNOWN,
    "attempt_id",
)
TIME_OVER = Rule(
    "exam-time-over",
    "考试时间已到，不能再答题或交卷",
    conventions.EXAMS,
    "系统按到时已保存的答案评分，请在考试列表中查看成绩",
)
ATTEMPT_OVER = Rule("attempt-over", "此次考试已结束", conventions.EXAMS, "请在考试列表中查看成绩")
NOT_ON_THE_PAPER = Rule(
    "answer-not-on-the-paper",
    "答案中有试卷以外的试题",
    conventions.EXAMS,
    "请按试卷答题",
    Kind.INVALID,
    "answers",
)
SAVED_MEANWHILE = Rule(
    "answers-saved-meanwhile",
    "交卷的同时又保存了答案",
    conventions.EXAMS,
    "请核对已保存的答案后重新交卷",
)
NOT_YET_OVER = Rule("attempt-not-over", "考试时间未到", conventions.EXAMS, "请等待考试结束")
NOTHING_TO_ANNUL = Rule(
    "nothing-to-annul", "只有合格的考试成绩可以作废", conventions.EXAMS, "请在考试列表中核对"
)


def allowed(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> int:
    """How many attempts there are in all: the notice's, and what make-ups have given."""
    return terms_of(command, facts).attempts + state.study(command.course_id).opened


def left(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> int:
    """How many attempts are left."""
    used = len(state.study(command.course_id).attempts)
    return max(allowed(command, state, facts) - used, 0)


def has_exam(command: StudyCommand, _state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """Electives have none."""
    return None if course_of(command, facts).questions else NO_EXAM


def after_the_course(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """完成课程学习后才能进行该门课程考试."""
    if state.study(command.course_id).completed:
        return None
    return terms_of(command, facts).law.pack.refusal(
        Says.EXAM_AFTER_COURSE, remedy="请先完成全部课时"
    )


def not_passed_already(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """60分以上的，视为培训通过: there is no third after a second that passed."""
    if not state.passed(command.course_id):
        return None
    return terms_of(command, facts).law.pack.citing(PASSED_ALREADY, Says.MARKS)


def attempts_are_left(command: StudyCommand, state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """考试共设3次机会."""
    if left(command, state, facts):
        return None
    return terms_of(command, facts).law.pack.refusal(
        Says.EXAM_ATTEMPTS, remedy="请在培训期间电话申请补学补考"
    )


def paper_is_sound(command: StartAttempt, _state: StudyYear, facts: ExamsFacts) -> Rule | None:
    """As many questions as the course says, each once."""
    size = course_of(command, facts).paper_size
    sound = len(command.paper) == len(set(command.paper)) == size
    return None if sound else PAPER_UNSOUND


def attempt_is_known(command: AttemptCommand, state: StudyYear, _facts: ExamsFacts) -> Rule | None:
    """Of this course."""
    attempt = state.attempts.get(command.attempt_id)
    return None if attempt and attempt.course_id == command.course_id else NO_ATTEMPT


def attempt_is_open(command: AttemptCommand, state: StudyYear, _facts: ExamsFacts) -> Rule | None:
    """Not handed in, not ended."""
    is_open = state.attempts[command.attempt_id].state is AttemptState.OPEN
    return None if is_open else ATTEMPT_OVER


def in_time(
    command: SaveAnswers | SubmitAnswers, state: StudyYear, facts: ExamsFacts
) -> Rule | None:
    """Until the attempt's own limit, also where that is after the period's last day."""
    if command.envelope.at < state.attempts[command.attempt_id].ends:
        return None
    return TIME_OVER.citing(terms_of(command, facts).law.pack.exam.minutes.source)


def answers_are_on_the_paper(
    command: SaveAnswers | SubmitAnswers, state: StudyYear, _facts: ExamsFacts
) -> Rule | None:
    """Nothing but what was asked."""
    paper = set(state.attempts[command.attempt_id].paper)
    return None if set(command.answers) <= paper else NOT_ON_THE_PAPER


def scored_is_what_is_saved(
    command: SubmitAnswers, _state: StudyYear, facts: ExamsFacts
) -> Rule | None:
    """The sheet was read and scored before the batch; nothing that was saved since is lost."""
    if not command.as_saved:
        return None
    is_known = command.attempt_id in facts.saved
    same = is_known and facts.saved[command.attempt_id] == command.saved_at
    return None if same else SAVED_MEANWHILE


def time_is_over(command: EndAttempt, state: StudyYear, _facts: ExamsFacts) -> Rule | None:
    """The platform takes no paper away early."""
    over = command.envelope.at >= state.attempts[command.attempt_id].ends
    return None if over else NOT_YET_OVER


def result_has_passed(command: AnnulResult, state: StudyYear, _facts: ExamsFacts) -> Rule | None:
    """What did not pass has given nothing."""
    passed = state.attempts[command.attempt_id].state is AttemptState.PASSED
    return None if passed else NOTHING_TO_ANNUL


def reason_is_given(command: AnnulResult, _state: StudyYear, _facts: ExamsFacts) -> Rule | None:
    """Taking hours away has a reason."""
    return None if command.reason else REASON_MISSING


ON_START = (
    has_exam,
    is_enrolled,
    after_the_course,
    not_passed_already,
    attempts_are_left,
    in_the_period,
    paper_is_sound,
)
ON_SAVE = (attempt_is_known, in_time, attempt_is_open, answers_are_on_the_paper)
ON_SUBMIT = (
    attempt_is_known,
    attempt_is_open,
    in_time,
    scored_is_what_is_saved,
    answers_are_on_the_paper,
)
ON_END = (attempt_is_known, time_is_over)
ON_ANNUL = (attempt_is_known, result_has_passed, reason_is_given)
