"""Words of identity's events: kinds of units, places in the administration."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

UnitCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")]
"""统一社会信用代码: the code that every organisation has one of."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
"""The public name of an organisation or of its part."""


class UnitKind(StrEnum):
    """What sort of organisation it is on this platform."""

    EMPLOYER = "employer"  # 用人单位
    AGENCY = "agency"  # 人才服务机构: for people without a unit
    PROVINCE_BUREAU = "province_bureau"
    CITY_BUREAU = "city_bureau"
    COUNTY_BUREAU = "county_bureau"
    INDUSTRY_AUTHORITY = "industry_authority"
    SERVICE_DESK = "service_desk"


class Affiliation(StrEnum):
    """隶属关系: to which level of government a unit belongs."""

    CENTRAL = "central"  # 中央驻桂
    REGION = "region"  # 区直
    CITY = "city"  # 市直
    COUNTY = "county"  # 县属


class BaseLevel(StrEnum):
    """国家级 or 自治区级."""

    NATIONAL = "national"
    REGIONAL = "regional"


class Placement(BaseModel):
    """Where a person belongs, in full, so that no consumer needs a join."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    unit_id: UUID
    department_id: UUID | None = None
    bureau_id: UUID  # the unit's supervising bureau (管理权限)
    parent_id: UUID | None = None  # the unit's superior
    city: str
    county: str
    industry: str | None = None
    jurisdiction: str
    effective: date  # in China's calendar
