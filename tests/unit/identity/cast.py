"""Who appears in the cases about identity: people, units, departments, and in which role."""

from uuid import UUID, uuid5

from libs.events.envelope import Actor, Role


def id_of(name: str) -> UUID:
    """The same name is the same thing in every case."""
    return uuid5(UUID(int=0), name)


QIN = id_of("Qin Xiaoming")
UNIVERSITY, HOSPITAL = id_of("university"), id_of("hospital")
PROVINCE, CITY, OTHER_CITY = id_of("province bureau"), id_of("Nanning"), id_of("Guilin")
PHYSICS, CHEMISTRY, SURGERY = id_of("physics"), id_of("chemistry"), id_of("surgery")

LEARNER = Actor(QIN, Role.LEARNER, UNIVERSITY)
ACCOUNT = Actor(UNIVERSITY, Role.UNIT_ACCOUNT, UNIVERSITY)
GENERAL = Actor(id_of("general admin"), Role.UNIT_ADMIN, UNIVERSITY)
OF_PHYSICS = Actor(id_of("admin of physics"), Role.DEPARTMENT_ADMIN, UNIVERSITY, PHYSICS)
OF_CHEMISTRY = Actor(id_of("admin of chemistry"), Role.DEPARTMENT_ADMIN, UNIVERSITY, CHEMISTRY)
OF_HOSPITAL = Actor(id_of("admin of the hospital"), Role.UNIT_ADMIN, HOSPITAL)
HOSPITAL_ACCOUNT = Actor(HOSPITAL, Role.UNIT_ACCOUNT, HOSPITAL)
OF_CITY = Actor(id_of("official of Nanning"), Role.CITY_BUREAU, CITY)
OF_OTHER_CITY = Actor(id_of("official of Guilin"), Role.CITY_BUREAU, OTHER_CITY)
OF_PROVINCE = Actor(id_of("official of the province"), Role.PROVINCE_BUREAU, PROVINCE)
SYSTEM = Actor(id_of("system administrator"), Role.SYSTEM_ADMIN)
SECURITY = Actor(id_of("security administrator"), Role.SECURITY_ADMIN)
AUDIT = Actor(id_of("audit administrator"), Role.AUDIT_ADMIN)
STRANGER = Actor(id_of("somebody"), Role.LEARNER)
TIME = Actor(id_of("timer"), Role.SERVICE)
