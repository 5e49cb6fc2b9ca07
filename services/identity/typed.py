"""What people type, read and checked: documents, names, mobiles, addresses. Refused, or good."""

import re

from libs.decider import Refused
from libs.events.documents import Document, DocumentKind, WrongDocument, read
from libs.events.numbers import has_personal_number
from services.identity import names
from services.identity.rules import details as rules
from services.identity.vault import Details

_MOBILE = re.compile(r"^1[3-9][0-9]{9}$", re.ASCII)
_EMAIL = re.compile(r"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", re.ASCII)


def details_of(kind: DocumentKind, number: str, name: str, mobile: str, email: str) -> Details:
    """What is typed of a person, each part checked. Refused."""
    document = document_of(kind, number)
    return Details(
        document.kind, document.number, name_of(name), mobile_of(mobile), email_of(email)
    )


def document_of(kind: DocumentKind, number: str) -> Document:
    """The document of this kind and number. Refused: DOCUMENT_INVALID."""
    try:
        return read(kind, number)
    except WrongDocument as wrong:
        raise Refused(rules.document_invalid(kind, wrong.problem)) from None


def name_of(text: str) -> str:
    """A person's name. Refused: NAME_INVALID."""
    name = names.tidy(text)
    if not names.is_name(name):
        raise Refused(rules.NAME_INVALID)
    return name


def mobile_of(text: str) -> str:
    """A mobile number, or none. Refused: MOBILE_INVALID."""
    mobile = re.sub(r"[\s-]|^\+?86(?=1)", "", text)
    if mobile and not _MOBILE.fullmatch(mobile):
        raise Refused(rules.MOBILE_INVALID)
    return mobile


def email_of(text: str) -> str:
    """An e-mail address, or none. Refused: EMAIL_INVALID."""
    if text and not _EMAIL.fullmatch(text):
        raise Refused(rules.EMAIL_INVALID)
    return text


def public_name(text: str) -> str:
    """The name of a unit or department: public, and without anybody's number. Refused."""
    if has_personal_number(text):
        raise Refused(rules.NUMBER_IN_NAME)
    return text
