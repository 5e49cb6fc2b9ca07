"""继续教育基地: titles of units, listed for everybody."""

from services.identity.bases import annex_3
from tests.component.identity.office import Province


async def test_the_bureau_designates_and_everybody_sees_the_list(province: Province) -> None:
    path = f"/units/{province.unit_id}/bases"
    double = [base for base in annex_3() if base.name == "广西大学"]
    for base in double:
        words = base.model_dump(mode="json", include={"level", "batch", "former_name", "phone"})
        assert await province.account.refused("POST", path, words) == "not-your-task"
        await province.bureau.do("POST", path, words)
        assert await province.bureau.refused("POST", path, words) == "base-held"
    listed = await province.office.anybody.do("GET", "/bases")
    assert [(base["level"], base["batch"], base["double"]) for base in listed] == [
        ("national", None, True),
        ("regional", "第二批", True),
    ]
    assert {base["phone"] for base in listed} == {"0771-3237366"}
    events = await province.office.lab.rows(
        "SELECT body FROM events WHERE type = 'identity.BaseDesignated'"
    )
    assert not any("0771" in body for (body,) in events)
    await province.bureau.do("DELETE", f"{path}/national")
    (left,) = await province.office.anybody.do("GET", "/bases")
    assert (left["level"], left["double"]) == ("regional", False)
    assert await province.bureau.refused("DELETE", f"{path}/national") == "base-not-held"
