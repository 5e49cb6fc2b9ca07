"""政策: proposed by one, published by another, extended and never shortened."""

import json
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from libs.decider import Rule, Scenario, refusals
from libs.events import policy as events
from libs.events.envelope import Actor, Envelope, Role
from libs.policy.drafts import draft
from services.policy import rules
from services.policy.commands import ApprovePack, ExtendWindow, ProposePack, key_of
from services.policy.decider import DECIDER
from services.policy.state import PolicyFacts

GX_2021, GX_2024 = draft("gx-2021"), draft("gx-2024")


def somebody(name: str, role: Role = Role.PROVINCE_BUREAU) -> Actor:
    return Actor(uuid5(UUID(int=0), name), role)


AUTHOR, APPROVER = somebody("author"), somebody("approver")
FACTS = PolicyFacts({"gx-2021": GX_2021.digest}, {("CN-GX", 2021): "gx-2021"})
policy = Scenario(DECIDER, FACTS, after=lambda facts, said: facts.after(said))


def envelope(by: Actor) -> Envelope:
    at = datetime(2024, 12, 20, tzinfo=UTC)
    return Envelope(at=at, actor=by, key="a-click-of-a-test", correlation=UUID(int=1))


def propose(by: Actor = AUTHOR, pack: str = "gx-2024", **changes: object) -> ProposePack:
    content = json.loads(GX_2024.canonical_json()) | changes
    return ProposePack(
        envelope=envelope(by), pack=pack, content=json.dumps(content, ensure_ascii=False)
    )


def approve(by: Actor = APPROVER, digest: str = GX_2024.digest) -> ApprovePack:
    return ApprovePack(envelope=envelope(by), pack="gx-2024", digest=digest)


def extend(until: date, window: str = "hours.audit", reason: str = "系统升级") -> ExtendWindow:
    return ExtendWindow(
        envelope=envelope(AUTHOR),
        pack="gx-2024",
        window=window,
        until=until,
        unit_id=None,
        reason_id=UUID(int=5),
        reason=reason,
    )


PUBLISHED = policy.when(propose()).when(approve())


def test_one_proposes_and_another_publishes() -> None:
    PUBLISHED.then_types(events.PackPublished)
    PUBLISHED.when(approve()).then()


def test_nobody_publishes_alone() -> None:
    policy.when(propose()).when(approve(by=AUTHOR)).refused(rules.SECOND_PERSON)


def test_only_the_province_publishes() -> None:
    stranger = somebody("stranger", Role.UNIT_ADMIN)
    policy.when(propose(by=stranger)).refused(refusals.ROLE_NOT_ALLOWED)
    policy.when(propose()).when(approve(by=stranger)).refused(refusals.ROLE_NOT_ALLOWED)


def test_what_no_service_does_is_not_published() -> None:
    public = json.loads(GX_2024.canonical_json())["public"]
    public["elective"]["grant"]["value"] = "per_course"
    policy.when(propose(public=public)).refused(rules.NOT_SERVED)


def test_what_was_not_proposed_is_not_published() -> None:
    policy.when(approve()).refused(rules.NOT_PROPOSED)
    policy.when(propose()).when(approve(digest="0" * 64)).refused(rules.NOT_PROPOSED)


def test_what_is_no_pack_is_refused_with_every_reason() -> None:
    policy.when(propose(no_such_word=1)).refused(rules.NOT_A_PACK)
    policy.when(propose(pack="gx-2025")).refused(rules.OTHER_PACK)
    told = policy.when(propose(no_such_word=1, year="2024")).outcome
    assert isinstance(told, Rule)
    assert told.detail == "year：应为整数；no_such_word：政策中没有此项"


def test_a_published_version_never_changes() -> None:
    PUBLISHED.when(propose(title="另一个题目")).refused(rules.WRONG_VERSION)
    PUBLISHED.when(propose(title="另一个题目", version=2)).then_types(events.PackProposed)


def test_what_it_extends_is_published_first() -> None:
    policy.knowing(PolicyFacts()).when(propose()).refused(rules.BASE_NOT_PUBLISHED)


def test_a_jurisdiction_has_one_law_a_year() -> None:
    taken = PolicyFacts(FACTS.published, {("CN-GX", 2024): "gx-2024-other"})
    policy.knowing(taken).when(propose()).refused(rules.OTHER_LAW)
    policy.when(propose()).knowing(taken).when(approve()).refused(rules.OTHER_LAW)


def test_a_window_is_extended_and_never_shortened() -> None:
    longer = PUBLISHED.when(extend(date(2025, 5, 31))).then_types(events.WindowExtended)
    longer.when(extend(date(2025, 4, 30))).refused(rules.NOT_LONGER)
    longer.when(extend(date(2025, 6, 30))).then(
        events.WindowExtended(
            pack_key=key_of("gx-2024"),
            pack="gx-2024",
            window="hours.audit",
            until=date(2025, 6, 30),
            reason_id=UUID(int=5),
        )
    )
    PUBLISHED.when(extend(date(2025, 3, 31))).refused(rules.NOT_LONGER)
    told = longer.when(extend(date(2025, 4, 30))).outcome
    assert isinstance(told, Rule)
    assert told.detail == "现行截止日为2025年5月31日"
    same = extend(date(2024, 12, 31), window="make_ups.2023")
    PUBLISHED.when(same).refused(rules.NOT_LONGER)
    later = PUBLISHED.when(extend(date(2025, 1, 31), window="make_ups.2023"))
    assert not isinstance(later.outcome, Rule)
    unknown = PUBLISHED.when(extend(date(2025, 5, 31), window="no.such"))
    unknown.refused(rules.UNKNOWN_WINDOW)
    assert isinstance(unknown.outcome, Rule)
    assert f"{GX_2024.hours.audit.name}（hours.audit）" in unknown.outcome.remedy


def test_an_extension_has_a_reason_that_names_nobody() -> None:
    PUBLISHED.when(extend(date(2025, 5, 31), reason="")).refused(refusals.REASON_MISSING)
    numbered = extend(date(2025, 5, 31), reason="联系 13977123456")
    PUBLISHED.when(numbered).refused(refusals.PERSONAL_NUMBER)
    policy.when(extend(date(2025, 5, 31))).refused(rules.NOT_PUBLISHED)
