"""Rows of a sheet become commands, or reasons; numbers are digested and sealed on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from uuid_utils.compat import uuid7

from libs.decider import Kind, Refused, Rule, conventions
from libs.events.documents import BY_TERM, DocumentKind
from libs.runtime.documents.sheets import NUMBER_CELL
from services.identity import typed
from services.identity.commands import Personal
from services.identity.rules import person as people
from services.identity.sheets import SheetRow
from services.identity.vault import Vault

NAME_CELL = Rule(
    "name-cell",
    "姓名列须为文本格式",
    conventions.SHEETS,
    "请将该单元格设为文本格式后重新填写姓名，不用数字或逻辑值",
    Kind.INVALID,
    "name",
)
KIND_UNKNOWN = Rule(
    "document-kind-unknown",
    "没有此证件类型",
    conventions.SHEETS,
    "请从模板的下拉列表中选择",
    Kind.INVALID,
    "kind",
)
TWICE = Rule(
    "twice-in-sheet",
    "同一证件号码在表中重复",
    conventions.SHEETS,
    "请只保留一行",
    Kind.INVALID,
    "number",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody to be entered: sealed, digested, and nothing else kept."""

    row: int
    person_id: UUID
    department_id: UUID | None
    personal: Personal


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that can't be taken, and why."""

    row: int
    rule: Rule


def sealed(
    rows: Sequence[SheetRow], departments: Mapping[str, UUID], vault: Vault
) -> list[Entry | Bad]:
    """Each row as an entry or a reason. Slow for many rows: call it in a thread."""
    return [_sealed(row, departments, vault) for row in rows]


def _sealed(row: SheetRow, departments: Mapping[str, UUID], vault: Vault) -> Entry | Bad:
    try:
        if row.formula:
            raise Refused(row.formula)
        if not row.number_is_text and row.number:
            raise Refused(NUMBER_CELL)
        if not row.name_is_text and row.name:
            raise Refused(NAME_CELL)
        kind = BY_TERM.get(row.kind) if row.kind else DocumentKind.RESIDENT_ID
        if kind is None:
            raise Refused(KIND_UNKNOWN)
        if row.department and row.department not in departments:
            raise Refused(people.DEPARTMENT_FOREIGN)
        found = typed.details_of(kind, row.number, row.name, row.mobile, row.email)
    except Refused as refused:
        return Bad(row.row, refused.rule)
    person_id: UUID = uuid7()
    return Entry(
        row.row, person_id, departments.get(row.department), vault.personal(person_id, found)
    )


def without_doubles(found: Iterable[Entry | Bad]) -> list[Entry | Bad]:
    """A number that stands in several rows is taken from none of them."""
    entries = list(found)
    rows: dict[str, list[int]] = {}
    for entry in entries:
        if isinstance(entry, Entry):
            rows.setdefault(entry.personal.digest, []).append(entry.row)
    result: list[Entry | Bad] = []
    for entry in entries:
        same = rows[entry.personal.digest] if isinstance(entry, Entry) else []
        if len(same) > 1:
            text = "、".join(map(str, same[:10]))
            result.append(Bad(entry.row, TWICE.because(f"第 {text} 行的证件号码相同")))
        else:
            result.append(entry)
    return result
