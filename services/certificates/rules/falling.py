"""What makes a certificate fall (失效), and in which words."""

from libs.decider import Source
from libs.events.hours import RevokedFor
from libs.policy import Pack, Says
from libs.policy.certificates import Certificate as Terms


def falls(pack: Pack, terms: Terms, category: str | None, *, rested_on: bool) -> bool:
    """Whether the leaving of an entry voids a certificate issued on these terms.

    An entry whose subject is not known yet voids what every subject of the law bears on.
    """
    if category is not None:
        return terms.falls_by(category, rested_on=rested_on)
    return all(terms.falls_by(c.code, rested_on=rested_on) for c in pack.categories)


TOLD = {
    RevokedFor.DELETED: "已认定的学时被删除",
    RevokedFor.SPOT_CHECK: "已认定的学时经抽查被撤销认定",
    RevokedFor.ANNULLED: "考试成绩作废",
    RevokedFor.WITHDRAWN: "已认定的学时被撤销认定",
}
"""Why an entry left the ledger."""


def sentence_of_falling(pack: Pack, terms: Terms, cause: RevokedFor) -> str:
    """What the document says of it, where it does: it speaks of deletions alone."""
    clause = pack.clauses.get(Says.DELETION_VOIDS)
    if cause == RevokedFor.DELETED and clause and clause.source == terms.falls_on.source:
        return clause.text
    return f"{TOLD[cause]}，《{terms.title.value}》失效。"


def source_of(pack: Pack, sentence: str) -> Source | None:
    """The document whose sentence this is, if it is one of this law."""
    return next((one.source for one in pack.clauses.values() if one.text == sentence), None)
