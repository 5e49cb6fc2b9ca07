"""学时查询: claims and entries of the caller's scope, of everybody or of one person, found by name
or number. What is typed goes into the body, since names and numbers never stand in an address."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from libs.decider import Refused
from libs.events.documents import DocumentKind, WrongDocument, digest_of, read
from libs.events.scope import SEE_PEOPLE, people_of
from libs.events.text import Text
from libs.events.values import Hours
from libs.runtime.following import laws
from libs.runtime.reading import Found, containing
from libs.runtime.web.callers import by
from libs.runtime.web.click import AtDesk, Caller
from libs.runtime.web.forms import Form, Year
from libs.runtime.web.paging import MOST_A_PAGE, Page, by_version, decode, page
from services.hours import queries
from services.hours.api.importing import MatchKey
from services.hours.api.queue import ClaimItem
from services.hours.queries import SEE_CLAIMS
from services.hours.sheets.rows import NUMBER_WRONG
from services.hours.state.year import ClaimState

router = APIRouter(tags=["lists 学时查询"])


class Search(Form):
    """Whom and what to find; nothing given finds all of the scope."""

    name: Annotated[Text, Field(min_length=1, max_length=50)] | None = Field(
        None, description="学员姓名, or a part of it", examples=["覃"]
    )
    number: Annotated[Text, Field(min_length=1, max_length=40)] | None = Field(
        None, description="身份证号码", examples=["450102199003071238"]
    )
    number_kind: DocumentKind = Field(DocumentKind.RESIDENT_ID, description="证件类型")
    year: Year | None = None
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=MOST_A_PAGE)

    def filters(self, match_key: bytes) -> dict[str, Any]:
        """Conditions on a row, and their values. Refused: NUMBER_WRONG, CURSOR_INVALID."""
        wanted = {
            "c.person_name LIKE %s": self.name and containing(self.name),
            "c.number_digest = %s": self._digest(match_key),
            "c.year = %s": self.year,
            "c.version < %s": decode(self.cursor, tuple[int])[0] if self.cursor else None,
        }
        return {condition: value for condition, value in wanted.items() if value is not None}

    def _digest(self, match_key: bytes) -> str | None:
        if self.number is None:
            return None
        try:
            return digest_of(read(self.number_kind, self.number), match_key)
        except WrongDocument as wrong:
            raise Refused(NUMBER_WRONG.because(wrong.problem.shown).on("number")) from None


class ClaimSearch(Search):
    """审核结果: first the state is chosen, then perhaps the person."""

    state: ClaimState | None = Field(None, description="审核状态")

    def filters(self, match_key: bytes) -> dict[str, Any]:
        """By state, too."""
        found = super().filters(match_key)
        return found | {"c.state = %s": self.state} if self.state else found


class EntryFound(BaseModel):
    """An entry of somebody's ledger (学时档案)."""

    entry_id: UUID
    person_id: UUID
    person_name: str | None = Field(description="姓名")
    masked_number: str | None = Field(description="证件号码（隐去中间）")
    year: int
    category: str
    rule: str = Field(description="类别, a word of the year's pack")
    activity: str
    source: str = Field(description="来源: claim, class, course or import")
    began: str
    ended: str
    recognised: str = Field(description="认定学时")
    version: int

    @classmethod
    def of(cls, row: Found) -> "EntryFound":
        """From a row of the view."""
        said = {name: row[name] for name in cls.model_fields}
        return cls(**said | {"recognised": str(Hours(row["recognised"]))})


@router.post("/claims/search", openapi_extra=by(SEE_CLAIMS) | {"x-no-key": True})
async def search_claims(
    words: ClaimSearch, desk: AtDesk, caller: Caller, match_key: MatchKey
) -> Page[ClaimItem]:
    """Claims by state, name or number (审核结果查询), the latest change first. Changes nothing."""
    scope, filters = queries.claims_of(caller), words.filters(match_key)
    async with desk.reading() as conn:
        rows = await queries.rows_of(conn, queries.LIST, scope, filters, words.limit)
        known = await laws.read(conn)
    return page(rows, words.limit, lambda row: ClaimItem.of(row, known), by_version)


@router.post("/entries/search", openapi_extra=by(SEE_PEOPLE) | {"x-no-key": True})
async def entries(
    words: Search, desk: AtDesk, caller: Caller, match_key: MatchKey
) -> Page[EntryFound]:
    """Hours that people of the scope have (学时查询), the latest first. Changes nothing."""
    scope, filters = people_of(caller), words.filters(match_key)
    async with desk.reading() as conn:
        rows = await queries.rows_of(conn, queries.ENTRIES, scope, filters, words.limit)
    return page(rows, words.limit, EntryFound.of, by_version)
