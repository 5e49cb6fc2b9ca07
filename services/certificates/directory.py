"""The directory (人员名录) as identity publishes it: for showing and printing, never to decide."""

from libs.runtime.tables import Table

DIRECTORY = Table(
    "directory",
    key=("person_id",),
    columns={
        "person_id": "uuid",
        "name": "text",
        "masked_number": "text",
        "number_digest": "text",
        "unit_id": "uuid",
        "department_id": "uuid",
        "stamp": "bigint NOT NULL",
    },
)
