"""The documents that identity's rules stand on.

Identity judges by no year's pack: the annual notice (年度学习通知) is cited without its year.
"""

from libs.decider import Source

ADMINS = Source("年度学习通知", "附件2 二（四）1 单位管理员管理")
DEPARTMENTS = Source("年度学习通知", "附件2 二（四）2 单位部门管理")
OWN_UNIT = Source("年度学习通知", "附件2 一（三）1 更改所在单位信息")
CITIZEN = Source("GB 11643-1999", "公民身份号码")
UNIT_CODE = Source("GB 32100-2015", "法人和其他组织统一社会信用代码编码规则")
OFFICES = Source("GB/T 22239-2019", "8.1.5 安全管理中心（系统管理、审计管理、安全管理）")
ERASURE = Source("中华人民共和国个人信息保护法", "第四十七条")
