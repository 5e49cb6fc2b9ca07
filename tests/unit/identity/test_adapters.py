"""The vault, one-time codes, passwords, names, keys: what each promises."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from string import punctuation
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import KeySet

from libs.decider import Refused, conventions
from libs.events.documents import LONGEST_NAME, DocumentKind
from libs.events.envelope import Actor, Role
from libs.events.identity import Way
from libs.policy.drafts import draft
from libs.policy.drafts import names as drafts
from libs.runtime.tokens import Verifier
from services.identity import keys, names, passwords, typed
from services.identity.codes import Codes
from services.identity.rules import details as rules
from services.identity.rules import sources
from services.identity.sender import LocalSender
from services.identity.unit_code import check_character, is_unit_code
from services.identity.vault import Details, Vault

NEW, OLD, MATCH = "11" * 32, "22" * 32, "33" * 32
NUMBER = "11010519491231002X"
DETAILS = Details(DocumentKind.RESIDENT_ID, NUMBER, "覃小明", "13800000000", "q@example.org")


def test_the_vault_opens_what_it_sealed_and_shows_nothing_of_it() -> None:
    vault, person = Vault(NEW, MATCH), uuid4()
    sealed = vault.seal(person, DETAILS)
    assert vault.open(person, sealed) == DETAILS
    assert NUMBER.encode() not in sealed
    assert "覃".encode() not in sealed
    assert NUMBER not in repr(DETAILS)
    assert NUMBER not in repr(vault.personal(person, DETAILS))


def test_a_row_of_another_person_does_not_open() -> None:
    vault = Vault(NEW, MATCH)
    with pytest.raises(InvalidTag):
        vault.open(uuid4(), vault.seal(uuid4(), DETAILS))


def test_an_old_key_still_opens_and_no_longer_seals() -> None:
    person = uuid4()
    before = Vault(OLD, MATCH).seal(person, DETAILS)
    both = Vault(f"{NEW},{OLD}", MATCH)
    assert both.open(person, before) == DETAILS
    with pytest.raises(KeyError):
        Vault(OLD, MATCH).open(person, both.seal(person, DETAILS))


@pytest.mark.parametrize(("vault", "match"), [("", MATCH), ("11", MATCH), (NEW, "")])
def test_a_vault_without_keys_says_which_setting_is_missing(vault: str, match: str) -> None:
    with pytest.raises(SystemExit, match="JIXU_"):
        Vault(vault, match)


@given(st.uuids(version=4), st.sampled_from(Way))
def test_a_code_is_good_however_it_is_typed(activation: UUID, way: Way) -> None:
    codes = Codes(b"key")
    code = codes.of(activation, way)
    assert codes.good(activation, way, code)
    assert codes.good(activation, way, f" {code.lower().replace('-', ' ')} ")
    assert not codes.good(activation, way, code[:-1])
    assert not Codes(b"another key").good(activation, way, code)
    assert not codes.good(uuid4(), way, code)


def test_the_two_sorts_of_codes_look_as_they_are_used() -> None:
    codes = Codes(b"key")
    assert len(codes.of(UUID(int=1), Way.HANDED).replace("-", "")) == 12
    assert codes.of(UUID(int=1), Way.MOBILE).isdigit()
    assert len({codes.of(uuid4(), Way.HANDED) for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    "weak",
    [
        "Ab1!xyz",  # seven
        "alllowercase",
        "lower12345678",
        "Passw0rd!",
        "Aa1!Aa1!",
        f"Xy-{NUMBER[-6:]}",
        "Qinxiaoming-1",
        "Xx-00000000-a",
    ],
)
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(Refused) as refused:
        passwords.check(weak, DETAILS)
    assert refused.value.rule.code == "password-weak"


def test_a_strong_password_is_taken() -> None:
    passwords.check("Xuexi-2024-banzhou", DETAILS)
    passwords.check("春眠不觉晓Chu4chu4", DETAILS)


async def test_passwords_are_hashed_at_nineteen_mebibytes_and_verified() -> None:
    found = passwords.Passwords()
    kept = await found.hash("Xuexi-2024")
    assert "$argon2id$" in kept
    assert "m=19456" in kept
    assert await found.verify(kept, "Xuexi-2024")
    assert not await found.verify(kept, "Xuexi-2025")
    assert not await found.verify(None, "nobody has this password")


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("覃小明", "qinxiaoming", "qxm"),
        ("曾国藩", "zengguofan", "zgf"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("单于明", "chanyuming", "cym"),
        ("Anna Smith", "annasmith", "as"),
    ],
)
def test_names_are_read_as_names(name: str, pinyin: str, initials: str) -> None:
    assert names.pinyin(name).replace(" ", "") == pinyin
    assert names.initials(name).replace(" ", "")[:3] == initials or name.isascii()


@pytest.mark.parametrize(
    "good", ["丁", "覃小明", "阿卜杜拉·买买提", "㛃䶮𠮷", "Anna O'Hara-Smith", "J. R. Smith"]
)
def test_names_that_people_have(good: str) -> None:
    assert names.is_name(names.tidy(good))


@pytest.mark.parametrize(
    "bad", ["", "覃小明1", "<b>覃</b>", "=1+1", "覃\x00", "名" * (LONGEST_NAME + 1), "123", "_"]
)
def test_what_is_no_name(bad: str) -> None:
    assert not names.is_name(names.tidy(bad))


def test_the_rule_of_names_says_every_mark_that_a_name_may_have_and_no_other() -> None:
    said = set(re.findall("“(.)”", rules.NAME_INVALID.remedy))
    taken = {mark for mark in {*punctuation, "·"} if names.is_name(names.tidy(f"Ann{mark}Lee"))}
    assert said == taken
    assert names.is_name(names.tidy("O'Brien-Smith Jr."))


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 17))
def test_a_unit_s_code_has_a_check_character(first: str, where: int) -> None:
    code = first + check_character(first)
    assert is_unit_code(code)
    other = "1" if code[where] != "1" else "2"
    assert not is_unit_code(code[:where] + other + code[where + 1 :])


def test_known_units_have_good_codes() -> None:
    assert is_unit_code("91350100M000100Y43")
    assert is_unit_code("914403001922038216")


def test_two_public_keys_are_good_at_a_time(tmp_path: Path) -> None:
    now, actor = (
        datetime(2024, 12, 20, tzinfo=UTC),
        Actor(uuid4(), Role.LEARNER, session_id=uuid4()),
    )
    last, this = keys.new_key(), keys.new_key()
    keys.write(tmp_path / "jwks.json", this, last)
    published = json.loads((tmp_path / "jwks.json").read_text())
    assert not any("d" in key for key in published["keys"])
    verifier = Verifier(KeySet.import_key_set(published))
    for key in (last, this):
        assert verifier.actor(keys.Signer(key).token(actor, now), now) == actor
    with pytest.raises(Refused):
        verifier.actor(keys.Signer(keys.new_key()).token(actor, now), now)
    with pytest.raises(SystemExit, match="SIGNING_KEY"):
        keys.Signer("{}")


async def test_the_local_sender_writes_where_only_its_owner_reads(tmp_path: Path) -> None:
    await LocalSender(tmp_path / "sent").send("13800000000", "验证码 123456")
    assert (tmp_path / "sent").stat().st_mode & 0o077 == 0
    line = (tmp_path / "sent" / "sent.jsonl").read_text()
    assert json.loads(line) == ["13800000000", "验证码 123456"]


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_wrong_number_is_refused_by_what_its_own_kind_stands_on(kind: DocumentKind) -> None:
    with pytest.raises(Refused) as refused:
        typed.document_of(kind, "不是号码")
    rule = refused.value.rule
    assert rule.code == "document-number-invalid"
    citizen = kind is DocumentKind.RESIDENT_ID
    assert rule.source == (sources.CITIZEN if citizen else conventions.PEOPLE)


def test_the_notice_that_is_cited_is_the_newest_that_is_published() -> None:
    newest = max(map(draft, drafts()), key=lambda pack: pack.year)
    assert f"{newest.year}年度学习通知" == sources.ANNUAL
    assert sources.ANNUAL in newest.documents
