"""学时档案 over HTTP: courses, a make-up of an earlier year, all years at once."""

from uuid import uuid4

from libs.events.envelope import Actor
from libs.events.exams import CourseRecognised
from libs.events.hours import PackVersion
from libs.events.values import HalfDay
from libs.events.values import Hours as Quantity
from libs.policy.drafts import draft
from tests.component.hours.conftest import Hours

PACK = draft("gx-2024")
PROVINCE = uuid4()


def course(learner: Actor, part: str, hours: int, year: int = 2024) -> CourseRecognised:
    """The learner has passed it."""
    return CourseRecognised(
        person_id=learner.id,
        year=year,
        course_id=uuid4(),
        entry_id=uuid4(),
        category=f"public.{part}",
        rule=f"course.{part}",
        hours=Quantity.of(hours),
        title=f"{year}年公需科目",
        began=HalfDay.parse("2024-11-11/am"),
        ended=HalfDay.parse("2024-11-13/pm"),
        by_unit_id=PROVINCE,
        pack=PackVersion(pack=PACK.id, version=PACK.version, digest=PACK.digest),
    )


async def test_what_was_made_up_counts_in_its_year_and_every_year_is_listed(
    hours: Hours, learner: Actor
) -> None:
    me = hours.as_(learner)
    await hours.feed.say(
        course(learner, "required", 15),
        course(learner, "elective", 10),
        course(learner, "required", 15, year=2023),
    )
    made_up = (await me.get(f"/people/{learner.id}/2023")).json()
    assert (made_up["pack"], made_up["counted_by"]) == (None, "gx-2024")
    assert (made_up["total"], made_up["entries"][0]["counted"]) == ("15.00", "15.00")
    years = (await me.get(f"/people/{learner.id}")).json()
    assert [(y["year"], y["by_subject"]["public"], y["total"]) for y in years] == [
        (2024, "25.00", "25.00"),
        (2023, "15.00", "15.00"),
    ]
    stranger = await hours.person()
    assert (await hours.as_(stranger).get(f"/people/{learner.id}")).status_code == 404
