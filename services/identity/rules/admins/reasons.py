"""What admins are told, with its document and what to do."""

from libs.decider import Kind, Rule, conventions
from services.identity.rules import sources

NOT_A_ROLE_HERE = Rule(
    "role-not-of-this-unit",
    "该单位没有此管理员身份",
    conventions.PEOPLE,
    "用人单位设总管理员和二级管理员；人社部门、行业主管部门另设本部门工作人员",
    Kind.INVALID,
    "role",
)

DEPARTMENT_WANTED = Rule(
    "department-wanted",
    "二级管理员须分配部门；其他管理员不选择部门",
    sources.DEPARTMENTS,
    "请为二级管理员选择部门，或改设为总管理员",
    Kind.INVALID,
    "department_id",
)

NOT_A_MEMBER_HERE = Rule(
    "not-a-member-of-this-unit",
    "只能任用已确认属于本单位的人员",
    conventions.PEOPLE,
    "请先将该人员导入本单位，或确认其所属单位",
    Kind.CONFLICT,
    "person_id",
)

ALREADY_APPOINTED = Rule(
    "already-appointed",
    "该人员已是本单位管理员",
    conventions.PEOPLE,
    "调整部门请用“修改”",
)

NOT_APPOINTED = Rule(
    "not-appointed",
    "该人员不是本单位此类管理员",
    conventions.PEOPLE,
    "请核对人员和身份",
    Kind.UNKNOWN,
)

ONE_OF_THREE = Rule(
    "one-of-three",
    "系统管理员、安全管理员、审计管理员不得由同一人兼任",
    conventions.PEOPLE,
    "请由另一人就任",
    Kind.CONFLICT,
)
