"""What happens to people. No name, number or address of a person is in it."""

from uuid import UUID

from libs.events.event import Event
from libs.events.identity.values import Placement


class PersonEvent(Event):
    """About a person, or about the account of a unit or an office that stands for one."""

    person_id: UUID


class PersonRegistered(PersonEvent):
    """个人注册: a person joined the platform, alone (the unit has yet to confirm) or imported."""

    placement: Placement
    confirmed: bool


class MembershipConfirmed(PersonEvent):
    """确认所属单位: the unit confirms that the person is one of its own."""

    placement: Placement


class MembershipDeclined(PersonEvent):
    """不予确认所属单位: the unit says that the person is none of its own."""

    unit_id: UUID


class PersonTransferred(PersonEvent):
    """单位变动: the person's 人事（劳动）关系 is with another unit from this date on."""

    placement: Placement
    from_unit_id: UUID
    confirmed: bool


class DepartmentAssigned(PersonEvent):
    """选择部门人员: the person belongs to this department of the unit, or to none."""

    placement: Placement


class PersonDetailsChanged(PersonEvent):
    """个人信息修改: the vault holds other details than before; which ones, not what."""

    fields: tuple[str, ...]


class IdentityCorrected(PersonEvent):
    """身份信息更正: number or name was wrong or has changed, corrected on proof."""

    fields: tuple[str, ...]


class PersonErased(PersonEvent):
    """个人信息删除: what the platform knew about the person beside this id is gone."""
