"""可办理的登录身份: filing answers each role as its description says."""

from uuid import UUID, uuid4

from tests.component.callers import Calling, somebody
from tests.component.filing.conftest import Filing, registration, requested

FILING = "/filings/{filing_id}"


async def test_each_operation_is_for_the_roles_that_it_names(filing: Filing) -> None:
    path = await requested(filing.as_(filing.base))
    calling = Calling(
        filing.app,
        filing.as_,
        somebody(uuid4(), filing.unit, None, UUID(int=100)),
        {"filing_id": path.rpartition("/")[2], "roster_id": str(uuid4())},
        {
            "POST /filings": registration(),
            f"POST {FILING}/report": {"held": True, "remark": "如期举办"},
            f"POST {FILING}/grant": {"hours": "24.00"},
            f"POST {FILING}/refusal": {"opinion": "材料不全"},
            f"POST {FILING}/withdrawal": {"reason": "检查发现未举办"},
        },
        frozenset({f"GET {FILING}/rosters/{{roster_id}}"}),
    )
    assert await calling.wrong() == []
