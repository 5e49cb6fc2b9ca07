"""What the demo prints is read by people: China's clock, and no words of the machine."""

from datetime import date

from deploy.local.story.certificates import in_china, why
from deploy.local.story.classes import form

FALL = {
    "at": "2024-12-31T16:30:00.043153Z",
    "why": "hours_revoked",
    "entry": {
        "category": "professional",
        "began": "2024-10-14/am",
        "ended": "2024-10-14/pm",
        "hours": "4.00",
    },
    "rule": "《通知》二（二）3",
    "says": "删除学时后原证书自动失效",
    "replaced_by": None,
}


def test_an_instant_is_told_by_the_clock_in_china() -> None:
    assert in_china(FALL["at"]) == "2025-01-01 00:30:00"  # type: ignore[arg-type]


def test_a_fall_is_told_by_its_entry_and_its_rule() -> None:
    assert why(FALL) == (
        "2025-01-01 00:30:00, the 4 hours of 2024年10月14日上午 to 2024年10月14日下午 were "
        "deleted; 《通知》二（二）3: 删除学时后原证书自动失效"
    )


def test_the_class_is_signed_before_it_begins() -> None:
    """一（三）: what is filed may then be held."""
    said = form()
    assert date.fromisoformat(said["responsible_on"]) < date.fromisoformat(said["starts"][:10])


def test_one_half_day_is_said_once() -> None:
    entry = FALL["entry"] | {"ended": "2024-10-14/am"}  # type: ignore[operator]
    assert "the 4 hours of 2024年10月14日上午 were deleted" in why(FALL | {"entry": entry})
