"""What makes a certificate fall (失效), and in which words."""

from libs.policy import Pack, Says
from libs.policy.certificates import Certificate as Terms


def falls(pack: Pack, terms: Terms, category: str | None, *, rested_on: bool) -> bool:
    """Whether the leaving of an entry voids a certificate issued on these terms.

    An entry whose subject is not known yet voids what every subject of the law bears on.
    """
    if category is not None:
        return terms.falls_by(category, rested_on=rested_on)
    return all(terms.falls_by(c.code, rested_on=rested_on) for c in pack.categories)


def sentence_of_falling(pack: Pack, terms: Terms) -> str:
    """What the document says of it, where it does."""
    clause = pack.clauses.get(Says.DELETION_VOIDS)
    if clause and clause.source == terms.falls_on.source:
        return clause.text
    return f"所依据的学时已被删除或撤销，《{terms.title.value}》失效。"
