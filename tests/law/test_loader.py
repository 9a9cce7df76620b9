"""The data loader: plain data, errors that name the place, one reading per file."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from yifa.law.loader import DataError, list_data, load_yaml, parse_yaml


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A throwaway package `sample_data` with a few files."""
    folder = tmp_path / "sample_data"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "b.yaml").write_text(
        "名称: 春节\nday: 2024-02-10\nrows: [1, 2.5, true, null]\n", encoding="utf-8"
    )
    (folder / "a.yaml").write_text("- x\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("a: 1\nb: [1\n", encoding="utf-8")
    (folder / "latin.yaml").write_bytes("a: é".encode("latin-1"))
    (folder / "notes.txt").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield "sample_data"
    sys.modules.pop("sample_data", None)
    load_yaml.cache_clear()
    list_data.cache_clear()


def test_a_file_becomes_plain_data(package: str) -> None:
    expected = {"名称": "春节", "day": date(2024, 2, 10), "rows": [1, 2.5, True, None]}
    assert load_yaml(package, "b.yaml") == expected


def test_a_file_is_read_once(package: str) -> None:
    assert load_yaml(package, "b.yaml") is load_yaml(package, "b.yaml")


def test_files_are_listed_by_suffix_in_order(package: str) -> None:
    assert list_data(package, ".yaml") == ("a.yaml", "b.yaml", "broken.yaml", "latin.yaml")
    assert list_data(package, ".csv") == ()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.yaml", "sample_data/missing.yaml: "),
        ("broken.yaml", "sample_data/broken.yaml:3:1: "),
        ("latin.yaml", "sample_data/latin.yaml: 'utf-8' codec"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_place(package: str, name: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        load_yaml(package, name)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("package", ["no_such_package", "yifa.law.loader"])
def test_what_is_no_package_is_refused(package: str) -> None:
    with pytest.raises(DataError, match=package):
        load_yaml(package, "a.yaml")
    with pytest.raises(DataError, match=package):
        list_data(package, ".yaml")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2\n", "f.yaml:2:1: duplicate key 'a'"),
        ("{outer: {b: 1, b: 2}}", "f.yaml:1:16: duplicate key 'b'"),
        ("1: x\n1: y\n", "f.yaml:2:1: duplicate key '1'"),
        ("? [1, 2]\n: 3", "f.yaml:1:3: found unhashable key"),
        ("a: !python/object:os.system 1", "f.yaml:1:4: could not determine a constructor"),
        ("- *x", "f.yaml:1:3: found undefined alias"),
        ("a: 1\n---\nb: 2", "f.yaml:2:1: "),
        ("a: \x01", "f.yaml: unacceptable character"),
    ],
)
def test_malformed_text_is_refused_with_its_place(text: str, problem: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_yaml(text, "f.yaml")
    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("1: number\n'1': text", {1: "number", "1": "text"}),
        ("a: &x {p: 1, q: 1}\nb: {<<: *x, p: 2}", {"a": {"p": 1, "q": 1}, "b": {"p": 2, "q": 1}}),
    ],
    ids=["empty", "keys-of-two-types", "merge-key-overridden"],
)
def test_what_only_looks_like_a_duplicate_is_accepted(text: str, data: object) -> None:
    assert parse_yaml(text, "f.yaml") == data
