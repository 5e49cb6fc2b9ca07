"""What other contexts' events mean for exams: where people belong, and the law."""

from libs.runtime.following import RowsOnly, people
from libs.runtime.following.packs import packs

FOREIGN = (people.PEOPLE,)

REACTIONS = {
    "identity": RowsOnly((people.people, people.sessions)),
    "policy": RowsOnly((packs,)),
}
