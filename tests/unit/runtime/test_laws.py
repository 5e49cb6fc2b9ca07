"""The law as it is followed: the newest of a year, every version, and windows as extended."""

from datetime import date
from uuid import UUID

from libs.policy import Law
from libs.runtime.following import laws
from libs.runtime.outbound.heartbeat import as_of
from tests.policy.golden import pack_of

GX = pack_of("gx-2024")
NEXT = GX.model_validate({**GX.model_dump(by_alias=True), "version": GX.version + 1})
UNIT, OTHER = UUID(int=2), UUID(int=3)
EXTENDED = [["hours.audit", "", "2025-04-30"], ["hours.audit", str(UNIT), "2025-05-31"]]


def row(pack: object, content: str | None, extended: object = None) -> tuple[object, ...]:
    """What `ask` has answered for one version."""
    assert isinstance(pack, type(GX))
    return pack.id, pack.version, pack.jurisdiction, pack.year, pack.digest, content, extended


def newest() -> Law:
    """The law of 2024, once both versions and two extensions have been heard of."""
    found = [row(p, p.canonical_json(), EXTENDED) for p in (GX, NEXT)]
    return laws.answer(found).newest["CN-GX", GX.year]


def test_the_newest_version_is_the_law_and_the_older_one_is_kept() -> None:
    assert newest().version.version == NEXT.version
    found = laws.answer([row(p, p.canonical_json()) for p in (GX, NEXT)])
    assert [law.pack.version for law in found.versions.values()] == [GX.version, NEXT.version]


def test_a_pack_is_parsed_once_a_process() -> None:
    first = laws.answer([row(GX, GX.canonical_json())]).versions[GX.id, GX.version].pack
    assert GX.digest in laws.ask().params[0]
    assert laws.answer([row(GX, None)]).versions[GX.id, GX.version].pack is first


def test_a_window_is_extended_for_everybody_and_further_for_one_unit() -> None:
    audit = GX.hours.audit.closes
    assert audit < date(2025, 4, 30)
    assert newest().window("hours.audit", OTHER).closes == date(2025, 4, 30)
    assert newest().window("hours.audit", UNIT).closes == date(2025, 5, 31)
    assert newest().window("hours.claim", UNIT) == GX.hours.claim


def test_it_is_known_as_of_the_context_heard_of_longest_ago() -> None:
    heard = [("identity", date(2024, 12, 2)), ("policy", date(2024, 12, 1)), ("hours", None)]
    assert as_of(heard, "identity", "policy") == date(2024, 12, 1)
    assert as_of(heard[:1], "identity", "policy") is None
