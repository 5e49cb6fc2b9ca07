"""The story that the demo plays: a list of steps over one scene. Add a step to STORY."""

from deploy.local.story.scene import Scene
from deploy.local.story.servers import a_record_goes_round, a_row_goes_round
from deploy.local.telling import Step

STORY: tuple[Step[Scene], ...] = (
    Step("PostgreSQL keeps a row", a_row_goes_round),
    Step("Kafka keeps a record", a_record_goes_round),
)
