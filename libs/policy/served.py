"""What a pack may say and the services can't do yet. A law that is kept only in part is no law:
such a pack can be read and compared, and is not published."""

from collections.abc import Iterator

from libs.policy.pack import Pack


def unserved(pack: Pack) -> Iterator[str]:
    """Each with its place in the pack, as who wrote it is told."""
    for certificate in pack.certificates:
        if certificate.audited.value == "per_year":
            yield f"certificates[{certificate.kind}].audited：尚不能按年度整体审验（per_year）"
    if pack.public_ is not None:
        if pack.public_.elective.grant.value == "per_course":
            yield "public.elective.grant：没有每门选修课的学时，不能逐门认定（per_course）"
        if pack.public_.study.late == "flag":
            yield "public.study.late：逾期学习考试尚不能受理并标记（flag）"
    if pack.hours_ is not None and pack.hours_.claim.late == "flag":
        yield "hours.claim.late：逾期登记尚不能受理并标记（flag）"
    for make_up in pack.make_ups:
        if make_up.credited_year != make_up.of_year:
            yield f"make_ups[{make_up.of_year}].credited_year：补学学时只能计入所补年度"
        if make_up.window.late == "flag":
            yield f"make_ups[{make_up.of_year}].window.late：逾期补学尚不能受理并标记（flag）"
