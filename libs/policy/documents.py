"""文件: the documents that a pack rests on, and whom to ask."""

from datetime import date
from typing import Literal

from libs.policy.figures import Sourced, Strict, Text


class Document(Strict):
    """A document by the short name that figures cite.

    `seen`: full or part = read (so far); none = known by quotation only; own = a convention of
    this platform, in docs/conventions.md.
    """

    title: Text
    seen: Literal["full", "part", "none", "own"]
    number: str = ""
    issuer: str = ""
    issued: date | None = None


class Contact(Sourced):
    """联系方式, as pages show it."""

    name: Text
    phone: Text
    email: str = ""
    office_hours: str = ""
