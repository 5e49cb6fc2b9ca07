"""A small workbook, written part by part: as programs write them, and as nobody should."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from libs.runtime.documents.sheets import Column, Sheet

SHEET = Sheet("名单", "", (Column("姓名"), Column("部门")), 9)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
GOOD = '<row r="3"><c r="A3" t="inlineStr"><is><t>韦小明</t></is></c></row>'
LISTED = '<sheet name="名单" sheetId="1" r:id="rId1"/>'
STRINGS = "<si><t>姓名</t></si><si><t>部门</t></si>"
STYLES = '<cellXfs><xf numFmtId="0"/></cellXfs>'
_HEAD = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>'


def page(rows: str = GOOD, after: str = "") -> str:
    """The part of a sheet: our headings, these rows, and what stands below."""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:z="urn:z"><sheetData>{_HEAD}{rows}</sheetData>'
        f"{after}</worksheet>"
    )


def book(
    first: str,
    second: str = "",
    *,
    listed: str = LISTED,
    strings: str = STRINGS,
    styles: str = STYLES,
    settings: str = "",
) -> bytes:
    """A workbook of these parts; rId1 is the first sheet, rId2 the second."""
    related = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{part}"/>'
        for id_, kind, part in (
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
            ("rId4", "styles", "styles.xml"),
        )
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:z="urn:z">'
        f"{settings}<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}'
        "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": first,
        "xl/worksheets/sheet2.xml": second or page(),
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
