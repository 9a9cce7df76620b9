"""Sealing, blind indexes, masks, and what is found in free text."""

from collections.abc import Callable

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from yifa.platform import crypto
from yifa.platform.crypto import Vault, blind_index, decrypt, encrypt, normalise
from yifa.platform.masking import mask, scrub

OLD, NEW, BLIND = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32


@given(st.text(), st.binary(max_size=40))
def test_what_is_sealed_opens(text: str, aad: bytes) -> None:
    assert decrypt(encrypt(text, aad), aad) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert len({encrypt("测试甲", b"a") for _ in range(50)}) == 50
    assert "测试甲".encode() not in encrypt("测试甲", b"a")


def test_moved_it_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        decrypt(encrypt("测试甲", b"row 1"), b"row 2")


@pytest.mark.parametrize("place", [4, 15, 16, -1])
def test_changed_it_does_not_open(place: int) -> None:
    sealed = bytearray(encrypt("测试甲", b"a"))
    sealed[place] ^= 1
    with pytest.raises(InvalidTag):
        decrypt(bytes(sealed), b"a")


def test_the_first_key_seals_and_every_key_opens() -> None:
    sealed = Vault([OLD], BLIND).seal(b"x", b"a")
    both = Vault([NEW, OLD], BLIND)
    assert both.open(sealed, b"a") == b"x"
    assert not both.is_current(sealed)
    assert both.is_current(both.seal(b"x", b"a"))
    with pytest.raises(KeyError):
        Vault([NEW], BLIND).open(sealed, b"a")


SAME = [
    ("id_number", "11010519491231002X", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]),
    ("phone", "13800000000", ["+86 138 0000 0000", "0086-138-0000-0000", "１３８００００００００"]),
    ("name", "测试·甲", ["测试甲", "测试 甲", "测试・甲", "测试‐甲"]),
    ("uscc", "91350100M000100Y43", ["91350100m000100y43", "91350100 M000100Y43"]),
    ("other", "甲 乙", [" 甲 乙 "]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "others"), SAME)
def test_ways_of_writing_have_one_index(kind: str, value: str, others: list[str]) -> None:
    assert {blind_index(kind, other) for other in others} == {blind_index(kind, value)}
    assert len(blind_index(kind, value)) == 32
    assert normalise(kind, normalise(kind, value)) == normalise(kind, value)


def test_an_index_depends_on_value_kind_and_key() -> None:
    found = {blind_index("phone", "13800000000"), blind_index("phone", "13800000001"),
             blind_index("other", "13800000000"), Vault([OLD], BLIND).blind("phone", "13800000000")}  # fmt: skip
    assert len(found) == 4


def test_the_vault_has_the_keys_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = encrypt("甲", b"a")
    monkeypatch.setenv("YIFA_DATA_KEYS", OLD.hex())
    monkeypatch.setenv("YIFA_BLIND_KEY", BLIND.hex())
    crypto.vault.cache_clear()
    try:
        assert blind_index("phone", "1") == Vault([OLD], BLIND).blind("phone", "1")
        with pytest.raises(KeyError):
            decrypt(sealed, b"a")
    finally:
        crypto.vault.cache_clear()


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("id_number", "44010619900101123X", "440106********123X"),
        ("id_number", "440106900101123", "*" * 15),
        ("phone", "13800000000", "138****0000"),
        ("phone", "020-8123", "********"),
        ("name", "张三", "张*"),
        ("name", "欧阳测试", "欧***"),
        ("name", "张", "*"),
        ("name", "", "*"),
        ("email", "someone@example.org", "s***@example.org"),
        ("email", "nothing", "***"),
        ("bank_account", "6222020000000001234", "***************1234"),
        ("bank_account", "1234", "****"),
        ("address", "广东省广州市天河区测试路1号", "广东省广州市天河区***"),
        ("address", "测试路1号", "***"),
        ("diagnosis", "甲", "***"),
    ],
)
def test_masks(kind: str, value: str, shown: str) -> None:
    assert mask(kind, value) == shown


@given(
    st.sampled_from(["id_number", "phone", "name", "email", "bank_account", "unknown"]), st.text(min_size=2)
)
def test_a_mask_never_shows_the_whole(kind: str, value: str) -> None:
    assert mask(kind, value) != value or set(value) <= {"*", "@"}


@pytest.mark.parametrize(
    "secret",
    [
        "44010619900101123X", "440106199001011234", "440106 19900101 1234", "13800000000", "138-0000-0000",
        "138 0000 0000", "+8613800000000", "6222020000000001234", "440106900101123", "a.person@example.org",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "电话{}。", "id={},", "“{}”", "/x/{}/y", '{{"a": "{}"}}'])
def test_people_are_scrubbed_from_text(secret: str, around: str) -> None:
    assert secret not in scrub(around.format(secret))


@pytest.mark.parametrize(
    "text",
    [
        "穗府行复〔2024〕123号", "2024-01-31T10:00:00.123456+08:00", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "20240131",
        "sha256:9b13800000000f", "耗时 1234567 微秒", "91350100M000100Y43", "020-81234567",
    ],
)  # fmt: skip
def test_what_is_no_person_stays(text: str) -> None:
    assert scrub(text) == text


@given(st.text(max_size=64))
def test_an_alias_is_the_same_for_the_same_and_leads_back(identity: str) -> None:
    vault = Vault([OLD], BLIND)
    alias = vault.alias(identity)
    assert alias == Vault([NEW], BLIND).alias(identity)  # data keys may change
    assert vault.unalias(alias) == identity
    assert Vault([OLD], NEW).alias(identity) != alias


@pytest.mark.parametrize(
    "mangle", [lambda a: a[:-2], lambda a: "x" + a, lambda a: a.swapcase(), lambda a: "甲", lambda a: "a"]
)
def test_a_changed_alias_does_not_lead_back(mangle: Callable[[str], str]) -> None:
    vault = Vault([OLD], BLIND)
    with pytest.raises(InvalidTag):
        vault.unalias(mangle(vault.alias("测试甲")))
