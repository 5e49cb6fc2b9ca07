"""The decisions about a filed class."""

from collections.abc import Sequence
from typing import assert_never

from libs.decider import Decider, Refused, keep
from libs.events import filing as events
from libs.events.filing import FiledClass, Mode
from libs.events.roles import bureau_of
from libs.policy import Says, china_day
from services.filing.commands import (
    ChangeFiling,
    DeleteFiling,
    FilingsCommand,
    GrantRecognition,
    ImportRoster,
    PrepareRoster,
    RefuseRecognition,
    ReportExecution,
    RequestRecognition,
    SubmitFiling,
    UploadSealedForm,
    WithdrawRecognition,
)
from services.filing.rules import actors, form, known, recognition, steps
from services.filing.rules.known import law_for, law_of, law_of_its_year, submitted_of
from services.filing.state.filing import Filing, FilingEvent, evolve
from services.filing.state.known import FilingFacts

BY_BASE = (actors.acts_for_a_unit, known.is_filed, actors.is_in_sight)
BY_WHO_SEES = (known.is_filed, actors.is_in_sight)
BY_PROVINCE = (actors.province_decides, known.is_filed)

ON_SUBMIT = (
    actors.acts_for_a_unit,
    known.unit_is_known,
    known.year_has_a_law,
    actors.holds_a_title,
    *form.ON_FORM,
)
ON_REPORT = (*BY_BASE, *steps.ON_REPORT)
ON_SCAN = (*BY_BASE, *steps.ON_SCAN)
ON_PREPARE = (*BY_BASE, *steps.ON_ROSTER)
ON_IMPORT = (*BY_BASE, *steps.ON_ROSTER, steps.somebody_attended)
ON_REQUEST = (*BY_BASE, *steps.ON_REQUEST)
ON_GRANT = (
    *BY_PROVINCE,
    recognition.is_requested,
    recognition.rows_are_known,
    actors.nobody_for_oneself,
    recognition.not_more_than_filed,
    recognition.classes_are_recognised,
    recognition.more_than_the_half_days_is_stated,
)
ON_REFUSE = (*BY_PROVINCE, recognition.is_requested, recognition.opinion_is_given)
ON_WITHDRAW = (*BY_PROVINCE, recognition.is_granted, recognition.reason_is_given)


def decide(command: FilingsCommand, state: Filing, facts: FilingFacts) -> Sequence[FilingEvent]:
    """What happens. Refused by the first rule that is broken."""
    match command:
        case SubmitFiling():
            if state.submitted is not None:
                return []
            keep(ON_SUBMIT, command, state, facts)
            return [_submitted(command, facts)]
        case ChangeFiling() | DeleteFiling():
            keep(BY_WHO_SEES, command, state, facts)
            remedy = "如信息有误，请在办班结束后的备注中说明，或联系自治区人力资源社会保障部门"
            raise Refused(law_of(state, facts).pack.refusal(Says.FILING_FINAL, remedy=remedy))
        case ReportExecution():
            keep(ON_REPORT, command, state, facts)
            return [_reported(command, state, facts)]
        case UploadSealedForm(filing_id=filing_id, file=file):
            keep(ON_SCAN, command, state, facts)
            uploaded = events.SealedFormUploaded(filing_id=filing_id, file=file)
            return [] if state.sealed == file else [uploaded]
        case PrepareRoster():
            keep(ON_PREPARE, command, state, facts)
            return []  # kept apart in the private table until it is confirmed
        case ImportRoster():
            if state.roster is not None and state.roster.id == command.roster_id:
                keep(BY_BASE, command, state, facts)
                return []
            keep(ON_IMPORT, command, state, facts)
            return _imported(command)
        case RequestRecognition():
            keep(ON_REQUEST, command, state, facts)
            return [_requested(command, state)]
        case GrantRecognition():
            keep(ON_GRANT, command, state, facts)
            return [_granted(command, state, facts)]
        case RefuseRecognition(filing_id=filing_id, opinion_digest=digest):
            keep(ON_REFUSE, command, state, facts)
            return [events.RecognitionRefused(filing_id=filing_id, opinion_digest=digest)]
        case WithdrawRecognition():
            keep(ON_WITHDRAW, command, state, facts)
            return [
                events.RecognitionWithdrawn(
                    filing_id=command.filing_id,
                    reason_digest=command.reason_digest,
                    by_unit_id=bureau_of(command.envelope.actor),
                )
            ]
        case _:
            assert_never(command)


def _submitted(command: SubmitFiling, facts: FilingFacts) -> events.FilingSubmitted:
    said, law = command.form, law_for(command, facts)
    filed = FiledClass(
        name=said.class_name,
        run_type=said.run_type,
        client=said.client or None,
        audience=said.audience,
        began=said.starts,
        ended=said.ends,
        days=said.days,
        mode=Mode.BOTH if len(set(said.modes)) > 1 else Mode(said.modes[0]),
        hours=said.hours,
        place=said.place,
        declared_on=china_day(command.envelope.at),
        form_digest=command.form_digest,
    )
    return events.FilingSubmitted(
        filing_id=command.filing_id,
        unit_id=command.envelope.actor.unit_id,
        year=said.ends.day.year,
        filed=filed,
        pack=law.version,
        after_start=form.has_started(command),
    )


def _reported(
    command: ReportExecution, state: Filing, facts: FilingFacts
) -> events.ExecutionReported:
    usual = law_of(state, facts).pack.filing.default_remark.value
    return events.ExecutionReported(
        filing_id=command.filing_id,
        held=command.held,
        as_filed=command.held and command.remark in ("", usual),
        remark_digest=command.remark_digest,
    )


def _imported(command: ImportRoster) -> list[FilingEvent]:
    return [
        events.RosterImported(
            filing_id=command.filing_id,
            roster_id=command.roster_id,
            chunk=number,
            chunks=len(command.chunks),
            rows=rows,
        )
        for number, rows in enumerate(command.chunks, 1)
    ]


def _requested(command: RequestRecognition, state: Filing) -> events.RecognitionRequested:
    if state.roster is None:
        raise Refused(steps.NO_PENDING_ROSTER)
    return events.RecognitionRequested(
        filing_id=command.filing_id,
        roster_id=state.roster.id,
        roster_digest=state.roster.digest,
        count=len(state.roster.attendees),
    )


def _granted(
    command: GrantRecognition, state: Filing, facts: FilingFacts
) -> events.RecognitionGranted:
    said, law = submitted_of(state), law_of_its_year(state, facts)
    if law is None:
        raise Refused(recognition.YEAR_NOT_PUBLISHED)
    if state.roster is None:
        raise Refused(recognition.NOT_REQUESTED)
    way = law.pack.entering("class")[0]
    left_out = tuple(sorted(set(command.left_out)))
    return events.RecognitionGranted(
        filing_id=command.filing_id,
        roster_id=state.roster.id,
        roster_digest=state.roster.digest,
        left_out=left_out,
        count=len(state.roster.attendees) - len(left_out),
        year=said.year,
        rule=way.rule,
        category=way.category,
        hours=recognition.granted_hours(command, state),
        activity=said.filed.name,
        began=said.filed.began,
        ended=said.filed.ended,
        by_unit_id=bureau_of(command.envelope.actor),
        pack=law.version,
    )


DECIDER = Decider(Filing, decide, evolve)
