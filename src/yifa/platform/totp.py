"""One-time codes made from a shared secret and the time. Pure: the moment is an argument.

Sources: RFC 4226 (HOTP), RFC 6238 (TOTP): HMAC-SHA-1, 30-second steps from 1970, six digits, as authenticator apps expect.
"""

import hmac
from base64 import b32decode, b32encode
from urllib.parse import quote, urlencode

STEP, DIGITS = 30, 6
SECRET_BYTES = 20  # RFC 4226 section 4, R6: 160 bits recommended
DRIFT = 1  # steps by which clocks may differ (RFC 6238 section 5.2: at most one for the network's delay)


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of a time step (RFC 4226 section 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_of(seconds: float) -> int:
    """The time step of a moment, in seconds since 1970."""
    return int(seconds) // STEP


def matching(secret: bytes, text: str, seconds: float, after: int = -1) -> int | None:
    """The step whose code this is, near the moment and later than the step last used; None: it is no code now.

    A code is good once only (RFC 6238 section 5.2): pass the step that is returned as `after` the next time.
    """
    now = step_of(seconds)
    steps = (now, *(now + way * by for by in range(1, DRIFT + 1) for way in (-1, 1)))
    fitting = (s for s in steps if s > after and hmac.compare_digest(code(secret, s), text))
    return next(fitting, None) if text.isascii() else None  # compare_digest takes no other letters


def text_of(secret: bytes) -> str:
    """The secret as it is typed into an app by hand: base32 without padding."""
    return b32encode(secret).decode().rstrip("=")


def secret_of(text: str) -> bytes:
    """What `text_of` wrote."""
    return b32decode(text + "=" * (-len(text) % 8))


def address(secret: bytes, login: str, issuer: str) -> str:
    """The address an authenticator app reads from a QR code."""
    query = urlencode({"secret": text_of(secret), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?{query}"
