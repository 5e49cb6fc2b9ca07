"""Identity: who people and organisations are, who may act for whom, and who is logged in.

People and units register, admins are appointed, sessions begin and end. The vault keeps what is
personal, encrypted; events say what happened without it; the directory shows the rest of the
platform a name and a masked number. Every account descends from the three administrators (三员).
"""
