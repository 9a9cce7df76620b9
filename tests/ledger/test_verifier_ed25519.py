"""The verifier's own Ed25519 against RFC 8032 section 7.1, against a library, and against malleable forms."""

from hashlib import sha512

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yifa.ledger import signing
from yifa.ledger.verifier import BASE, ORDER, P, ed25519_valid, point_decode, point_multiply

VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        sha512(b"abc").hexdigest(),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS)
def test_rfc_8032(seed: str, public: str, message: str, signature: str) -> None:
    key, text, value = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert signing.public_key(bytes.fromhex(seed)) == key
    assert signing.sign(bytes.fromhex(seed), text) == value
    assert ed25519_valid(key, text, value)
    assert not ed25519_valid(key, text + b"x", value)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100), st.integers(0, 511))
def test_agrees_with_the_library_and_no_bit_may_flip(seed: bytes, message: bytes, bit: int) -> None:
    public, signature = signing.public_key(seed), signing.sign(seed, message)
    assert ed25519_valid(public, message, signature)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert not ed25519_valid(public, message, bytes(changed))


def test_malleable_and_malformed_signatures_are_refused() -> None:
    public, signature = signing.public_key(bytes(32)), signing.sign(bytes(32), b"x")
    raised = int.from_bytes(signature[32:], "little") + ORDER
    assert not ed25519_valid(public, b"x", signature[:32] + raised.to_bytes(32, "little"))
    assert not ed25519_valid(public, b"x", signature[:-1])
    assert not ed25519_valid(public[:-1], b"x", signature)
    assert not ed25519_valid(bytes([2]) + bytes(31), b"x", signature)
    assert not ed25519_valid(public, b"x", bytes([2]) + bytes(31) + signature[32:])


@pytest.mark.parametrize(
    "data",
    [
        P.to_bytes(32, "little"),
        (P + 1).to_bytes(32, "little"),
        (1 + (1 << 255)).to_bytes(32, "little"),
        bytes([2]) + bytes(31),
    ],
    ids=["y = p", "y > p", "minus zero", "not on the curve"],
)
def test_points_that_are_none(data: bytes) -> None:
    assert point_decode(data) is None


def test_the_base_point() -> None:
    encoded = (4 * pow(5, -1, P) % P).to_bytes(32, "little")
    assert point_decode(encoded) == BASE
    x, y, z, _ = point_multiply(ORDER, BASE)
    assert (x % P, y % P) == (0, z % P)
