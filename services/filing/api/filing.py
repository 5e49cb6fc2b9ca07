"""培训班备案: file a class. What is filed is neither changed nor deleted."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from uuid_utils.compat import uuid7

from libs.decider import Refused
from libs.events.envelope import Role
from libs.policy.windows import CHINA
from libs.runtime.web.attached import attached
from libs.runtime.web.callers import by
from libs.runtime.web.click import Answer, AtDesk, Caller, Clicked
from services.filing import queries
from services.filing.api.desk import FILING, FilingId, WithKeys, WithPress
from services.filing.api.words import RegistrationForm
from services.filing.commands import ChangeFiling, DeleteFiling, SubmitFiling
from services.filing.paper import LAYOUT, form_data
from services.filing.rules import steps
from services.filing.rules.actors import OF_THE_BASE, SEE_FILINGS

router = APIRouter(tags=["filings 培训班备案登记"])


@router.post("/filings", status_code=201, response_model=Answer, openapi_extra=by(OF_THE_BASE))
async def submit(
    form: RegistrationForm, click: Clicked, keys: WithKeys, press: WithPress
) -> JSONResponse:
    """File a class (保存备案). Saving is submitting: nothing of it can be changed afterwards,
    so a character that the printed form would lack is refused now."""
    await press.accepts(form.model_dump(mode="json"))
    command = SubmitFiling(
        envelope=click.envelope,
        filing_id=uuid7(),
        form=form,
        form_digest=keys.of(form.model_dump_json()),
    )
    return await click.answer(command, 201)


@router.put(FILING, response_model=Answer, openapi_extra=by(SEE_FILINGS))
async def change(filing_id: FilingId, click: Clicked) -> JSONResponse:
    """Refused to whoever sees it, in the notice's words (备案信息不可再修改)."""
    return await click.answer(ChangeFiling(envelope=click.envelope, filing_id=filing_id))


@router.delete(FILING, response_model=Answer, openapi_extra=by(SEE_FILINGS))
async def delete(filing_id: FilingId, click: Clicked) -> JSONResponse:
    """Refused to whoever sees it, in the notice's words (备案信息不可删除)."""
    return await click.answer(DeleteFiling(envelope=click.envelope, filing_id=filing_id))


@router.get(
    f"{FILING}/form",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
    openapi_extra=by(SEE_FILINGS),
)
async def form_on_paper(
    filing_id: FilingId, desk: AtDesk, caller: Caller, press: WithPress
) -> Response:
    """The 培训班备案登记表 as a PDF (下载备案表): for the base once the class is over and its
    remark is reported, for the province at any time."""
    async with desk.reading() as conn:
        filing = await queries.filing_of(conn, caller, filing_id)
        form = await queries.form_of(conn, filing_id)
        pack = await queries.pack_of(conn, filing["pack"])
        if caller.role is not Role.PROVINCE_BUREAU and (
            early := steps.not_to_be_downloaded(
                pack, filing["ended_on"], filing["held"] is not None, desk.clock.now()
            )
        ):
            raise Refused(early)
        unit = await queries.unit_name(conn, filing["unit_id"])
        remark = await queries.text_of(conn, filing_id, filing["remark_digest"])
    at = desk.clock.now().astimezone(CHINA)
    printed = await press.print(LAYOUT, form_data(filing, form, pack, unit, remark), at)
    named = f"{pack.filing.form_title.value}（{filing['name']}）.pdf"
    headers = attached(named, f"filing-{filing_id}.pdf")
    return Response(printed, media_type="application/pdf", headers=headers)
