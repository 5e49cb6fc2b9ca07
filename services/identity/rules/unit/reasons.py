"""What units are told, with its document and what to do."""

from libs.decider import Kind, Rule, conventions

UNIT_NOT_IN_SCOPE = Rule(
    "unit-not-in-scope",
    "没有此单位，或不在您的管理范围内",
    conventions.ROLES,
    "请核对单位；人社部门按管理权限办理",
    Kind.UNKNOWN,
)

CODE_TAKEN = Rule(
    "unit-code-taken",
    "该统一社会信用代码的单位已注册",
    conventions.UNITS,
    "请按名称查询该单位；一个单位只有一个账号，基地资格在单位上认定",
    Kind.CONFLICT,
    "code",
)

CODE_INVALID = Rule(
    "unit-code-invalid",
    "统一社会信用代码的字符或校验位不正确",
    conventions.UNITS,
    "请对照登记证书逐位核对 18 位代码",
    Kind.INVALID,
    "code",
)

ONE_PROVINCE = Rule(
    "one-province-bureau",
    "自治区人力资源社会保障厅已注册",
    conventions.UNITS,
    "一个平台只有一个省级主管部门",
)

BUREAU_UNKNOWN = Rule(
    "bureau-unknown",
    "没有此主管部门，或该单位不是人社部门",
    conventions.UNITS,
    "请选择已注册的自治区、市或县（区）人社部门",
    Kind.INVALID,
    "bureau_id",
)

BUREAU_NOT_OWN = Rule(
    "bureau-not-own",
    "市、县（区）人社部门只能注册本部门主管的单位",
    conventions.ROLES,
    "请由该单位的主管部门注册",
    Kind.FORBIDDEN,
    "bureau_id",
)

PARENT_UNKNOWN = Rule(
    "parent-unknown",
    "没有此上级单位",
    conventions.UNITS,
    "请先注册上级单位，或不填",
    Kind.INVALID,
    "parent_id",
)

NAME_SAME = Rule(
    "name-same", "单位名称没有变化", conventions.UNITS, "无需更改", Kind.CONFLICT, "name"
)

DEPARTMENT_TAKEN = Rule(
    "department-name-taken",
    "本单位已有同名部门",
    conventions.UNITS,
    "请使用不同的部门名称",
    Kind.CONFLICT,
    "name",
)

DEPARTMENT_UNKNOWN = Rule(
    "department-unknown",
    "本单位没有此部门，或已撤销",
    conventions.UNITS,
    "请重新查询本单位部门",
    Kind.UNKNOWN,
)

DEPARTMENT_HAS_ADMINS = Rule(
    "department-has-admins",
    "该部门还有二级管理员",
    conventions.UNITS,
    "请先为二级管理员分配其他部门，或撤销",
)

BASE_HELD = Rule(
    "base-held",
    "该单位已有此级别的基地资格",
    conventions.UNITS,
    "同一级别只认定一次；国家级和自治区级可以并存（双基地）",
)

BASE_NOT_HELD = Rule(
    "base-not-held", "该单位没有此级别的基地资格", conventions.UNITS, "请核对", Kind.UNKNOWN
)
