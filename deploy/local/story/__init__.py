"""The story that the demo plays: a list of steps over one scene. Add a step to STORY."""

from deploy.local.story import bases, certificates, claims, classes, courses, people, province
from deploy.local.story.scene import Scene
from deploy.local.telling import Step

SET_UP: tuple[Step[Scene], ...] = (
    Step("The three administrators", province.the_three_take_office),
    Step("The province's bureau", province.the_bureau_opens),
    Step("A unit", province.a_unit_opens),
    Step("The law is published", province.the_law_is_published),
    Step("The bases of annex 3", bases.the_bases_are_designated),
    Step("People", people.a_unit_imports_its_people),
    Step("Courses", courses.the_courses_are_published),
)

STORY: tuple[Step[Scene], ...] = (
    *SET_UP,
    Step("A class is filed", classes.a_class_is_filed),
    Step("It is reported and sealed", classes.it_is_reported_and_sealed),
    Step("The roster", classes.the_roster_is_imported),
    Step("The grant", classes.the_province_grants),
    Step("A learner claims hours", claims.a_learner_claims),
    Step("The unit audits them", claims.the_unit_passes),
    Step("The required course and the electives", courses.a_learner_studies),
    Step("Three failures and a make-up", courses.another_fails_three_times),
    Step("The certificate", certificates.the_certificate_is_generated),
    Step("A deletion revokes it", certificates.a_deletion_revokes_it),
    Step("A day later", classes.one_registers_a_day_later),
)
"""Every step, in order."""
