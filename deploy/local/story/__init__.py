"""The story that the demo plays: a list of steps over one scene. Add a step to STORY."""

from deploy.local.story import certificates, claims, province
from deploy.local.story.scene import Scene
from deploy.local.telling import Step

SET_UP: tuple[Step[Scene], ...] = (
    Step("The three administrators", province.the_three_take_office),
    Step("The province's bureau", province.the_bureau_opens),
    Step("A unit", province.a_unit_opens),
    Step("The law is published", province.the_law_is_published),
)

STORY: tuple[Step[Scene], ...] = (
    *SET_UP,
    Step("A learner claims hours", claims.a_learner_claims),
    Step("The unit audits them", claims.the_unit_passes),
    Step("The certificate", certificates.the_certificate_is_generated),
    Step("A deletion revokes it", certificates.a_deletion_revokes_it),
)
"""Every step, in order."""
