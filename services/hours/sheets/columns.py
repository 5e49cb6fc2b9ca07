"""The columns of 批量登记, and the template that is handed out."""

from collections.abc import Iterable

from libs.events.documents import BY_TERM
from libs.events.values import Half
from libs.policy.recognition import Recognition
from libs.runtime.documents.sheets import Column, Sheet

(
    NAME,
    DOCUMENT,
    NUMBER,
    KIND,
    TITLE,
    ORGANISER,
    FORM,
    BEGAN,
    FROM,
    ENDED,
    TO,
    RESULT,
    HOURS,
    CONTENT,
) = range(14)
HALVES = {"上午": Half.MORNING, "下午": Half.AFTERNOON}
MOST_ROWS = 2000


def sheet(kinds: Iterable[Recognition]) -> Sheet:
    """The sheet of a year's kinds."""
    names = tuple(kind.name for kind in kinds)
    return Sheet(
        "专业科目学时",
        "从第 3 行起填写，每行一条。证件号码须为文本格式；证件类型不填为居民身份证；"
        "日期如 2024-11-04 或 2024年11月4日；学时如 20 或 4.5，培训进修可不填，按半天计算。"
        "导入即承诺所填信息属实。",
        (
            Column("姓名", 10, required=True, sample="韦小明"),
            Column("证件类型", 14, tuple(BY_TERM), sample="居民身份证"),
            Column("证件号码", 21, required=True, sample="450102200001010015"),
            Column("类别", 14, names, required=True, sample=names[0] if names else ""),
            Column("活动名称", 20, required=True, sample="教学能力提升研修班"),
            Column("举办单位", 16, required=True, sample="广西大学"),
            Column("学习形式", 9, required=True, sample="线下"),
            Column("开始日期", 11, required=True, sample="2024-11-04"),
            Column("开始半天", 9, tuple(HALVES), required=True, sample="上午"),
            Column("结束日期", 11, required=True, sample="2024-11-06"),
            Column("结束半天", 9, tuple(HALVES), required=True, sample="下午"),
            Column("考核结果", 9, required=True, sample="合格"),
            Column("申请学时", 9, sample="20"),
            Column("主要内容", 22, sample="课程思政与教学设计"),
        ),
        MOST_ROWS,
    )


_OF_ANY_YEAR = sheet(())
HEADINGS = _OF_ANY_YEAR.headings
REQUIRED = tuple(HEADINGS.index(heading) for heading in _OF_ANY_YEAR.required)
