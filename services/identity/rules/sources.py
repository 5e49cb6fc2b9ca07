"""The documents that identity's rules stand on.

Identity judges by no year's pack: people belong to units and log in whatever the year, so no rule
here can ask which notice is in force. How units keep admins and departments stands in the
procedure (附件2) that the annual notices print; the newest notice that is published is cited by
the name that the packs give it, and its procedure holds until another is published (平台约定
第十二条). A test compares the name with the newest pack.

Standards and laws that are no documents of continuing education are cited by the convention that
applies them; but the number of the citizen's card is what its standard says.
"""

from collections.abc import Mapping

from libs.decider import Source
from libs.events.documents import DocumentKind

ANNUAL = "2024年度学习通知"

ADMINS = Source(ANNUAL, "附件2 二（四）1 单位管理员管理")
DEPARTMENTS = Source(ANNUAL, "附件2 二（四）2 单位部门管理")
OWN_UNIT = Source(ANNUAL, "附件2 一（三）1 更改所在单位信息")
CITIZEN = Source("GB 11643-1999", "公民身份号码")

OF_NUMBERS: Mapping[DocumentKind, Source] = {DocumentKind.RESIDENT_ID: CITIZEN}
"""Where it stands how the numbers of a kind are made; for the others, 平台约定 第十二条."""
