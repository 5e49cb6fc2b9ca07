"""Certificates (合格证书): whether a year's hours satisfy one, its number, its paper, its fall.

A learner generates his own when the year's standing entries satisfy the pack. What stands is
folded from the events of hours as they were kept; who belongs where comes from identity, the law
from policy. Only a deletion or annulment of hours, the holder's exchange (换发) or an approved
correction of a pack makes a certificate fall, however late it is heard of and in whatever order.
"""
