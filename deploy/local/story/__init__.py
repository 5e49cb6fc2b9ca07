"""The story that the demo plays, in chapters that need the set-up and nothing of each other.

The rebuild alone needs something to rebuild: a certificate that fell and one that stands.
"""

from deploy.local.story import (
    bases,
    certificates,
    claims,
    classes,
    courses,
    people,
    province,
    rebuilding,
    repairs,
)
from deploy.local.story.scene import Scene
from deploy.local.telling import Step

Chapter = tuple[Step[Scene], ...]

SET_UP: Chapter = (
    Step("The three administrators", province.the_three_take_office),
    Step("The province's bureau", province.the_bureau_opens),
    Step("A unit", province.a_unit_opens),
    Step("The law is published", province.the_law_is_published),
    Step("The bases of annex 3", bases.the_bases_are_designated),
    Step("People", people.a_unit_imports_its_people),
    Step("Courses", courses.the_courses_are_published),
)
CLASS: Chapter = (
    Step("A class is filed", classes.a_class_is_filed),
    Step("The class is held", classes.the_class_is_held),
    Step("It is reported and sealed", classes.it_is_reported_and_sealed),
    Step("The roster", classes.the_roster_is_imported),
    Step("The grant", classes.the_province_grants),
    Step("A day later", classes.one_registers_a_day_later),
)
CLAIMS: Chapter = (
    Step("Claims with evidence", repairs.claims_of_several_kinds),
    Step("Withdrawn, misdirected, repaired", repairs.a_claim_goes_astray),
    Step("Registered by sheet", repairs.the_unit_registers_by_sheet),
    Step("Audited within the scope", repairs.each_audits_the_own),
)
EXAMS: Chapter = (Step("Three failures and a make-up", courses.another_fails_three_times),)
CERTIFICATE: Chapter = (
    Step("A learner claims hours", claims.a_learner_claims),
    Step("The unit audits them", claims.the_unit_passes),
    Step("The required course and the electives", courses.a_learner_studies),
    Step("The certificate", certificates.the_certificate_is_generated),
    Step("A deletion revokes it", certificates.a_deletion_revokes_it),
    Step("A new one with a new number", certificates.a_new_one_is_generated),
    Step("One for the required course and its exam", certificates.the_exam_has_its_own),
)
REBUILD: Chapter = (Step("The projection is rebuilt", rebuilding.the_projection_is_rebuilt),)
CHAPTERS: dict[str, Chapter] = {
    "claims": CLAIMS,
    "exams": EXAMS,
    "certificate": CERTIFICATE,
    "rebuild": REBUILD,
    "class": CLASS,
}
STORY: Chapter = (*SET_UP, *(step for chapter in CHAPTERS.values() for step in chapter))
"""Every step, in order. The class comes last: it takes some days."""
