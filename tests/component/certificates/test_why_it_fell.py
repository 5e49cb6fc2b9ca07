"""证书失效的原因: what anybody is told of why a certificate fell."""

from libs.events.hours import RevokedFor
from tests.component.certificates.conftest import Office
from tests.component.certificates.words import enough, revoked


async def test_an_annulled_exam_and_a_withdrawn_class_are_no_deletions(office: Office) -> None:
    for cause, shown in (
        (RevokedFor.ANNULLED, "考试成绩作废"),
        (RevokedFor.WITHDRAWN, "已认定的学时被撤销认定"),
        (RevokedFor.SPOT_CHECK, "已认定的学时经抽查被撤销认定"),
    ):
        learner = await office.learner()
        entries = enough(learner.id)
        await office.has(*entries)
        said = await office.generated(learner)
        await office.feed.say(revoked(entries[0], cause))
        fall: dict[str, str] = (await office.verified(said["number"]))["fall"]  # type: ignore[assignment]
        assert (fall["why"], fall["shown"]) == ("hours_revoked", shown)
        assert fall["says"] == f"{shown}，《专业技术人员继续教育合格证书》失效。"
        async with office.as_(learner) as client:
            (listed,) = (await client.get("/issued")).json()["items"]
            printed = (await client.get(f"/issued/{said['certificate_id']}/paper")).json()
        assert listed["fall"]["shown"] == shown
        assert printed["detail"].startswith(fall["says"])
        assert printed["source"] == {"document": "平台约定", "article": "第二十五条 打印与签名"}
