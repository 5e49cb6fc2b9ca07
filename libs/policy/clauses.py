"""Sentences of the documents that a refusal quotes, each under a word that the code knows."""

from enum import StrEnum

from libs.policy.figures import Sourced, Text


class Says(StrEnum):
    """What a refusal may quote; a pack gives the sentence and the article."""

    OWN_YEAR = "claim.own_year"  # 不能跨年登记
    TRUTHFUL = "claim.truthful"  # 如实登记
    PROMISE = "claim.promise"  # 本人承诺
    NO_CLAIM_FOR_PUBLIC = "claim.public"  # 公需科目无需另行登记
    CREDITED_BY_ORGANISER = "claim.by_organiser"  # 由培训组织单位导入, 无需另行登记
    PREFILLED = "claim.prefilled"  # 按每半天4学时计算
    CLAIM_WINDOW = "claim.window"  # 学时登记和单位审验的时限
    WITHDRAW = "claim.withdraw"  # 待初审可撤回
    DELETE_PENDING = "claim.delete"  # 待初审可删除
    DELETE_PASSED = "claim.delete_passed"  # 审核通过后由单位管理员删除
    SUBMIT_TO_AUTHORITY = "claim.to_authority"  # 提交至主管部门审核
    AUDITOR = "audit.unit"  # 人事（劳动）关系所在单位
    DILIGENT = "audit.diligent"  # 单位把关
    OPINION = "audit.opinion"  # 不通过须填写审核意见
    DELETION_VOIDS = "audit.deletion_voids"  # 删除学时后原证书自动失效
    DEPARTMENT = "department.scope"  # 二级管理员仅能管理该部门
    NO_DEPARTMENT = "department.none"  # 不选择部门的由总管理员
    LOGIN_ALLOWED = "admin.login"  # 允许登录系统
    EXAM_AFTER_COURSE = "exam.after_course"  # 完成课程学习后
    EXAM_ATTEMPTS = "exam.attempts"  # 3次机会
    MARKS = "exam.marks"  # 60分以上
    EXAM_WINDOW = "exam.window"  # 12月31日前
    MAKE_UP = "exam.make_up"  # 补学补考
    REQUIRED_COURSE = "course.required"  # 必修课
    ELECTIVES = "course.elective"  # 全部选修课程
    PUBLIC_CERTIFICATE = "certificate.public"  # 公需科目考试合格证书
    ANNUAL_CERTIFICATE = "certificate.annual"  # 继续教育合格证书
    FILING_SCOPE = "filing.scope"  # 以基地名义
    FILING_FINAL = "filing.final"  # 不可再修改和删除
    AFTER_END = "filing.after_end"  # 培训班结束后
    REPORT_FIRST = "filing.report"  # 填写办班情况补充说明
    ROSTER_FIRST = "filing.roster"  # 先上传学员名单
    REQUEST_NEEDS = "filing.request_needs"  # 已上传扫描件并导入名单
    REQUEST_FINAL = "filing.request_final"  # 不可撤销更改
    RECOGNISES = "filing.recognises"  # 对符合条件的予以认定学时


class Clause(Sourced):
    """One sentence, as the document prints it."""

    text: Text
