"""培训备案: bases file their training classes, report what became of them, and ask for hours.

A class is filed by a promise and without approval; what is filed stays. After its end the base
reports the execution, uploads the sealed form and the roster, and may request hours once; the
province's grant is one act, which hours turns into an entry for each person.
"""
