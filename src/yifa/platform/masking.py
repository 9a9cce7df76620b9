"""What may be shown of personal data to those who need not see it whole, and how it is found in free text."""

import re
from collections.abc import Callable

HIDDEN = "***"


def _ends(first: int, last: int, exact: int) -> Callable[[str], str]:
    """Keep the ends of a value of exactly the right length; anything else is hidden whole."""

    def masked(text: str) -> str:
        if len(text) != exact:
            return "*" * len(text)
        return text[:first] + "*" * (exact - first - last) + text[-last:]

    return masked


def _name(text: str) -> str:
    return text[:1] + "*" * (len(text) - 1) if len(text) > 1 else "*"


def _email(text: str) -> str:
    return f"{text[:1]}{HIDDEN}@{text.rpartition('@')[2]}" if "@" in text else HIDDEN


def _account(text: str) -> str:
    return "*" * (len(text) - 4) + text[-4:] if len(text) >= 12 else "*" * len(text)


def _address(text: str) -> str:
    """Down to the district; the street tells where somebody lives."""
    found = re.match(r".*?[区县]", text)
    return (found.group() if found else "") + HIDDEN


def _birth(text: str) -> str:
    return text[:4] + "-**-**" if re.match(r"\d{4}-", text) else HIDDEN


MASKS: dict[str, Callable[[str], str]] = {
    "id_number": _ends(6, 4, 18),
    "phone": _ends(3, 4, 11),
    "name": _name,
    "email": _email,
    "bank_account": _account,
    "address": _address,
    "birth_date": _birth,
}


def mask(kind: str, value: str) -> str:
    """身份证 440106********123X, phone 138****0000, name 张*; a kind not in the table is hidden whole."""
    masked = MASKS.get(kind)
    return masked(value.strip()) if masked else HIDDEN


# Whatever looks like these is masked in logs. Letters and digits beside it mean a hash or a serial number.
_BEFORE, _AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
PATTERNS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (_BEFORE + r"[1-9]\d{5}[ -]?(?:18|19|20)\d{6}[ -]?\d{3}[0-9Xx]" + _AFTER, "[身份证号]"),
        (r"(?<![0-9A-Za-z])(?:(?:\+|00)86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}" + _AFTER, "[手机号]"),
        (_BEFORE + r"\d{15,19}" + _AFTER, "[证件或账号]"),
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "[邮箱]"),
    )
)  # fmt: skip


def scrub(text: str) -> str:
    """Free text with everything that looks like an ID number, phone, account or e-mail replaced."""
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text
