"""What is done about records that are due and don't come."""

from libs.runtime.inbound.overdue import READ_AGAIN, STANDS_STILL, Due, Place, What


def judged(due: Due, *places: Place | None) -> list[What]:
    """One judgement after the other."""
    return [due.judge(float(n), place) for n, place in enumerate(places)]


def test_at_the_end_it_is_read_again_and_then_told_once() -> None:
    end = Place(7, 7)
    assert judged(Due(3, 0), *[end] * 5) == [
        *[What.READ_AGAIN] * READ_AGAIN,
        What.TELL,
        What.WAIT,
        What.WAIT,
    ]


def test_whoever_goes_forward_is_waited_for() -> None:
    places = [Place(n, 100) for n in range(20)]
    assert judged(Due(3, 0), *places) == [What.WAIT] * 20


def test_whoever_is_at_the_end_after_going_forward_has_lost_something() -> None:
    assert judged(Due(3, 0), Place(4, 7), Place(6, 7), Place(7, 7))[-1] is What.READ_AGAIN


def test_whoever_stands_still_before_the_end_is_ended() -> None:
    said = judged(Due(3, 0), *[Place(4, 7)] * (STANDS_STILL + 1))
    assert said == [*[What.WAIT] * STANDS_STILL, What.END]


def test_whoever_does_not_know_where_it_is_stands_still() -> None:
    assert judged(Due(3, 0), *[None] * STANDS_STILL)[-1] is What.END


def test_one_step_forward_is_a_new_beginning() -> None:
    still = [Place(4, 7)] * STANDS_STILL
    assert What.END not in judged(Due(3, 0), *still, *[Place(5, 7)] * STANDS_STILL)


def test_whoever_promises_what_never_comes_has_it_read_twice() -> None:
    """However often the mark moves meanwhile."""
    due, end = Due(3, 0), Place(7, 7)
    assert judged(due, end, end) == [What.READ_AGAIN, What.READ_AGAIN]
    assert judged(due.moved(5, 9), end, end) == [What.TELL, What.WAIT]


def test_a_step_forward_is_no_standing_still() -> None:
    due = Due(3, 0)
    judged(due, *[Place(4, 7)] * STANDS_STILL)
    assert judged(due.moved(4, 9), *[Place(4, 7)] * STANDS_STILL)[-1] is What.WAIT


def test_reading_again_is_no_standing_still() -> None:
    """It begins before where it was, and goes forward."""
    places = [Place(7, 7), Place(0, 7), Place(3, 7), Place(6, 7), Place(7, 7)]
    assert judged(Due(3, 0), *places) == [
        What.READ_AGAIN,
        What.WAIT,
        What.WAIT,
        What.WAIT,
        What.READ_AGAIN,
    ]
