"""People's data stay where they belong: private tables, the owner's files, and nowhere else."""

import logging

import pytest

from tests.component.filing.conftest import EXCEL, Filing, filed, sealed
from tests.component.filing.sheets import name, number, roster

WRITTEN = (
    "韦老师",
    "陆某",
    "黄某",
    "13877100001",
    "jxjy@example.edu.cn",
    "0771-3230000",
    "数据治理的新方法",
    "培训地点改为桂林",
    "扫描件不清晰",
    "只发证不培训",
)
PRIVATE = {"forms", "texts", "pending_rosters", "directory"}


async def everything(filing: Filing) -> dict[str, str]:
    """Every table of the service as text, by name."""
    lab = filing.feed.lab
    tables = await lab.rows(
        "SELECT schemaname, tablename FROM pg_tables "
        "WHERE schemaname IN ('public', 'views', 'private')"
    )
    return {
        table: str(await lab.rows(f"SELECT t::text FROM {schema}.{table} t"))
        for schema, table in tables
    }


async def test_no_name_number_phone_or_text_of_people_leaves_the_private_tables(
    filing: Filing, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    base, province = filing.as_(filing.base), filing.as_(filing.province)
    await filing.known((name(n), number(n)) for n in range(5))
    path = await filed(base)
    await base.post(f"{path}/report", json={"remark": "培训地点改为桂林"})
    await sealed(base, path)
    people = [(name(n), number(n)) for n in range(10)] + [("别人", number(1)), (name(2), "123")]
    sheet = {"file": ("roster.xlsx", roster(people), EXCEL)}
    said = (await base.post(f"{path}/rosters", files=sheet)).json()
    pending = await filing.feed.lab.one("SELECT good || bad FROM pending_rosters")
    await base.post(f"{path}/rosters/{said['roster_id']}/confirmation")
    await base.post(f"{path}/request")
    await province.post(f"{path}/refusal", json={"opinion": "扫描件不清晰"})
    await base.post(f"{path}/request")
    await province.post(f"{path}/grant", json={})
    done = await province.post(f"{path}/withdrawal", json={"reason": "只发证不培训"})
    assert done.status_code == 200, done.text
    people_s = [word for n in range(10) for word in (name(n), number(n))]
    tables = await everything(filing)
    for table, content in tables.items():
        if table not in PRIVATE:
            assert not [word for word in (*WRITTEN, *people_s) if word in content], table
    assert not [word for word in people_s if word in pending]
    assert not [n for n in range(10) for t in tables.values() if number(n) in t]
    told = caplog.text + "".join(capfd.readouterr())
    assert not [word for word in (*WRITTEN, *people_s) if word in told]
    assert "韦老师" in tables["forms"], "the test looks where something is"


async def test_people_s_data_of_the_form_is_shown_to_base_and_province(filing: Filing) -> None:
    path = await filed(filing.as_(filing.base))
    for who in (filing.base, filing.province):
        found = (await filing.as_(who).get(path)).json()
        assert found["form"]["contact"] == "陆某"
        assert found["form"]["mobile"] == "13877100001"
    items = (await filing.as_(filing.province).get("/filings")).text
    assert "陆某" not in items
