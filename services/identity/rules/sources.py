"""The documents that identity's rules stand on."""

from libs.decider import Source

ADMINS = Source("2024年度学习通知", "附件2 二（四）1 单位管理员管理")
DEPARTMENTS = Source("2024年度学习通知", "附件2 二（四）2 单位部门管理")
CHOICE = Source("2024年度学习通知", "附件2 二（四）3 选择部门人员")
REGISTRATION = Source("2024年度学习通知", "附件1 二（一）登录系统")
OWN_UNIT = Source("2024年度学习通知", "附件2 一（三）1 提交至本单位审核")
AUDITOR = Source("2024年度学习通知", "二（二）人事（劳动）关系所在单位")
BASES = Source("2024年度学习通知", "附件3 继续教育基地名单")
CITIZEN = Source("GB 11643-1999", "公民身份号码")
UNIT_CODE = Source("GB 32100-2015", "法人和其他组织统一社会信用代码编码规则")
OFFICES = Source("GB/T 22239-2019", "8.1.5 安全管理中心（系统管理、审计管理、安全管理）")
PRIVACY = Source("中华人民共和国个人信息保护法", "第五条、第六条、第九条")
ERASURE = Source("中华人民共和国个人信息保护法", "第四十七条")
ACCOUNTS = Source("平台账号规定", "登录、密码与重置")
