"""证书: which kinds there are, what each demands, and when one falls."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from libs.events.values import CategoryCode
from libs.policy.figures import Figure, Quantity, Sourced, Strict, Text, Word
from libs.policy.recognition import holds


class Demand(Sourced):
    """A requirement over the standing entries of a year; `advisory` is shown, never decides."""

    word: Word
    name: Text
    binding: Literal["must", "advisory"]


class AtLeast(Demand):
    """At least so many counted hours in these subjects together."""

    form: Literal["at_least"]
    of: tuple[CategoryCode, ...] = Field(min_length=1)
    hours: Quantity


class Share(Demand):
    """At least a fraction of a total that another requirement names.

    `basis`: counted = of the hours actually counted; required = of the hours that it demands.
    """

    form: Literal["share"]
    of: tuple[CategoryCode, ...] = Field(min_length=1)
    base: Word
    numerator: PositiveInt
    denominator: PositiveInt
    basis: Literal["counted", "required"]


class Completed(Demand):
    """An entry of this subject stands: it is granted for the whole or not at all."""

    form: Literal["completed"]
    of: CategoryCode


Requirement = Annotated[AtLeast | Share | Completed, Field(discriminator="form")]


class Certificate(Strict):
    """A kind of certificate: one valid a person and year.

    `falls_on`: any_entry = the leaving of any entry of the subjects in `rests_on` voids it;
    rested_on = only of one that it counted. `audited`: per_entry = each claim was passed by its
    auditor, other entries by whoever recognised them; per_year = the unit passes the year.
    """

    kind: Word
    title: Figure[Text]
    rests_on: tuple[CategoryCode, ...] = Field(min_length=1)
    falls_on: Figure[Literal["any_entry", "rested_on"]]
    audited: Figure[Literal["per_entry", "per_year"]]
    requirements: tuple[Requirement, ...] = Field(min_length=1)

    def concerns(self, category: str) -> bool:
        """Whether entries of this subject bear on it."""
        return any(holds(code, category) for code in self.rests_on)

    def falls_by(self, category: str, *, rested_on: bool) -> bool:
        """Whether the leaving of an entry of this subject voids an issued one."""
        return self.concerns(category) and (rested_on or self.falls_on.value == "any_entry")

    def requirement(self, word: str) -> AtLeast | Share | Completed | None:
        """The requirement of this name."""
        return next((one for one in self.requirements if one.word == word), None)
