"""One word, one meaning: what a field or parameter is called officially, in every API.

A description of its own, where a service gives one, stands; these say the rest, so that nobody
who connects to an API has to guess at a bare word.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_FIRST = re.compile("[\u4e00-\u9fff][\u4e00-\u9fff、（）]*(?=$|[,:;.])")
_ASIDE = re.compile(r"\(([\u4e00-\u9fff、]+)\)$")

TERMS: Mapping[str, str] = {
    "account_id": "账号编号",
    "activity": "活动",
    "actor": "办理人",
    "address": "地址",
    "affiliation": "隶属关系",
    "allowed": "是否允许",
    "article": "条款",
    "at": "时间",
    "at_most": "上限",
    "attempt_id": "考试次编号",
    "audience": "培训对象",
    "batch": "批次",
    "began": "开始时间",
    "bureau_id": "主管的人力资源社会保障部门编号",
    "by_category": "各科目计入学时",
    "category": "科目",
    "certificate_id": "证书内部编号",
    "city": "设区市",
    "claim_id": "学时登记编号",
    "class_name": "培训班名称",
    "client": "委托单位",
    "closed": "是否已关闭",
    "completed": "是否学完",
    "contact": "联系人",
    "county": "县（市、区）",
    "course_id": "课程编号",
    "courses": "课程",
    "credited": "已计入人数",
    "cursor": "next of the page before (翻页位置)",
    "days": "天数",
    "department": "部门",
    "department_id": "部门编号",
    "department_name": "部门名称",
    "digest": "SHA-256 of the content (内容摘要)",
    "email": "邮箱",
    "ended": "结束时间",
    "ends": "结束时间",
    "enrolled": "是否已报名",
    "entries": "学时记录",
    "entry": "学时记录",
    "entry_id": "学时记录编号",
    "evidence_source": "佐证材料要求的依据",
    "evidence_status": "佐证材料要求是否已核实",
    "fall": "失效情况",
    "fax": "传真",
    "field": "栏目",
    "filing_id": "备案编号",
    "form": "学习形式",
    "former_name": "曾用名",
    "has_exam": "是否有考试",
    "hours": "学时",
    "id": "编号",
    "industry": "行业",
    "issued_on": "发证日期",
    "items": "本页各条",
    "jurisdiction": "政策辖区",
    "lesson_id": "课时编号",
    "lessons": "课时",
    "level": "级别",
    "limit": "At most so many (每页条数)",
    "link": "链接",
    "login_allowed": "允许登录系统",
    "marks": "分值",
    "masked_number": "证件号码（部分隐去）",
    "materials": "学习资料",
    "membership": "单位归属状态",
    "minutes": "时长（分钟）",
    "missing": "还差的条件",
    "mobile": "手机号码",
    "modes": "培训形式",
    "note": "说明",
    "office_phone": "办公电话",
    "options": "选项",
    "organiser": "举办单位",
    "outcome": "学时计入情况",
    "pack": "政策编号",
    "parent_id": "上级单位编号",
    "passed": "是否通过",
    "person_id": "人员编号",
    "phone": "电话",
    "place": "培训地点",
    "position": "Position in the log (序号)",
    "post": "职务",
    "postcode": "邮编",
    "promises": "承诺事项",
    "question_id": "试题编号",
    "questions": "试题",
    "reason": "原因",
    "recognition": "学时认定状态",
    "registered_by": "登记人",
    "remedy": "处理办法",
    "replaces": "换发前的证书编号",
    "responsible_on": "责任人签署日期",
    "responsible_person": "责任人",
    "result": "考核结果",
    "right": "正确答案",
    "role": "登录身份",
    "roster_count": "参训学员人数",
    "roster_id": "名单编号",
    "row": "行号",
    "rows": "各行",
    "rule": "类别",
    "run_type": "办班类型",
    "said": "填写内容",
    "same_as": "重复的学时记录",
    "satisfied": "是否达到条件",
    "score": "成绩",
    "secret": "一次性密钥",
    "session_id": "登录会话编号",
    "session_until": "登录有效期至",
    "source_id": "来源编号",
    "starts": "开始时间",
    "state": "审核状态",
    "taken": "已导入人数",
    "teachers": "授课老师",
    "to_unit_id": "转入单位编号",
    "token": "登录凭证",
    "token_lasts_seconds": "凭证有效秒数",
    "unit": "单位",
    "unit_id": "单位编号",
    "unit_name": "单位名称",
    "until": "截止日期",
    "valid": "是否有效",
    "version": "版本（与 ETag 相同）",
    "what": "事项",
    "window": "办理期限",
    "year": "年度",
}


def term_of(description: str) -> str | None:
    """The official term in a description: what it begins with, or what it says in brackets."""
    if found := _FIRST.match(description):
        return found[0]
    return found[1] if (found := _ASIDE.search(description)) else None


def explain(described: dict[str, Any]) -> None:
    """Each operation's line says its official term; what has no description gets its term's."""
    for path in described["paths"].values():
        for operation in path.values():
            if said := operation.get("description", ""):
                operation["summary"] = said.partition("\n\n")[0].replace("\n", " ").rstrip(".")
                if operation["summary"] == said.replace("\n", " ").rstrip("."):
                    del operation["description"]  # it would say the same again
            for parameter in operation.get("parameters", ()):
                _name(parameter["name"], parameter)
    for name, field in _fields(described.get("components", {}).get("schemas", {})):
        _name(name, field)


def _fields(schemas: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for schema in schemas.values():
        yield from schema.get("properties", {}).items()


def _name(name: str, described: dict[str, Any]) -> None:
    if not described.get("description") and name in TERMS:
        described["description"] = TERMS[name]
