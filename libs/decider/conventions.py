"""《平台约定》: what the platform itself requires where no document of the law says it.

Each names an article of docs/conventions.md by its number and heading. A rule that a document
states cites the document instead, through the year's pack.
"""

from libs.decider.rule import Source

DOCUMENT = "平台约定"

INTERFACE = Source(DOCUMENT, "第一条 接口")
IDEMPOTENCE = Source(DOCUMENT, "第二条 幂等与并发")
SIZES = Source(DOCUMENT, "第三条 大小与文件")
NOT_HEARD_OF = Source(DOCUMENT, "第四条 尚未收到的信息")
SIGN_IN = Source(DOCUMENT, "第五条 登录与密码")
ROLES = Source(DOCUMENT, "第六条 身份与管理范围")
ONESELF = Source(DOCUMENT, "第七条 本人回避")
NUMBERS = Source(DOCUMENT, "第八条 号码不入正文")
REASONS = Source(DOCUMENT, "第九条 意见与原因")
SHEETS = Source(DOCUMENT, "第十条 导入表")
UNITS = Source(DOCUMENT, "第十一条 单位的登记")
PEOPLE = Source(DOCUMENT, "第十二条 人员的登记与归属")
LAW = Source(DOCUMENT, "第十三条 政策的提交与发布")
YEARS = Source(DOCUMENT, "第十四条 政策未发布的年度")
QUANTITIES = Source(DOCUMENT, "第十五条 学时数")
CLAIMS = Source(DOCUMENT, "第十六条 学时登记的类别与状态")
SAMENESS = Source(DOCUMENT, "第十七条 重复的活动")
FORM = Source(DOCUMENT, "第十八条 备案登记表的核对")
RECOGNITION = Source(DOCUMENT, "第十九条 备案培训班的学时认定")
COURSES = Source(DOCUMENT, "第二十条 课程与题库")
STUDY = Source(DOCUMENT, "第二十一条 选学与学习")
EXAMS = Source(DOCUMENT, "第二十二条 网络考试")
MAKE_UPS = Source(DOCUMENT, "第二十三条 补学补考的开通")
CERTIFICATES = Source(DOCUMENT, "第二十四条 证书的生成与换发")
PRINTING = Source(DOCUMENT, "第二十五条 打印与签名")
