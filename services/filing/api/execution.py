"""After the end: report the execution (填写备注), upload the sealed form (上传扫描件)."""

from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import JSONResponse, Response

from libs.decider import Refused, refusals
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from services.filing import queries
from services.filing.api.desk import FILING, FilingId, WithKeys, WithPress
from services.filing.api.words import ReportForm
from services.filing.commands import ReportExecution, UploadSealedForm
from services.filing.rules.actors import OF_THE_BASE, SEE_FILINGS

router = APIRouter(tags=["execution 实际执行情况"])


@router.post(f"{FILING}/report", response_model=Answer, openapi_extra=by(OF_THE_BASE))
async def report(
    filing_id: FilingId, form: ReportForm, click: Clicked, keys: WithKeys, press: WithPress
) -> JSONResponse:
    """Report how the class was held (实际执行情况说明), after its end date."""
    await press.accepts({"remark": form.remark})
    command = ReportExecution(
        envelope=click.envelope,
        filing_id=filing_id,
        held=form.held,
        remark=form.remark,
        remark_digest=keys.of(form.remark),
    )
    return await click.answer(command)


@router.post(f"{FILING}/sealed-form", response_model=Answer, openapi_extra=by(OF_THE_BASE))
async def upload_sealed_form(
    filing_id: FilingId,
    file: Annotated[UploadFile, File(description="盖章扫描件: PDF, PNG or JPEG, at most 10 MB")],
    click: Clicked,
    desk: AtDesk,
) -> JSONResponse:
    """Upload the stamped and scanned form (上传备案表扫描件), after the report."""
    async with desk.reading() as conn:
        filing = await queries.own_filing_of(conn, click.envelope.actor, filing_id)
    stored = await desk.files.put(filing["unit_id"], await file.read())
    command = UploadSealedForm(envelope=click.envelope, filing_id=filing_id, file=stored.digest)
    return await click.answer(command)


@router.get(f"{FILING}/sealed-form", response_class=Response, openapi_extra=by(SEE_FILINGS))
async def sealed_form(filing_id: FilingId, desk: AtDesk, caller: Caller) -> Response:
    """The stamped form again (查看扫描件), for the base and the province."""
    async with desk.reading() as conn:
        filing = await queries.filing_of(conn, caller, filing_id)
    if filing["sealed"] is None:
        raise Refused(refusals.NOT_FOUND)
    stored, content = await desk.files.get(filing["unit_id"], filing["sealed"])
    return Response(content, media_type=stored.type)
