"""The verifier against an export in which everything was tampered with in turn: all found, the event named."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.ledger_sample import KEY, Log, build, write

from yifa.ledger import verifier
from yifa.ledger.errors import MalformedError
from yifa.ledger.export import COLUMNS, EventRow, row_line
from yifa.ledger.receipt import to_json
from yifa.ledger.tiles import encode_bundle

Files = dict[str, bytes]
Row = dict[str, Any]
OTHER = "9" * 64
VICTIM = 17
"""Index of the row tampered with: closed fields would do as well, this one is opened."""


@pytest.fixture
def files(log: Log) -> Files:
    return log.files(receipts=(0, VICTIM))


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Write the files, run the verifier in this process, return exit code and output."""

    def run(files: Files, *arguments: object) -> tuple[int, str]:
        folder = write(tmp_path / "export", files)
        code = verifier.main([str(folder), "--key", str(KEY), "--jobs", "1", *map(str, arguments)])
        return code, capsys.readouterr().out

    return run


def rows_of(files: Files) -> list[Row]:
    return [json.loads(line) for line in files["events.ndjson"].splitlines()]


def with_rows(files: Files, rows: list[Row]) -> Files:
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for row in rows]
    return files | {"events.ndjson": "".join(f"{line}\n" for line in lines).encode()}


def name(row: Row | EventRow) -> str:
    case, seq = (row["case"], row["seq"]) if isinstance(row, dict) else (row.case, row.seq)
    return f"案件 {case} 第 {seq} 号"


def tampered(files: Files, change: Callable[[Row], object], index: int = VICTIM) -> tuple[Files, str]:
    """The export with one row changed, and the true name of its event."""
    rows = rows_of(files)
    before = name(rows[index])
    change(rows[index])
    return with_rows(files, rows), before


def test_an_untouched_export_holds(files: Files, check: Callable[..., tuple[int, str]]) -> None:
    code, text = check(files)
    assert (code, text.splitlines()[-1]) == (0, "核验通过")
    assert text.startswith("检查点:40 条,树根 ")


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 600])
def test_exports_of_many_sizes_hold(size: int, check: Callable[..., tuple[int, str]]) -> None:
    assert check(build(size, 7).files(tuple({0, size - 1})))[0] == 0


def test_an_empty_log_holds(check: Callable[..., tuple[int, str]]) -> None:
    assert check(Log().files() | {"events.ndjson": b""})[0] == 0


CHANGES: dict[str, dict[str, Callable[[Row], object]]] = {
    "case": {
        "other": lambda row: row.update(case="示例行复〔2099〕99号"),
        "type": lambda row: row.update(case=1),
    },
    "seq": {"next": lambda row: row.update(seq=row["seq"] + 1), "negative": lambda row: row.update(seq=-1)},
    "index": {
        "next": lambda row: row.update(index=row["index"] + 1),
        "outside": lambda row: row.update(index=10**6),
        "negative": lambda row: row.update(index=-1),
    },
    "head": {
        "other": lambda row: row.update(head=OTHER),
        "short": lambda row: row.update(head="00"),
        "upper": lambda row: row.update(head=row["head"].upper()),
    },
    "fields": {
        "changed": lambda row: row["fields"].update(fee=OTHER),
        "removed": lambda row: row["fields"].pop("fee"),
        "added": lambda row: row["fields"].update(more=OTHER),
        "renamed": lambda row: row["fields"].update(fees=row["fields"].pop("fee")),
        "short": lambda row: row["fields"].update(fee="00"),
        "shifted": lambda row: row["fields"].update(
            action=row["fields"]["action"] + row["fields"]["effective_on"][:2],
            effective_on=row["fields"]["effective_on"][2:],
        ),
        "upper": lambda row: row["fields"].update(fee=row["fields"]["fee"].upper()),
        "none": lambda row: row.update(fields={}),
    },
    "open": {
        "value": lambda row: row["open"]["fee"].update(value=10**6),
        "type": lambda row: row["open"]["fee"].update(value=str(row["open"]["fee"]["value"])),
        "salt": lambda row: row["open"]["fee"].update(salt=OTHER),
        "upper": lambda row: row["open"]["fee"].update(salt=row["open"]["fee"]["salt"].upper()),
        "swapped": lambda row: row["open"].update(fee=row["open"]["action"]),
        "added": lambda row: row["open"].update(more=row["open"]["fee"]),
        "number": lambda row: row["open"]["fee"].update(value=17.0),
    },
}


