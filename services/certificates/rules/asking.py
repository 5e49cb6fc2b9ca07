"""Why a certificate is not given (生成、换发). Figures and sentences are the pack's."""

from collections.abc import Callable, Sequence

from libs.decider import Kind, Rule, conventions, refusals
from libs.events.envelope import Role
from libs.policy import NO_PACK, Law, Pack, Standing
from libs.policy.certificates import Certificate as Terms
from services.certificates.commands import ExchangeCertificate, GenerateCertificate
from services.certificates.state import Holder, Known

HOLDERS = frozenset({Role.LEARNER})
"""Who generates, exchanges and prints: the own."""

NOT_THE_HOLDER = Rule(
    "certificate-by-the-holder",
    "证书由专业技术人员本人通过系统自主生成",
    conventions.ONESELF,
    "请以专业技术人员身份登录后办理",
    Kind.FORBIDDEN,
)
NOT_CURRENT = Rule(
    "certificates-not-current",
    "学时和人员信息未同步到最新，暂不能生成证书",
    conventions.NOT_HEARD_OF,
    "请稍后刷新页面重试",
    Kind.BEHIND,
)
PERSON_UNKNOWN = Rule(
    "person-unknown",
    "没有此人员的单位信息",
    conventions.NOT_HEARD_OF,
    "请先完善个人信息中的所在单位",
    Kind.UNKNOWN,
)
KIND_UNKNOWN = Rule(
    "certificate-kind-unknown",
    "该年度没有此种证书",
    conventions.YEARS,
    "请从可生成的证书中选择",
    Kind.INVALID,
    "kind",
)
CONDITIONS = Rule(
    "certificate-conditions",
    "尚未达到生成证书的条件",
    conventions.CERTIFICATES,
    "请查看还差的学时",
)
YEAR_NOT_PASSED = Rule(
    "year-not-passed",
    "该年度学时尚未经单位审验通过",
    conventions.CERTIFICATES,
    "请联系所在单位完成年度审验",
)
ALREADY_VALID = Rule(
    "certificate-already-valid",
    "该年度已有有效的此种证书",
    conventions.CERTIFICATES,
    "如需打印后来认定的学时，请办理换发",
)
CERTIFICATE_UNKNOWN = Rule(
    "certificate-unknown",
    "没有此证书，或不是您本人的证书",
    conventions.CERTIFICATES,
    "请核对证书",
    Kind.UNKNOWN,
)
NOT_VALID = Rule(
    "certificate-not-valid",
    "该证书已失效，不能换发",
    conventions.CERTIFICATES,
    "条件满足时，请重新生成证书",
)
NUMBER_TAKEN = Rule(
    "certificate-number-taken",
    "证书编号已被使用",
    conventions.CERTIFICATES,
    "请重试",
)

Ask = GenerateCertificate | ExchangeCertificate
Check = Callable[[Ask, Holder, Known], Rule | None]


def asked_for(command: Ask, state: Holder) -> tuple[str, int]:
    """Kind and year of the certificate asked for; of the old one where it is exchanged."""
    if isinstance(command, GenerateCertificate):
        return command.kind, command.year
    old = state.certificates[command.old_id]
    return old.kind, old.year


def law_of(command: Ask, state: Holder, facts: Known) -> Law | None:
    """The law of the year asked for."""
    return facts.law(command.person_id, asked_for(command, state)[1])


def by_the_holder(command: Ask, _state: Holder, _facts: Known) -> Rule | None:
    """Only the learner himself."""
    actor = command.envelope.actor
    return None if actor.role in HOLDERS and actor.id == command.person_id else NOT_THE_HOLDER


def old_one_is_known(command: Ask, state: Holder, _facts: Known) -> Rule | None:
    """An exchange names one of the learner's own."""
    if isinstance(command, ExchangeCertificate) and command.old_id not in state.certificates:
        return CERTIFICATE_UNKNOWN
    return None


def old_one_is_valid(command: Ask, state: Holder, _facts: Known) -> Rule | None:
    """Only a valid one is exchanged."""
    if isinstance(command, ExchangeCertificate) and not state.certificates[command.old_id].valid:
        return NOT_VALID
    return None


def known_as_it_is_now(command: Ask, _state: Holder, facts: Known) -> Rule | None:
    """Nothing is issued on a copy of the ledger that is older than a moment."""
    return None if facts.current(command.envelope.at, "hours", "identity") else NOT_CURRENT


def person_is_known(command: Ask, _state: Holder, facts: Known) -> Rule | None:
    """Identity has said where the person belongs."""
    if command.person_id in facts.places:
        return None
    heard = facts.heard_of("identity")
    return refusals.unless_on_its_way(PERSON_UNKNOWN, command.envelope.at, heard)


def year_has_a_pack(command: Ask, state: Holder, facts: Known) -> Rule | None:
    """Without a law nothing is judged; it may only not have been heard of yet."""
    if law_of(command, state, facts) is not None:
        return None
    heard = facts.heard_of("policy")
    return refusals.unless_on_its_way(NO_PACK, command.envelope.at, heard)


def kind_is_known(command: Ask, state: Holder, facts: Known) -> Rule | None:
    """The law has this kind."""
    kind, _ = asked_for(command, state)
    law = law_of(command, state, facts)
    return None if law and any(c.kind == kind for c in law.pack.certificates) else KIND_UNKNOWN


def none_is_valid(command: Ask, state: Holder, _facts: Known) -> Rule | None:
    """One valid certificate a kind and year."""
    if isinstance(command, ExchangeCertificate):
        return None
    return ALREADY_VALID if state.valid_one(command.kind, command.year) else None


def number_is_new(command: Ask, _state: Holder, facts: Known) -> Rule | None:
    """No two certificates have one number."""
    return NUMBER_TAKEN if command.number in facts.taken else None


ON_ASK: Sequence[Check] = (
    by_the_holder,
    old_one_is_known,
    old_one_is_valid,
    known_as_it_is_now,
    person_is_known,
    year_has_a_pack,
    kind_is_known,
    none_is_valid,
    number_is_new,
)


def known_to_lack(command: Ask, facts: Known, broken: Rule) -> Rule:
    """This refusal, once the ledger is known as it was when this was asked: of hours that have
    just been recognised nobody is told that they are missing."""
    heard = facts.heard_of("hours")
    return refusals.unless_on_its_way(broken, command.envelope.at, heard)


def unmet(pack: Pack, terms: Terms, standing: Standing) -> Rule | None:
    """What the year still lacks, in the sentences of the pack."""
    missing = standing.missing(terms.kind)
    remedy = "；".join(one.sentence for one in missing)
    if missing:
        clause = next((c for word, c in pack.clauses.items() if word == _clause_of(terms)), None)
        broken = CONDITIONS.remedied(remedy)
        if clause is None:
            return broken.citing(missing[0].source)
        return broken.citing(clause.source).because(clause.text)
    return YEAR_NOT_PASSED if terms.audited.value == "per_year" else None


def _clause_of(terms: Terms) -> str:
    return f"certificate.{terms.kind}"
