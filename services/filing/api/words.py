"""The words of requests about filings."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from libs.events.filing import RunType
from libs.events.text import Text
from libs.events.values import HalfDay, Hours
from libs.runtime.web.forms import Form
from services.filing.commands import Registration, Teacher

Short = Annotated[Text, StringConstraints(max_length=200)]
Long = Annotated[Text, StringConstraints(max_length=4000)]
Phone = Annotated[Text, StringConstraints(pattern=r"^(无|[0-9+\-()（）转 ]{5,40})?$")]
Mobile = Annotated[Text, StringConstraints(pattern=r"^(\+?86)?1[3-9][0-9]{9}$|^$")]
Email = Annotated[Text, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$|^$")]
Postcode = Annotated[Text, StringConstraints(pattern=r"^[0-9]{6}$|^$")]


class TeacherForm(Teacher):
    """授课老师: 姓名、单位及职务."""

    name: Short = Field("", description="姓名", examples=["李老师"])
    unit: Short = Field("", examples=["广西大学"])
    post: Short = Field("", examples=["教授"])


class RegistrationForm(Registration):
    """培训班备案登记表. Which fields must be filled in, the year's pack says."""

    class_name: Short = Field("", description="培训班名称", examples=["新知识高级研修班"])
    run_type: RunType | None = Field(None, description="办班类型", examples=["own"])
    client: Short = Field("", description="委托单位, only where commissioned (单位委托办班)")
    audience: Short = Field("", description="培训对象", examples=["水利行业专业技术人员"])
    content: Long = Field("", description="培训内容, kept privately")
    teachers: tuple[TeacherForm, ...] = Field((), max_length=200, description="授课老师情况")
    starts: HalfDay = Field(description="开始时间, a half-day", examples=["2024-12-09/am"])
    ends: HalfDay = Field(description="结束时间, a half-day", examples=["2024-12-11/pm"])
    days: int = Field(0, ge=0, le=366, description="培训天数", examples=[3])
    modes: tuple[Literal["online", "offline"], ...] = Field(
        (), max_length=2, description="培训形式: 线上, 线下, or both", examples=[["offline"]]
    )
    hours: Hours | None = Field(None, description="认定学时", examples=["24.00"])
    place: Short = Field("", description="培训地点")
    contact: Short = Field("", description="联系人")
    department: Short = Field("", description="所在部门")
    office_phone: Phone = Field("", description="办公电话", examples=["0771-3230000"])
    mobile: Mobile = Field("", description="手机")
    fax: Phone = Field("", description="传真; 无 where there is none")
    email: Email = Field("", description="邮箱")
    address: Short = Field("", description="地址")
    postcode: Postcode = Field("", description="邮编", examples=["530004"])
    promises: tuple[bool, ...] = Field(
        (),
        max_length=50,
        description="承诺事项, one by one as the form has them: "
        "their texts are `filing.promises` of the year's pack (`GET /policy/packs/{name}`)",
    )
    responsible_person: Short = Field("", description="责任人")
    responsible_on: date | None = Field(None, description="责任人签署日期")


class ReportForm(Form):
    """实际执行情况说明."""

    held: bool = Field(
        True, description="是否举办; false: 未举办, which closes the filing without hours"
    )
    remark: Long = Field(
        "", description="备注: how it differed from what was filed; empty: 严格按备案内容执行"
    )


class GrantForm(Form):
    """认定学时."""

    hours: Hours | None = Field(
        None,
        description="认定学时: no more than filed; "
        "none: as filed, where the half-days give as many",
    )
    left_out: tuple[int, ...] = Field(
        (), max_length=20000, description="不予认定学时的名单行号: rows that get none"
    )


class OpinionForm(Form):
    """不予认定."""

    opinion: Long = Field("", description="意见, required, kept privately")


class ReasonForm(Form):
    """撤销认定."""

    reason: Long = Field("", description="原因, required, kept privately")
