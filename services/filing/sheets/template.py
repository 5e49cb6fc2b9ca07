"""名单导入模板: one sheet to fill in, every cell a text so that no digit is lost, one of notes."""

from io import BytesIO

from xlsxwriter import Workbook

from libs.events.documents import DocumentKind

SHEET = "参训学员名单"
NAME, KIND, NUMBER = "姓名", "证件类型", "身份证件号码"
COLUMNS = {"序号": 8, NAME: 16, KIND: 22, NUMBER: 26, "工作单位": 36}

_NOTES = (
    "一、每行一人，从第二行起填写；请勿改动表头，请勿合并单元格，请勿使用公式。",
    "二、身份证件号码须为文本格式（本模板已设好）。数字格式会丢失号码末尾的数字，该行将不予导入。",
    "三、证件类型不填即为居民身份证；其他证件请在下拉列表中选择。",
    "四、姓名须与本人在平台登记的姓名一致；号码与他人姓名相符的行不予导入。",
    "五、尚未注册的人员可以导入，本人注册后学时自动计入。",
    "六、号码核对后即不再保存；导入结果按行号列出不能导入的行及原因，其余的行经确认后导入。",
    "七、一份名单至多 {rows} 行。确认导入的名单整体替换先前的名单；申请学时认定后不能再改。",
)


def template(rows: int) -> bytes:
    """The workbook, for rosters of at most so many rows."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "num_format": "@"})
    sheet = book.add_worksheet(SHEET)
    for column, (title, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, title, head)
    sheet.freeze_panes(1, 0)
    kinds = [kind.shown for kind in DocumentKind]
    column = list(COLUMNS).index(KIND)
    sheet.data_validation(1, column, rows, column, {"validate": "list", "source": kinds})
    notes = book.add_worksheet("填写说明")
    notes.set_column(0, 0, 100)
    for row, note in enumerate(_NOTES):
        notes.write_string(row, 0, note.format(rows=rows))
    book.close()
    return out.getvalue()
