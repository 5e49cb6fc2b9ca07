"""What other contexts' events mean for exams: where people belong, and the law."""

from libs.runtime.following import RowsOnly, laws, people

FOREIGN = (people.PEOPLE, *laws.FOLLOWED)

REACTIONS = {
    "identity": RowsOnly((people.people, people.sessions)),
    "policy": RowsOnly((laws.laws,)),
}
