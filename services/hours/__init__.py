"""学时: hours are claimed with evidence, audited by the unit, and join the one ledger (学时档案).

Classes that the province grants and courses that a learner passes enter the same ledger, so that
every sum anywhere is over it. Deleting recognised hours takes an entry out again; whatever rests
on it elsewhere hears of it by HoursRevoked.
"""
