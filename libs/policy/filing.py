"""培训班备案: who files a class with whom, the form, the promises, and the steps after the end."""

from typing import Literal

from pydantic import NonNegativeInt

from libs.policy.figures import Figure, Sourced, Strict, Text, Word


class Choice(Sourced):
    """A box to tick; `asks` names the field that goes with it."""

    word: Word
    label: Text
    asks: str = ""


class FormField(Sourced):
    """A field of the 培训班备案登记表. `private`: about people, never in an event.

    `filled`: when it is needed; `own` means that the platform fills it, `optional` nobody must.
    """

    word: Word
    label: Text
    holds: Literal["text", "long", "date", "number", "hours", "phone", "email", "choice", "list"]
    filled: Literal["filing", "commissioned", "execution", "own", "optional"]
    private: bool = False


class Step(Sourced):
    """What follows the class: `needs` names what must be done before, `end` the end date."""

    word: Literal["report", "download", "scan", "roster", "request", "recognise"]
    label: Text
    by: Literal["base", "province"]
    needs: tuple[Literal["end", "report", "download", "scan", "roster", "request"], ...]
    optional: bool = False
    final: bool = False


class FilingRules(Strict):
    """备案: promise-based, on line, without approval beforehand.

    `saving`: submits = a saved form is a submitted one. `changes`, `deletion`: never here.
    `after_start`: what becomes of a form filed when the class has begun. `new_requests`: how
    many new requests for hours a refused one leaves.
    """

    filers: Figure[tuple[Literal["national_base", "regional_base"], ...]]
    scope: Figure[Text]
    addressee: Figure[Literal["province"]]
    approval: Figure[Literal["none"]]
    saving: Figure[Literal["submits"]]
    changes: Figure[Literal["never"]]
    deletion: Figure[Literal["never"]]
    after_start: Figure[Literal["flag", "refuse"]]
    new_requests: Figure[NonNegativeInt]
    form_title: Figure[Text]
    run_types: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    promises: Figure[tuple[Text, ...]]
    pledge: Figure[Text]
    default_remark: Figure[Text]
    form: tuple[FormField, ...]
    steps: tuple[Step, ...]

    def step(self, word: str) -> Step | None:
        """The step of this name, with what must be done before it."""
        return next((step for step in self.steps if step.word == word), None)

    def missing(self, word: str, done: frozenset[str]) -> tuple[str, ...]:
        """What a step still needs when these (`end` among them) are done, in order."""
        step = self.step(word)
        return () if step is None else tuple(need for need in step.needs if need not in done)