def test_every_column_is_classed_and_changed() -> None:
    assert set(CHANGES) == {column for column, kind in COLUMNS.items() if kind != "operational"}


@pytest.mark.parametrize(
    ("column", "kind"), [(column, kind) for column, kinds in CHANGES.items() for kind in kinds]
)
def test_every_changed_column_is_found_and_named(
    column: str, kind: str, files: Files, check: Callable[..., tuple[int, str]]
) -> None:
    changed, event = tampered(files, CHANGES[column][kind])
    code, text = check(changed)
    assert code == 1
    assert event in text, text


def test_any_changed_byte_of_the_events_is_found_and_named(tmp_path: Path) -> None:
    small = build(6, 2)
    content = small.files()["events.ndjson"]
    log, names = verifier.Log(small.entries), [name(row) for row in small.rows]
    path = tmp_path / "events.ndjson"
    for at, byte in enumerate(content[:-1]):
        for other in {byte ^ 32, (byte ^ 1, byte ^ 128, ord("\n"), ord(" "), ord('"'))[at % 5]} - {byte}:
            path.write_bytes(content[:at] + bytes([other]) + content[at + 1 :])
            found = verifier.check_events(path, log, 1, False)
            assert any(names[content[:at].count(b"\n")] in text for text in found), (at, other)


@pytest.mark.parametrize(
    "path", ["checkpoint", "tile/0/000.p/6", "tile/entries/000.p/6", "receipts/000000000003.json"]
)
def test_any_changed_byte_of_the_other_files_is_found(
    path: str, check: Callable[..., tuple[int, str]]
) -> None:
    files = build(6, 2).files((3,))
    content = files[path]
    for at in range(0, len(content), 3):
        for bit in (1, 32):
            changed = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
            assert check(files | {path: changed})[0] == 1, (at, bit)


@pytest.mark.parametrize("index", [0, 1, VICTIM, 35, 39])
def test_a_removed_event_is_named(index: int, files: Files, check: Callable[..., tuple[int, str]]) -> None:
    rows = rows_of(files)
    gone = rows.pop(index)
    code, text = check(with_rows(files, rows))
    assert code == 1
    assert f"{name(gone)}事件(日志第 {index} 条):事件缺失" in text
    assert "核验未通过:1 项" in text


@pytest.mark.parametrize("index", [0, VICTIM, 38])
def test_reordered_events_are_named(index: int, files: Files, check: Callable[..., tuple[int, str]]) -> None:
    rows = rows_of(files)
    rows[index], rows[index + 1] = rows[index + 1], rows[index]
    code, text = check(with_rows(files, rows))
    assert code == 1
    assert f"{name(rows[index + 1])}事件(日志第 {index} 条):重复或顺序颠倒" in text


def test_swapped_events_with_swapped_places_are_named(
    files: Files, check: Callable[..., tuple[int, str]]
) -> None:
    rows = rows_of(files)
    names = name(rows[4]), name(rows[8])
    rows[4], rows[8] = rows[8] | {"index": 4}, rows[4] | {"index": 8}
    code, text = check(with_rows(files, rows))
    assert code == 1
    assert all(one in text for one in names)


@pytest.mark.parametrize("index", [0, VICTIM, 39])
def test_an_inserted_copy_is_named(index: int, files: Files, check: Callable[..., tuple[int, str]]) -> None:
    rows = rows_of(files)
    rows.insert(index, rows[index])
    code, text = check(with_rows(files, rows))
    assert code == 1
    assert f"{name(rows[index])}事件(日志第 {index} 条):重复或顺序颠倒" in text


def test_an_inserted_new_event_is_named(files: Files, check: Callable[..., tuple[int, str]]) -> None:
    rows = rows_of(files)
    forged = rows[VICTIM] | {"seq": 99, "index": 40}
    code, text = check(with_rows(files, [*rows, forged]))
    assert code == 1
    assert f"{name(forged)}事件:日志中没有第 40 条,系插入" in text


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{}\n",
        b"[]\n",
        b"\xff\n",
        b"{" * 10**5 + b"\n",
        b'{"fields":{"a":1}}\n',
        b"null\n",
        b"1" * 5000 + b"\n",
    ],
)
def test_hostile_lines_are_reported_by_place(
    line: bytes, files: Files, check: Callable[..., tuple[int, str]]
) -> None:
    code, text = check(files | {"events.ndjson": files["events.ndjson"] + line})
    assert code == 1
    assert "(日志第 39 条)之后的一行格式不符" in text
    assert "文件开头之后的一行格式不符" in check(files | {"events.ndjson": line})[1]


