"""Signed notes and checkpoints: the published vectors, and hostile spellings."""

import contextlib
from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.ledger_sample import KEY, ORIGIN, SEED, sign

from yifa.ledger import signing
from yifa.ledger.checkpoint import (
    Checkpoint,
    open_checkpoint,
    parse_body,
    parse_checkpoint,
    sign_checkpoint,
)
from yifa.ledger.errors import MalformedError
from yifa.ledger.note import (
    MAX_NOTE_BYTES,
    Key,
    Note,
    Signature,
    decode_base64,
    is_signed,
    parse_key,
    parse_note,
    sign_note,
)

# The example of the signed-note reference implementation: key, seed and note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PETER_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
PETER_NOTE = (
    PETER_TEXT + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
STATE = Checkpoint(ORIGIN, 12, bytes(32))
SIGNED = sign_checkpoint(STATE, KEY, sign)
OTHER = Key("other.example", signing.public_key(bytes(32)))


def test_the_reference_note_is_reproduced_and_verifies() -> None:
    key = parse_key(PETER)
    note = sign_note(PETER_TEXT, key, lambda message: signing.sign(PETER_SEED, message))
    assert note.encode() == PETER_NOTE
    assert parse_note(PETER_NOTE) == note
    assert is_signed(note, [key], signing.verify)
    assert str(key) == PETER
    assert key.key_id.hex() == "c74f20a3"


@pytest.mark.parametrize(
    "text",
    [
        PETER[1:],
        PETER[:-1],
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("c74f20a3", "C74F20A3"),
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann" + PETER[12:],
        "",
        "a+b+c",
    ],
)
def test_keys_in_any_other_form_are_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        parse_key(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\nb"])
def test_key_names(name: str) -> None:
    with pytest.raises(MalformedError, match="key"):
        Key(name, bytes(32))


@given(st.integers(0, len(PETER_NOTE) * 8 - 1))
def test_no_bit_of_a_note_may_flip(bit: int) -> None:
    data = bytearray(PETER_NOTE)
    data[bit // 8] ^= 1 << bit % 8
    with contextlib.suppress(MalformedError):
        assert not is_signed(parse_note(bytes(data)), [parse_key(PETER)], signing.verify)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        PETER_NOTE[:-1],
        PETER_NOTE + b"\n",
        PETER_NOTE + b"\xff",
        PETER_NOTE.replace(b"\xe2\x80\x94", b"--"),
        PETER_NOTE.replace(b"PeterNeumann ", b"Peter Neumann "),
        PETER_NOTE.replace(b"PeterNeumann ", b" "),
        PETER_NOTE.replace(b"PeterNeumann ", b"Peter+Neumann "),
        PETER_NOTE.replace(b"AM=", b"AN="),
        PETER_NOTE.replace(b"AM=", b"AM"),
        PETER_NOTE.replace(b"think", b"thi\tk"),
        PETER_TEXT.encode() + "\n\u2014 a AAAA\n".encode(),
        PETER_NOTE + PETER_NOTE[-128:] * 1000,
        bytes(MAX_NOTE_BYTES + 1),
        (PETER_TEXT + "\n" + "\u2014 a AAAAAAAA\n" * 65).encode(),
    ],
)
def test_notes_in_any_other_form_are_refused(data: bytes) -> None:
    with pytest.raises(MalformedError):
        parse_note(data)


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "nul\x00\n"])
def test_texts_that_are_never_signed(text: str) -> None:
    with pytest.raises(MalformedError, match="note_text"):
        sign_note(text, KEY, sign)


@pytest.mark.parametrize("text", ["AA=", "AA==\n", " AAAA", "AB==", "é", "AA"])
def test_base64_has_one_spelling(text: str) -> None:
    with pytest.raises(MalformedError, match="base64"):
        decode_base64(text)


def test_unknown_signatures_are_ignored_and_false_ones_of_known_keys_are_not() -> None:
    note = parse_note(SIGNED)
    foreign = Signature("other.example", b"abcd", bytes(64))
    false = Signature(OTHER.name, OTHER.key_id, bytes(64))
    assert is_signed(Note(note.text, (foreign, *note.signatures)), [KEY, OTHER], signing.verify)
    assert not is_signed(Note(note.text, (false, *note.signatures)), [KEY, OTHER], signing.verify)
    assert is_signed(Note(note.text, (false, *note.signatures)), [KEY], signing.verify)
    assert not is_signed(note, [OTHER], signing.verify)
    assert not is_signed(note, [], signing.verify)


def test_a_checkpoint_signed_by_an_old_and_a_new_key_opens_with_either() -> None:
    new = sign_note(STATE.body(), OTHER, lambda message: signing.sign(bytes(32), message))
    both = Note(new.text, parse_note(SIGNED).signatures + new.signatures).encode()
    assert open_checkpoint(both, [KEY], signing.verify) == STATE
    assert open_checkpoint(both, [OTHER], signing.verify) == STATE


def test_a_checkpoint_opens_only_with_its_key() -> None:
    assert open_checkpoint(SIGNED, [KEY], signing.verify) == STATE
    assert open_checkpoint(SIGNED, [OTHER], signing.verify) is None
    assert parse_checkpoint(SIGNED) == STATE


def test_body_is_the_documented_one() -> None:
    root = b64encode(bytes(32)).decode()
    assert STATE.body() == f"{ORIGIN}\n12\n{root}\n"
    extended = Checkpoint("a", 0, bytes(32), ("one", "two"))
    assert parse_body(extended.body()) == extended


ROOT = b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "lines"),
        ("a\n1\n", "lines"),
        (f"\n1\n{ROOT}\n", "lines"),
        (f"a\n1\n{ROOT}", "lines"),
        (f"a\n1\n{ROOT}\n\n", "lines"),
        (f"a\n01\n{ROOT}\n", "size"),
        (f"a\n-1\n{ROOT}\n", "size"),
        (f"a\n+1\n{ROOT}\n", "size"),
        (f"a\n١\n{ROOT}\n", "size"),
        (f"a\n{2**53}\n{ROOT}\n", "size"),
        (f"a\n{'9' * 5000}\n{ROOT}\n", "size"),
        ("a\n1\nAAAA\n", "root"),
        ("a\n1\n!\n", "base64"),
    ],
)
def test_bodies_in_any_other_form_are_refused(body: str, code: str) -> None:
    with pytest.raises(MalformedError, match=code):
        parse_body(body)


def test_a_malformed_checkpoint_is_never_signed() -> None:
    for state in (Checkpoint("a\nb", 1, bytes(32)), Checkpoint("a", 1, bytes(32), ("x\ny",))):
        with pytest.raises(MalformedError, match="checkpoint"):
            sign_checkpoint(state, KEY, sign)


def test_signatures_of_wrong_length_or_by_no_key_are_just_invalid() -> None:
    signature = signing.sign(SEED, b"x")
    assert signing.verify(KEY.public, b"x", signature)
    assert not signing.verify(KEY.public, b"y", signature)
    assert not signing.verify(KEY.public, b"x", signature[:-1])
    assert not signing.verify(b"short", b"x", signature)
