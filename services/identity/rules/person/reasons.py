"""What a person is told, with its document and what to do."""

from libs.decider import Kind, Rule, conventions
from services.identity.rules import sources

NOT_YOURS = Rule(
    "person-not-in-scope",
    "没有此人员，或不在您的管理范围内",
    conventions.ROLES,
    "请核对人员；二级管理员仅能管理本部门人员",
    Kind.UNKNOWN,
)

NOT_YOUR_TASK = Rule(
    "not-your-task",
    "当前登录身份无权办理此事项",
    conventions.ROLES,
    "请以有权的身份登录后办理",  # each rule names the roles
    Kind.FORBIDDEN,
)

NOT_ONESELF = Rule(
    "not-for-oneself",
    "不得为本人办理此事项",
    conventions.ONESELF,
    "请由他人按职责办理",
    Kind.FORBIDDEN,
)

UNIT_UNKNOWN = Rule(
    "unit-unknown",
    "没有此单位",
    conventions.PEOPLE,
    "请按名称重新查询单位；尚未注册的单位请联系其主管人社部门",
    Kind.INVALID,
    "unit_id",
)

DEPARTMENT_FOREIGN = Rule(
    "department-of-another-unit",
    "该部门不存在、已撤销，或不属于该单位",
    conventions.PEOPLE,
    "请选择本单位现有部门，或不选部门",
    Kind.INVALID,
    "department_id",
)

NUMBER_REGISTERED = Rule(
    "number-registered",
    "该证件号码已注册",
    conventions.PEOPLE,
    "请直接登录；忘记密码请按规定重置；单位有变动请在“我的信息”中更改",
    Kind.CONFLICT,
    "number",
)

ENTERED_ALREADY = NUMBER_REGISTERED.remedied(
    "该人员已在本单位，无需再次录入，请在人员列表中查找："
    "待确认的，请确认其所属单位；已不予确认的，请本人重新选择所在单位；忘记密码的，请为其发放激活码"
)
"""Told to who enters people."""

TAKEN_BY_ANOTHER = NUMBER_REGISTERED.remedied(
    "该号码登记在另一人员名下，请核对要更正的证件号码；"
    "确为同一人重复登记的，请报自治区人力资源社会保障厅删除其中一个"
)
"""Told to who corrects a number."""

REGISTERED_MEANWHILE = NUMBER_REGISTERED.remedied("该证件号码刚刚完成登记，请核对号码后重新提交")
"""Told to who takes office."""

NUMBER_OF_ANOTHER_NAME = Rule(
    "number-of-another-name",
    "该证件号码已以另一姓名登记：或证件号码填写有误，或姓名填写有误（含更名）",
    conventions.PEOPLE,
    "请核对证件号码和姓名；确为更名或原登记有误的，请持证明由单位或主管人社部门更正",
    Kind.CONFLICT,
    "number",
)

ELSEWHERE = Rule(
    "member-of-another-unit",
    "该人员已登记在其他单位",
    sources.OWN_UNIT,
    "请通知本人以专业技术人员身份登录，在“我的信息”中更改所在单位，"
    "再由新单位在人员列表中确认，不必录入",
    Kind.CONFLICT,
    "number",
)

NOT_PENDING = Rule(
    "membership-not-pending",
    "该人员没有待确认的所属单位",
    conventions.PEOPLE,
    "无需再次确认",
)

NOT_A_MEMBER = Rule(
    "not-a-confirmed-member",
    "该人员的所属单位尚未确认",
    conventions.PEOPLE,
    "请先由单位确认",
)

SAME_UNIT = Rule(
    "same-unit",
    "所选单位就是现在的单位",
    conventions.PEOPLE,
    "无需更改",
    Kind.CONFLICT,
    "unit_id",
)

ADMIN_BY_OTHERS = Rule(
    "admin-handled-above",
    "该人员是管理员，须由单位账号或主管人社部门办理",
    conventions.ROLES,
    "请登录单位账号办理",
    Kind.FORBIDDEN,
)

NOTHING_CHANGES = Rule(
    "nothing-to-change",
    "没有可更改的内容",
    conventions.PEOPLE,
    "请填写新的手机号码、邮箱、姓名或证件号码",
    Kind.INVALID,
)

GONE = Rule(
    "person-erased",
    "该人员信息已删除",
    conventions.PEOPLE,
    "无法再办理",
    Kind.UNKNOWN,
)
