"""A pack that is wrong is refused when it is read, with every reason and its place."""

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from libs.policy import PackRefused, packs
from libs.policy.drafts import PACKS, draft, names
from libs.policy.served import unserved

HERE = Path(__file__).parent
Data = dict[str, Any]


def notice() -> Data:
    return tomllib.loads((PACKS / "gx-2024.toml").read_text("utf-8"), parse_float=Decimal)


def filing() -> Data:
    return tomllib.loads((PACKS / "gx-2021.toml").read_text("utf-8"))


def put(*path: str | int, value: object) -> Callable[[Data], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


def late(*path: str | int) -> Callable[[Data], None]:
    """The window takes what comes late, and flags it."""

    def change(data: Data) -> None:
        put(*path, "late", value="flag")(data)
        put(*path, "flag", value="逾期")(data)

    return change


def drop(*path: str | int) -> Callable[[Data], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


REFUSED: list[tuple[Callable[[Data], None], str]] = [
    (put("exam", "bonus", value=1), r"exam\.bonus：政策中没有此项"),
    (put("exam", "pass_mark", "value", value="60"), r"exam\.pass_mark\.value：应为整数"),
    (put("exam", "pass_mark", "value", value=0), r"exam\.pass_mark\.value：应大于 0"),
    (drop("exam", "pass_mark", "source"), r"exam\.pass_mark\.source：未填写"),
    (drop("exam", "pass_mark", "status"), r"exam\.pass_mark\.status：未填写"),
    (
        put("exam", "pass_mark", "status", value="certain"),
        r"exam\.pass_mark\.status：不在可选的取值之内，应为：verified、reading、",
    ),
    (
        put("exam", "pass_mark", "source", value="2024年度学习通知"),
        "依据须写作：文件名称、空格、条款",
    ),
    (put("exam", "pass_mark", "source", value="无此文件 一"), "exam.pass_mark：没有此文件"),
    (put("exam", "minutes", "status", value="verified"), "exam.minutes：.* 未经查阅"),
    (put("exam", "attempts", "status", value="illustrative"), "exam.attempts：平台自定的数值"),
    (put("exam", "attempts", "status", value="reading"), "exam.attempts：标为 reading 的须写明"),
    (put("exam", "attempts", "decided", value="0105"), "exam.attempts：标为 reading 的须写明"),
    (put("exam", "attempts", "decided", value="there"), r"exam\.attempts\.decided："),
    (
        put("exam", "minutes", "status", value="reading"),
        "exam.minutes：标为 reading，但 .* 未经查阅",
    ),
    (put("documents", "桂人社规〔2019〕4号", "seen", value="heard"), "documents"),
    (put("hours", "step", "value", value=Decimal("0.125")), r"hours\.step\.value：学时应为"),
    (put("hours", "step", "value", value=-1), r"hours\.step\.value：学时应为不小于 0"),
    (put("hours", "step", "value", value=0), r"hours\.step\.value：学时应大于 0"),
    (put("hours", "step", "value", value=True), r"hours\.step\.value：应为文字"),
    (put("hours", "claim", "opens", value=date(2025, 4, 1)), "hours.claim：截止日 2025年3月31日"),
    (drop("hours", "audit", "flag"), "hours.audit：逾期标记须"),
    (put("hours", "claim", "flag", value="迟"), "hours.claim：逾期标记须"),
    (put("recognition", 2, "category", value="leisure"), "training：没有此科目 leisure"),
    (put("recognition", 2, "group", value="rest"), "training：没有此限额 rest"),
    (put("recognition", 2, "kind", value="time"), r"recognition\.2\.kind：政策中没有此项"),
    (put("recognition", 2, "rule", value="class"), "recognition：class 重复"),
    (put("caps", 0, "within", value="rest"), "caps.self_study：没有此限额 rest"),
    (put("caps", 0, "within", value="self_study"), "caps.self_study：包含了自身"),
    (put("caps", 0, "group", value="sleep"), "caps.sleep：没有受其限制的类别"),
    (put("recognition", 3, "category", value="public"), "包含多个科目的类别 professional、public"),
    (put("public", "required", "rule", value="training"), "training 不是课程的认定规则"),
    (put("make_ups", 0, "categories", value=["leisure"]), "make_ups.2023：没有此科目"),
    (put("certificates", 1, "requirements", 0, "of", value=["leisure"]), "total：没有此科目"),
    (
        put("certificates", 1, "requirements", 0, "of", value=["public", "public.required"]),
        "total：同一科目计了两次",
    ),
    (
        put("certificates", 1, "requirements", 0, "of", value=["public.required"]),
        "total：90 学时不可能达到",
    ),
    (put("certificates", 1, "requirements", 1, "numerator", value=3), "3/3 不可能达到"),
    (put("certificates", 1, "requirements", 1, "base", value="sum"), "所占的 sum 不是"),
    (
        put("certificates", 1, "requirements", 1, "form", value="product"),
        "certificates.1.requirements.1",
    ),
    (put("certificates", 1, "rests_on", value=["public"]), "证书不以其为依据"),
    (put("clauses", "exam.luck", value={}), r"clauses\.exam\.luck"),
    (put("filing", value={}), "filing: gx-2021 says it already"),
    (put("documents", "平台约定", value={}), "documents: gx-2021 has 平台约定 already"),
    (put("extends", value="gx-2020"), "extends: gx-2020, laid over gx-2021"),
    (drop("year"), "year：未填写"),
    (put("id", value="GX 2024"), "id：应为小写英文代码，如 gx-2024"),
]


@pytest.mark.parametrize(("change", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_it_is_refused_and_says_why(change: Callable[[Data], None], reason: str) -> None:
    data = notice()
    change(data)
    with pytest.raises(PackRefused, match=reason):
        packs.from_data(data, draft("gx-2021"))


def test_a_step_needs_only_what_came_before() -> None:
    data = filing()
    data["filing"]["steps"].reverse()
    data["filing"]["run_types"][1]["asks"] = "patron"
    with pytest.raises(PackRefused) as refused:
        packs.from_data(data)
    assert "filing.steps.recognise：所需的 request 不在其之前的步骤之中" in (refused.value.reasons)
    assert "filing：commissioned 要求的栏目 patron 不存在" in refused.value.reasons


def test_a_group_is_worth_its_cap_once() -> None:
    data = tomllib.loads((HERE / "packs" / "test-nested.toml").read_text("utf-8"))
    data["recognition"].pop()
    certificates = tomllib.loads((HERE / "packs" / "test-offline.toml").read_text("utf-8"))
    (certificate,) = certificates["certificates"]
    total = certificate["requirements"][0]
    certificate["requirements"] = [total]
    certificate["rests_on"] = total["of"] = ["professional"]
    data["certificates"] = [certificate]
    total["hours"] = 20
    assert packs.from_data(data).certificate("annual").requirement("total") is not None
    total["hours"] = Decimal("20.5")
    with pytest.raises(PackRefused, match=r"annual\.total：20\.5 学时不可能达到"):
        packs.from_data(data)


def test_every_reason_is_named_at_once() -> None:
    data = notice()
    put("hours", "claim", "opens", value=date(2025, 4, 1))(data)
    put("recognition", 2, "group", value="rest")(data)
    with pytest.raises(PackRefused) as refused:
        packs.from_data(data, draft("gx-2021"))
    assert len(refused.value.reasons) == 2


def test_a_text_that_is_no_toml_names_the_line() -> None:
    with pytest.raises(PackRefused, match="line 2"):
        packs.from_toml('id = "gx-2024"\nyear ==')


def test_content_that_is_no_json_is_refused() -> None:
    with pytest.raises(PackRefused):
        packs.from_json("{")


def test_a_value_that_no_pack_has_is_named_with_its_place() -> None:
    text = 'id = "gx-2024"\n[[make_ups]]\nof_year = 2023\nat = 10:30:00'
    with pytest.raises(PackRefused, match=r"make_ups\.0\.at: a time has no place in a pack"):
        packs.from_toml(text)


SERVED_NOT: list[tuple[Callable[[Data], None], str]] = [
    (put("certificates", 1, "audited", "value", value="per_year"), "certificates[annual].audited"),
    (put("public", "elective", "grant", "value", value="per_course"), "public.elective.grant"),
    (late("public", "study"), "public.study.late"),
    (late("hours", "claim"), "hours.claim.late"),
    (put("make_ups", 0, "credited_year", value=2024), "make_ups[2023].credited_year"),
    (late("make_ups", 0, "window"), "make_ups[2023].window.late"),
]


@pytest.mark.parametrize(("change", "place"), SERVED_NOT, ids=[place for _, place in SERVED_NOT])
def test_what_no_service_does_is_named(change: Callable[[Data], None], place: str) -> None:
    data = notice()
    change(data)
    assert [
        said.partition("：")[0] for said in unserved(packs.from_data(data, draft("gx-2021")))
    ] == [place]


@pytest.mark.parametrize("name", names())
def test_every_draft_is_served(name: str) -> None:
    assert list(unserved(draft(name))) == []


def test_no_draft_of_that_name() -> None:
    with pytest.raises(PackRefused, match=r"gx-1999\.toml: no such draft"):
        draft("gx-1999")
