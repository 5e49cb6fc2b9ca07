"""Files that a browser keeps, under a name that people read."""

from urllib.parse import quote


def attached(name: str, plain: str) -> dict[str, str]:
    """The header by which it is kept under this name (RFC 6266, 5987); `plain`: in letters of
    ASCII, for a program that knows no other."""
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": said}
