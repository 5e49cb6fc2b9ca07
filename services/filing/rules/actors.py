"""Who may do what with a filing: the base whose class it is, and the province."""

from libs.decider import Kind, Rule, conventions, refusals
from libs.decider.predicate import Everything, Is, Nothing, Predicate
from libs.events.envelope import Actor, Role
from libs.events.roles import for_these, seeing
from libs.policy import Says
from services.filing.commands import FilingCommand, GrantRecognition, SubmitFiling
from services.filing.rules.known import law_for, unit_of
from services.filing.state.filing import Filing
from services.filing.state.known import FilingFacts

NOBODY_GRANTS_ONESELF = Rule(
    "nobody-grants-oneself",
    "不得认定本人的学时",
    conventions.ONESELF,
    "请将本人所在行排除，或由其他经办人认定",
    Kind.FORBIDDEN,
    "left_out",
)

OF_THE_BASE = frozenset({Role.UNIT_ACCOUNT, Role.UNIT_ADMIN})
"""Who files, and goes on with what was filed."""
THE_PROVINCE = frozenset({Role.PROVINCE_BUREAU})
"""Who recognises."""


def filings_of(actor: Actor) -> Predicate:
    """The filings that this actor may see: the base its own, the province all."""
    if actor.role in OF_THE_BASE:
        return Is("unit_id", actor.unit_id)
    return Everything() if actor.role is Role.PROVINCE_BUREAU else Nothing()


SEE_FILINGS = seeing(filings_of)
"""The roles that may have some in it."""


def acts_for_a_unit(command: FilingCommand, _state: Filing, _facts: FilingFacts) -> Rule | None:
    """The unit's account or its general admin (单位账号或单位管理员账号)."""
    if command.envelope.actor.role in OF_THE_BASE:
        return None
    return for_these(refusals.ROLE_NOT_ALLOWED, OF_THE_BASE)


def is_in_sight(command: FilingCommand, state: Filing, _facts: FilingFacts) -> Rule | None:
    """A base's class is the base's and the province's to see; of another's nobody hears."""
    scope = filings_of(command.envelope.actor)
    return None if scope.allows({"unit_id": state.unit_id}) else refusals.NOT_FOUND


def province_decides(command: FilingCommand, _state: Filing, _facts: FilingFacts) -> Rule | None:
    """自治区人力资源社会保障厅（专业技术人员管理处）. What it decides names the bureau, so that an
    official acts for one."""
    actor = command.envelope.actor
    if actor.role not in THE_PROVINCE or actor.unit_id is None:
        return for_these(refusals.ROLE_NOT_ALLOWED, THE_PROVINCE)
    return None


def holds_a_title(command: SubmitFiling, _state: Filing, facts: FilingFacts) -> Rule | None:
    """以专业技术人员继续教育基地名义: of a level that the notice lets file."""
    law, titles = law_for(command, facts), unit_of(command, facts).titles
    if {f"{level}_base" for level in titles} & set(law.pack.filing.filers.value):
        return None
    remedy = "只有国家级、自治区级继续教育基地可以备案；请核对登录单位"
    rule = law.pack.refusal(Says.FILING_SCOPE, remedy=remedy, kind=Kind.FORBIDDEN)
    return refusals.unless_on_its_way(rule, command.envelope.at, facts.heard)


def nobody_for_oneself(
    command: GrantRecognition, state: Filing, _facts: FilingFacts
) -> Rule | None:
    """An official who attended the class does not grant the own hours."""
    own = state.roster.row_of(command.envelope.actor.id) if state.roster else None
    return NOBODY_GRANTS_ONESELF if own is not None and own not in command.left_out else None
