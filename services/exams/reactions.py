"""What other contexts' events mean for exams: where people belong, and the law."""

from libs.runtime.following import RowsOnly, erasing, laws, people

FOREIGN = (people.PEOPLE, *laws.FOLLOWED)

REACTIONS = {
    "identity": RowsOnly((people.people, people.sessions, erasing.erased)),
    "policy": RowsOnly((laws.laws,)),
}