def test_a_doubled_key_is_refused(files: Files, check: Callable[..., tuple[int, str]]) -> None:
    doubled = files["events.ndjson"].replace(b'{"case":', b'{"case":"x","case":', 1)
    code, text = check(files | {"events.ndjson": doubled})
    assert code == 1
    assert "格式不符" in text


# --- the log's own files ---------------------------------------------------------------------------------


def test_a_changed_leaf_hash_is_named(files: Files, log: Log, check: Callable[..., tuple[int, str]]) -> None:
    tile = bytearray(files["tile/0/000.p/40"])
    tile[32 * VICTIM] ^= 1
    code, text = check(files | {"tile/0/000.p/40": bytes(tile)})
    assert code == 1
    assert f"{name(log.rows[VICTIM])}事件(日志第 {VICTIM} 条):条目与哈希瓦片不符" in text


def test_a_changed_upper_tile_is_found(check: Callable[..., tuple[int, str]]) -> None:
    files = build(300).files()
    code, text = check(files | {"tile/1/000.p/1": bytes(32)})
    assert code == 1
    assert re.search(r"哈希瓦片与条目不符:.*tile/1/000\.p/1", text)


@pytest.mark.parametrize("path", ["checkpoint", "events.ndjson", "tile/0/000.p/40", "tile/entries/000.p/40"])
def test_a_missing_file_is_found(
    path: str, files: Files, check: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    del files[path]
    code, text = check(files)
    assert code == 1
    assert "缺少文件或无法读取" in text
    assert path.split("/")[0] in text


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data + b"\x00\x00", lambda data: b""]
)
def test_a_damaged_bundle_is_found(
    change: Callable[[bytes], bytes], files: Files, check: Callable[..., tuple[int, str]]
) -> None:
    path = "tile/entries/000.p/40"
    code, text = check(files | {path: change(files[path])})
    assert code == 1
    assert "条目文件损坏" in text


def test_a_changed_entry_is_named(files: Files, log: Log, check: Callable[..., tuple[int, str]]) -> None:
    entries = list(log.entries)
    entries[VICTIM] = bytes(32) + entries[VICTIM][32:]
    code, text = check(files | {"tile/entries/000.p/40": encode_bundle(entries)})
    assert code == 1
    assert f"{name(log.rows[VICTIM])}事件" in text
    assert "有事件被改写" in text


def test_a_log_that_skips_a_number_is_named(check: Callable[..., tuple[int, str]]) -> None:
    log = build(8)
    seq, head = log.heads["示例行复〔2099〕1号"]
    log.heads["示例行复〔2099〕1号"] = seq + 1, head
    row = log.act("示例行复〔2099〕1号", {"action": "跳号"})
    code, text = check(log.files())
    assert code == 1
    assert f"{name(row)}事件(日志第 8 条):日志中的案内序号不连续" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n40\n", b"\n41\n"),
        (b"\n40\n", b"\n39\n"),
        (b"\n40\n", b"\n040\n"),
        (b"log.", b"lag."),
        (b"=\n", b"\n"),
    ],
)
def test_a_changed_checkpoint_is_found(
    old: bytes, new: bytes, files: Files, check: Callable[..., tuple[int, str]]
) -> None:
    changed = files["checkpoint"].replace(old, new, 1)
    assert changed != files["checkpoint"]
    assert check(files | {"checkpoint": changed})[0] == 1


def test_a_root_spelt_differently_is_refused(files: Files, check: Callable[..., tuple[int, str]]) -> None:
    note = bytearray(files["checkpoint"])
    note[note.index(b"=\n") - 1] += 1  # sets a bit that base64 does not use here
    assert "检查点格式不符" in check(files | {"checkpoint": bytes(note)})[1]


@pytest.mark.parametrize(
    "data", [b"\xff", b"a\n1\nAAAA\n\n\xe2\x80\x94 a AAAAAAAA\n", b"a\n1\n\n\n- a AAAA\n"]
)
def test_checkpoints_in_another_form_are_refused(
    data: bytes, files: Files, check: Callable[..., tuple[int, str]]
) -> None:
    assert "检查点格式不符" in check(files | {"checkpoint": data})[1]


# --- against what was kept outside -----------------------------------------------------------------------


