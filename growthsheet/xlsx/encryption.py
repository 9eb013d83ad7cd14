"""Encrypt and decrypt workbooks with a password (agile encryption, AES-256), as Excel and LibreOffice do."""

from __future__ import annotations

from io import BytesIO

from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model.excel_limits import MAX_PASSWORD

MOST_SPINS = 500_000
"""The most rounds of key derivation that are accepted; Excel uses 100,000, and more would only take time."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file: an old workbook, or a new one with a password."""


def check_password(password: str) -> None:
    """Raise InputError if a password cannot be used, or if the library for encryption is not installed."""
    if not 1 <= len(password) <= MAX_PASSWORD or "\0" in password:
        found = "no password, or one that is too long or holds a NUL character"
        expected = f"1 to {MAX_PASSWORD} characters"
        raise InputError([Problem("bad-password", "password", found, expected, "give another one")])
    try:
        import msoffcrypto  # noqa: F401 - whether it is there
    except ImportError:
        found, hint = "msoffcrypto-tool is not installed", "install it with pip install msoffcrypto-tool"
        raise InputError([Problem("no-encryption", "password", found, "a package that encrypts files", hint)]) from None


def is_encrypted(data: bytes) -> bool:
    """Return whether a file is a workbook with a password."""
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data


def encrypt(data: bytes, password: str) -> bytes:
    """Return a workbook that opens only with the password; the bytes differ each time, because the key is random."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def decrypt(data: bytes, name: str, password: str) -> bytes:
    """Return the workbook inside an encrypted one.

    Raises
    ------
    InputError
        If the file does not open with the password.
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
    except Exception:  # of many types if the file is damaged; none may reveal its content
        found, hint = "it does not open with the password", "give the file's own password, or ask for one without it"
        raise refusal("wrong-password", name, found, "a workbook with that password, or none", hint) from None
    return out.getvalue()
