"""The rules about packs."""

from libs.decider import Kind, Rule, conventions, refusals
from libs.events.envelope import Role
from libs.events.numbers import names_somebody
from libs.events.roles import for_these
from libs.events.values import shown_day
from libs.policy import PackRefused, packs
from libs.policy.served import unserved
from services.policy.commands import ApprovePack, ExtendWindow, PolicyCommand, ProposePack
from services.policy.state import PackState, PolicyFacts

NOT_A_PACK = Rule(
    "not-a-pack",
    "内容不是完整的政策包",
    conventions.LAW,
    "请逐项更正后重新提交",
    Kind.INVALID,
    "content",
)
NOT_SERVED = Rule(
    "pack-not-served",
    "政策包含平台尚不能办理的规定",
    conventions.LAW,
    "请改用平台能办理的规定；确需如此规定的，请先由平台实现",
    Kind.INVALID,
    "content",
)
OTHER_PACK = Rule(
    "other-pack", "内容与政策编号不符", conventions.LAW, "请核对政策编号", Kind.INVALID, "pack"
)
WRONG_VERSION = Rule(
    "wrong-version", "版本号须为已发布版本的下一个", conventions.LAW, "请更正版本号", Kind.INVALID
)
BASE_NOT_PUBLISHED = Rule(
    "base-not-published",
    "所依据的上层政策未发布，或已另有版本",
    conventions.LAW,
    "请先发布上层政策，再以其已发布的版本为依据",
)
OTHER_LAW = Rule(
    "other-law-of-the-year",
    "该地区该年度已发布另一政策",
    conventions.LAW,
    "请提交已发布政策的新版本",
)
NOT_PROPOSED = Rule("not-proposed", "没有此政策草案", conventions.LAW, "请先提交草案", Kind.UNKNOWN)
SECOND_PERSON = Rule(
    "second-person-approves",
    "政策须由提交人以外的人批准",
    conventions.LAW,
    "请由另一位有权人员批准",
    Kind.FORBIDDEN,
)
NO_SUCH_PACK = Rule(
    "no-such-pack",
    "没有此编号的已发布政策",
    conventions.LAW,
    "请在已发布政策的列表中核对编号",
    Kind.UNKNOWN,
)
NOT_PUBLISHED = Rule("not-published", "该政策尚未发布", conventions.LAW, "请先发布", Kind.UNKNOWN)
UNKNOWN_WINDOW = Rule(
    "unknown-window",
    "政策中没有此时限",
    conventions.LAW,
    "请从该政策可延长的时限中选择",
    Kind.INVALID,
    "window",
)
NOT_LONGER = Rule(
    "window-not-longer",
    "新的截止日须晚于现行的截止日",
    conventions.LAW,
    "请更正日期",
    Kind.INVALID,
    "until",
)

THE_PROVINCE = frozenset({Role.PROVINCE_BUREAU})
"""Who proposes, approves and extends."""


def province_decides(command: PolicyCommand, _state: PackState, _facts: PolicyFacts) -> Rule | None:
    """自治区人力资源社会保障厅 publishes the law of the province."""
    if command.envelope.actor.role in THE_PROVINCE:
        return None
    return for_these(refusals.ROLE_NOT_ALLOWED, THE_PROVINCE)


def content_is_a_pack(command: ProposePack, _state: PackState, _facts: PolicyFacts) -> Rule | None:
    """Whole, with no word that the platform doesn't know."""
    try:
        pack = packs.from_json(command.content)
    except PackRefused as refused:
        return NOT_A_PACK.because("；".join(refused.reasons))
    return OTHER_PACK if pack.id != command.pack else None


def content_is_served(command: ProposePack, _state: PackState, _facts: PolicyFacts) -> Rule | None:
    """Nothing in it that the platform would pass over."""
    reasons = tuple(unserved(packs.from_json(command.content)))
    return NOT_SERVED.because("；".join(reasons)) if reasons else None


def version_is_next(command: ProposePack, state: PackState, _facts: PolicyFacts) -> Rule | None:
    """Once published a version never changes."""
    before = state.published.pack_version if state.published else 0
    return None if packs.from_json(command.content).version == before + 1 else WRONG_VERSION


def base_is_published(command: ProposePack, _state: PackState, facts: PolicyFacts) -> Rule | None:
    """What it extends is published, exactly as it was when this one was made."""
    base = packs.from_json(command.content).extends
    if base is None or facts.published.get(base.id) == base.digest:
        return None
    return BASE_NOT_PUBLISHED


def law_is_one(command: ProposePack, _state: PackState, facts: PolicyFacts) -> Rule | None:
    """A jurisdiction has one law a year: another pack of the same year is not published beside."""
    pack = packs.from_json(command.content)
    law = facts.laws.get((pack.jurisdiction, pack.year), command.pack)
    return None if law == command.pack else OTHER_LAW.because(f"已发布 {law}")


def law_is_still_one(command: ApprovePack, state: PackState, facts: PolicyFacts) -> Rule | None:
    """Two that were proposed at once are not both published."""
    pack = packs.from_json(state.proposed[command.digest].content)
    law = facts.laws.get((pack.jurisdiction, pack.year), command.pack)
    return None if law == command.pack else OTHER_LAW.because(f"已发布 {law}")


def is_proposed(command: ApprovePack, state: PackState, _facts: PolicyFacts) -> Rule | None:
    """What is approved has been read."""
    return None if command.digest in state.proposed else NOT_PROPOSED


def approver_is_another(command: ApprovePack, state: PackState, _facts: PolicyFacts) -> Rule | None:
    """Nobody publishes alone."""
    author = state.proposed[command.digest].author_id
    return SECOND_PERSON if command.envelope.actor.id == author else None


def window_gets_longer(command: ExtendWindow, state: PackState, _facts: PolicyFacts) -> Rule | None:
    """A window of the law in force, that ends later than it did."""
    if state.published is None:
        return NOT_PUBLISHED
    windows = packs.from_json(state.published.content).windows
    found = windows.get(command.window)
    if found is None:
        offered = "、".join(f"{windows[word].name}（{word}）" for word in sorted(windows))
        return UNKNOWN_WINDOW.remedied(f"可延长的时限：{offered}")
    before = state.extended.get((command.window, command.unit_id))
    last = max(before.until, found.closes) if before else found.closes
    return None if command.until > last else NOT_LONGER.because(f"现行截止日为{shown_day(last)}")


def reason_is_given(command: ExtendWindow, _state: PackState, _facts: PolicyFacts) -> Rule | None:
    """Everybody reads it: no numbers of people in it."""
    if not command.reason:
        return refusals.REASON_MISSING
    return names_somebody(command.reason, "reason")


ON_PROPOSE = (
    province_decides,
    content_is_a_pack,
    content_is_served,
    version_is_next,
    base_is_published,
    law_is_one,
)
ON_APPROVE = (province_decides, is_proposed, approver_is_another, law_is_still_one)
ON_EXTEND = (province_decides, window_gets_longer, reason_is_given)
