"""Workbooks that open only with a password (agile encryption, AES-256), as Excel and LibreOffice know them."""

from __future__ import annotations

from io import BytesIO

from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model.excel_limits import MAX_PASSWORD

MOST_SPINS = 500_000
"""Rounds in which a password is made a key; Excel takes 100,000. A file that asks for more only costs time."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: an old workbook, or a new one with a password."""


def check_password(password: str) -> None:
    """Refuse a password that cannot be used, or any where what encrypts is not installed."""
    if not 1 <= len(password) <= MAX_PASSWORD:
        found, expected = "no password, or one that is too long", f"1 to {MAX_PASSWORD} characters"
        raise InputError([Problem("bad-password", "password", found, expected, "give another one")])
    try:
        import msoffcrypto  # noqa: F401 - whether it is there
    except ImportError:
        found, hint = "msoffcrypto-tool is not installed", "install it with pip install msoffcrypto-tool"
        raise InputError([Problem("no-encryption", "password", found, "what encrypts workbooks", hint)]) from None


def is_encrypted(data: bytes) -> bool:
    """Whether a file is a workbook with a password."""
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data


def encrypt(data: bytes, password: str) -> bytes:
    """A workbook that opens only with the password; other bytes each time, for each has a key of its own."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def decrypt(data: bytes, name: str, password: str) -> bytes:
    """The workbook inside one with a password.

    Raises
    ------
    InputError
        When it is another password.
    """
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError

    out = BytesIO()
    try:
        file = OfficeFile(BytesIO(data))
        if file.info.get("spinValue", 0) > MOST_SPINS:
            raise DecryptionError
        file.load_key(password=password, verify_password=True)
        file.decrypt(out, verify_integrity=file.type == "agile")
    except Exception:  # of many kinds where the file is damaged; none may tell what it holds
        found, hint = "it does not open with the password", "give the file's own password, or ask for it without one"
        raise refusal("wrong-password", name, found, "a workbook with that password, or none", hint) from None
    return out.getvalue()