def rewritten(events: int = 40) -> Log:
    """The log of a forger who holds the signing key and remakes everything after changing one act."""
    log = Log()
    for row in build(events).rows:
        values = {name: opening.value for name, opening in row.opened.items()} or {"action": "不公开"}
        if row.index == VICTIM:
            values["action"] = "改写的动作"
        log.act(row.case, values)
    return log


def test_older_checkpoints_of_the_same_log_hold(
    files: Files, log: Log, check: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    arguments: list[object] = []
    for size in range(len(log.entries) + 1):
        old = tmp_path / f"old{size}"
        old.write_bytes(log.checkpoint(size))
        arguments += ["--checkpoint", old]
    assert check(files, *arguments)[0] == 0


def test_truncation_is_found_by_an_older_checkpoint(
    log: Log, check: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "old").write_bytes(log.checkpoint())
    short = build(30)
    code, text = check(short.files(), "--checkpoint", tmp_path / "old")
    assert code == 1
    assert f"日志被截断:旧检查点有 40 条,现有 30 条,现存最后一条为{name(short.rows[-1])}" in text
    code, text = check(Log().files() | {"events.ndjson": b""}, "--checkpoint", tmp_path / "old")
    assert "现有 0 条" in text


def test_truncation_is_found_by_a_receipt_which_names_the_event(
    log: Log, check: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "r.json").write_bytes(to_json(log.receipt(35)))
    code, text = check(build(30).files(), "--receipt", tmp_path / "r.json")
    assert code == 1
    assert f"{name(log.rows[35])}事件的回执:与日志不符:日志被截断或改写" in text


def test_rewriting_with_the_key_is_found_by_an_older_checkpoint(
    log: Log, check: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    forged = rewritten().files()
    assert check(forged)[0] == 0
    (tmp_path / "old").write_bytes(log.checkpoint(30))
    code, text = check(forged, "--checkpoint", tmp_path / "old")
    assert code == 1
    assert "日志被改写:与旧检查点(前 30 条)不一致" in text


def test_rewriting_with_the_key_is_named_by_an_older_export(
    check: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    honest = Log()
    for row in build().rows:
        honest.act(row.case, {key: item.value for key, item in row.opened.items()} or {"action": "不公开"})
    old = write(tmp_path / "old", honest.files())
    assert check(rewritten(50).files(), "--checkpoint", old)[1].count(
        f"{name(honest.rows[VICTIM])}事件(日志第 {VICTIM} 条):与旧导出包中的同一条不同"
    )


def test_an_older_export_whose_entries_do_not_show_the_change(
    check: Callable[..., tuple[int, str]], tmp_path: Path, log: Log
) -> None:
    forged = rewritten().files()
    old = write(tmp_path / "old", forged | {"checkpoint": log.checkpoint()})
    code, text = check(forged, "--checkpoint", old)
    assert (code, text.count("×")) == (1, 1)


def test_an_older_checkpoint_with_a_false_signature(
    files: Files, log: Log, check: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "old").write_bytes(log.checkpoint(30).replace(b"\n30\n", b"\n29\n"))
    assert "旧检查点的签名无效" in check(files, "--checkpoint", tmp_path / "old")[1]


# --- receipts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"event": OTHER}, "所附字段与事件承诺不符"),
        ({"previous": OTHER}, "链值与事件承诺不符"),
        ({"head": OTHER}, "与日志不符"),
        ({"seq": 9}, "与日志不符"),
        ({"case": "别案"}, "与日志不符"),
        ({"head": OTHER[:-2]}, "回执格式不符"),
        ({"head": "FF" * 32}, "回执格式不符"),
        ({"index": VICTIM + 1}, "包含证明不成立"),
        ({"index": -1}, "包含证明不成立"),
        ({"proof": []}, "包含证明不成立"),
        ({"proof": [OTHER] * 9}, "包含证明不成立"),
        ({"open": {"fee": {"salt": "00" * 16, "value": 1}}}, "公开的字段内容与承诺不符"),
        ({"format": "other"}, "格式不规范"),
        ({"checkpoint": "x"}, "检查点格式不符"),
        ({"fields": {"b": OTHER, "a": OTHER}}, "所附字段与事件承诺不符"),
        ({"seq": -1}, "回执格式不符"),
        ({"proof": 1}, "回执格式不符"),
    ],
)
def test_changed_receipts_are_found(
    change: Row, text: str, files: Files, check: Callable[..., tuple[int, str]]
) -> None:
    path = f"receipts/{VICTIM:012}.json"
    form = json.loads(files[path]) | change
    data = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    code, output = check(files | {path: data})
    assert code == 1
    assert text in output


def test_a_receipt_without_fields_and_alone(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = json.loads(to_json(log.receipt(3))) | {"fields": {}, "open": {}}
    (tmp_path / "r.json").write_text(
        json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    )
    assert verifier.main(["--receipt", str(tmp_path / "r.json"), "--key", str(KEY)]) == 0
    assert verifier.main(["--receipt", str(tmp_path / "r.json")]) == 1
    assert "检查点签名无效" in capsys.readouterr().out


# --- partial exports, erasure, options -------------------------------------------------------------------


def test_a_partial_export_holds_whole_cases_only(files: Files, check: Callable[..., tuple[int, str]]) -> None:
    rows = rows_of(files)
    mine = [row for row in rows if row["case"] == rows[0]["case"]]
    assert check(with_rows(files, mine))[0] == 1
    assert check(with_rows(files, mine), "--partial")[0] == 0
    code, text = check(with_rows(files, mine[:-1]), "--partial")
    assert code == 1
    assert f"{name(mine[-1])}事件(日志第 {mine[-1]['index']} 条):事件缺失" in text


def test_erasing_values_and_salts_leaves_everything_valid(
    files: Files, check: Callable[..., tuple[int, str]]
) -> None:
    erased = [{key: item for key, item in row.items() if key != "open"} for row in rows_of(files)]
    some, _ = tampered(files, lambda row: row["open"].pop("action"))
    assert check(with_rows(files, erased))[0] == check(some)[0] == 0


def test_without_a_key_the_reader_is_warned(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, files)
    assert verifier.main([str(folder)]) == 0
    assert "公钥取自导出包本身" in capsys.readouterr().out
    (tmp_path / "keys").write_text("nonsense\n")
    assert verifier.main([str(folder)]) == 1
    assert "公钥格式不符" in capsys.readouterr().out


def test_a_key_of_another_kind_or_wrong_id_is_refused(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for key in (str(KEY).replace("+ff", "+fe"), "a+00000000+AgID"):
        assert verifier.main([str(write(tmp_path, files)), "--key", key]) == 1
        assert "公钥格式不符" in capsys.readouterr().out


def test_long_lists_of_findings_are_cut(files: Files, check: Callable[..., tuple[int, str]]) -> None:
    log = build(120)
    code, text = check(log.files() | {"events.ndjson": b""})
    assert code == 1
    assert text.count("×") == verifier.SHOWN
    assert "另有 70 项" in text
    assert "核验未通过:120 项" in text


def test_something_to_check_must_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        verifier.main([])
    assert "请给出导出包目录" in capsys.readouterr().err


def test_several_processes_find_the_same(
    files: Files, check: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, _ = tampered(files, CHANGES["fields"]["changed"])
    alone = check(changed)
    monkeypatch.setattr(verifier, "ROWS_WORTH_A_PROCESS", 1)
    assert check(changed, "--jobs", "3") == alone
    assert check(files, "--jobs", "2")[0] == 0


def test_it_runs_with_the_standard_library_alone(files: Files, log: Log, tmp_path: Path) -> None:
    folder = write(tmp_path / "export", files)
    (tmp_path / "old").write_bytes(log.checkpoint(20))
    script = tmp_path / "verifier.py"
    script.write_bytes(Path(verifier.__file__).read_bytes())

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-W", "error", str(script), *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False
        )

    good = run(str(folder), "--checkpoint", str(tmp_path / "old"), "--key", str(KEY))
    assert (good.returncode, good.stderr) == (0, "")
    changed, event = tampered(files, CHANGES["open"]["value"])
    bad = run(str(write(tmp_path / "bad", changed)), "--key", str(KEY))
    assert bad.returncode == 1
    assert event in bad.stdout


# --- the writer ------------------------------------------------------------------------------------------


def test_a_row_is_written_canonically_and_its_case_is_checked(log: Log) -> None:
    line = row_line(log.rows[0])
    assert json.loads(line).keys() == COLUMNS.keys() - {"open"}
    assert line.endswith(b"}\n")
    assert b": " not in line
    with pytest.raises(MalformedError, match="case"):
        row_line(EventRow('a"', 1, 0, bytes(32), {"a": bytes(32)}))


def test_export_paths(files: Files) -> None:
    assert sorted(files) == [
        "checkpoint",
        "events.ndjson",
        "keys",
        "receipts/000000000000.json",
        f"receipts/{VICTIM:012}.json",
        "tile/0/000.p/40",
        "tile/entries/000.p/40",
    ]
