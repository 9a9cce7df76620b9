"""Check an export of the records, offline: python verifier.py EXPORT_DIR [--checkpoint OLD] [--key KEY].

One file, Python standard library only (3.10 or newer); it shares no code with the system it checks.
Formats: docs/ledger.md. Hashing: RFC 9162; notes, checkpoints, tiles: C2SP; signatures: RFC 8032.
Prints what it found in Chinese; exit code 0 when everything holds, 1 otherwise.
"""

import argparse
import base64
import gc
import io
import json
import multiprocessing
import os
import re
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
KeyId = tuple[str, bytes]

LINK, FIELD, EVENT = b"yifa/link/v1\n", b"yifa/field/v1\n", b"yifa/event/v1\n"
GENESIS = bytes(32)
WIDTH = 256
NAME = re.compile(r"[A-Za-z0-9_.\-]{1,255}", re.ASCII)
SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
SHOWN = 50
ROWS_WORTH_A_PROCESS = 50_000
scan: Any = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # one value, no end check
dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class UnreadableError(Exception):
    """A file is missing or not in the documented form; the message is for the reader."""


# --- Ed25519 verification, RFC 8032 section 5.1.7 --------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(p: Point, q: Point) -> Point:
    """Extended coordinates (X, Y, Z, T), RFC 8032 section 5.1.4."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_multiply(scalar: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = point_add(total, point)
        point, scalar = point_add(point, point), scalar >> 1
    return total


def point_decode(data: bytes) -> Point | None:
    """Decode 32 bytes, RFC 8032 section 5.1.3; None when they are no point in canonical form."""
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = (
    0x216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A,
    4 * pow(5, -1, P) % P,
    1,
    0x67875F0FD78B766566EA4E8E64ABE37D20F09F80775152F56DDE8AB3A5B7DDA3,
)


def ed25519_valid(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point_decode(public), point_decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = point_multiply(s, BASE), point_add(r, point_multiply(challenge, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


# --- signed notes and checkpoints ------------------------------------------------------------------------


def unbase64(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError
    return data


def parse_key(line: str) -> tuple[KeyId, bytes]:
    """name+ID+base64(0x01 || key) -> ((name, ID), 32-byte key)."""
    name, key_id, encoded = line.split("+", 2)
    data = unbase64(encoded)
    if data[:1] != b"\x01" or sha256(name.encode() + b"\n" + data).hexdigest()[:8] != key_id:
        raise ValueError
    return (name, bytes.fromhex(key_id)), data[1:]


def read_keys(texts: Iterable[str]) -> dict[KeyId, bytes]:
    """Keys given on the command line, as such or as a file with one a line."""
    keys: dict[KeyId, bytes] = {}
    for text in texts:
        lines = read(Path(text)).decode().splitlines() if os.path.exists(text) else [text]
        try:
            keys.update(map(parse_key, lines))
        except ValueError:
            raise UnreadableError("公钥格式不符") from None
    return keys


def parse_checkpoint(data: bytes) -> tuple[str, int, bytes, list[tuple[KeyId, bytes]]]:
    """Signed note -> (text, size, root, [((name, key ID), signature)])."""
    try:
        text, _, tail = data.decode().rpartition("\n\n")
        size, encoded = text.split("\n")[1:3]
        root = unbase64(encoded)
        signatures = [parse_signature(line) for line in tail.split("\n")[:-1]]
    except ValueError:
        raise UnreadableError("检查点格式不符") from None
    if not SIZE.fullmatch(size) or len(root) != 32 or not tail.endswith("\n"):
        raise UnreadableError("检查点格式不符")
    return text + "\n", int(size), root, signatures


def parse_signature(line: str) -> tuple[KeyId, bytes]:
    dash, name, encoded = line.split(" ")
    data = unbase64(encoded)
    if dash != "\u2014" or not name:
        raise ValueError
    return (name, data[:4]), data[4:]


def is_signed(text: str, signatures: Iterable[tuple[KeyId, bytes]], keys: dict[KeyId, bytes]) -> bool:
    valid = [ed25519_valid(keys[who], text.encode(), value) for who, value in signatures if who in keys]
    return bool(valid) and all(valid)


# --- the log: entries, tree, chains ----------------------------------------------------------------------


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UnreadableError(f"缺少文件或无法读取:{path}") from None


def unhex(text: str) -> bytes:
    """Lower-case hexadecimal only, so that a hash has one spelling."""
    data = bytes.fromhex(text)
    if data.hex() != text:
        raise ValueError
    return data


def unhash(text: str) -> bytes:
    data = unhex(text)
    if len(data) != 32:
        raise ValueError
    return data


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def tile_files(folder: Path, level: str, size: int) -> Iterator[tuple[Path, int, int]]:
    """(path, first item, number of items) of the files holding ``size`` items of one level."""
    for first in range(0, size, WIDTH):
        digits = f"{first // WIDTH:03}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        name = "/".join([f"x{part}" for part in parts[:-1]] + parts[-1:])
        width = min(WIDTH, size - first)
        yield Path(folder, "tile", level, name + (f".p/{width}" if width < WIDTH else "")), first, width


def read_entries(folder: Path, size: int) -> list[bytes]:
    entries: list[bytes] = []
    for path, _, width in tile_files(folder, "entries", size):
        data, start, count = read(path), 0, 0
        while start < len(data):
            end = start + 2 + int.from_bytes(data[start : start + 2], "big")
            entries.append(data[start + 2 : end])
            start, count = end, count + 1
        if start != len(data) or count != width:
            raise UnreadableError(f"条目文件损坏:{path}")
    return entries


class Log:
    """Entries and every complete subtree's hash: rows[k][i] covers 2**k leaves from leaf i * 2**k."""

    def __init__(self, entries: list[bytes]) -> None:
        self.entries = entries
        self.rows = [[sha256(b"\x00" + entry).digest() for entry in entries]]
        while len(self.rows[-1]) > 1:
            pairs = iter(self.rows[-1])
            self.rows.append([sha256(b"\x01" + a + b).digest() for a, b in zip(pairs, pairs, strict=False)])
        self.previous: list[bytes] = []
        self.broken: list[int] = []
        self.follow_chains()

    def root(self, size: int) -> bytes:
        """Root of the first ``size`` leaves (RFC 9162 section 2.1.1)."""
        end, root = size, b""
        while end:
            level = (end & -end).bit_length() - 1
            end -= 1 << level
            left = self.rows[level][end >> level]
            root = node(left, root) if root else left
        return root or sha256(b"").digest()

    def event(self, index: int) -> tuple[bytes, int, str]:
        """Head, number and case of the event that leaf ``index`` proves."""
        entry = self.entries[index]
        return entry[:32], int.from_bytes(entry[32:40], "big"), entry[40:].decode("utf-8", "replace")

    def name(self, index: int) -> str:
        _, seq, case = self.event(index)
        return f"案件 {case} 第 {seq} 号事件(日志第 {index} 条)"

    def follow_chains(self) -> None:
        """The log itself must hold each case's events as 1, 2, 3 ...; keep the head before each."""
        last: dict[bytes, tuple[int, bytes]] = {}
        for index, entry in enumerate(self.entries):
            case, seq = entry[40:], int.from_bytes(entry[32:40], "big")
            number, head = last.get(case, (0, GENESIS))
            if seq != number + 1:
                self.broken.append(index)
            self.previous.append(head)
            last[case] = seq, entry[:32]


def check_tree(folder: Path, log: Log, size: int, root: bytes) -> Iterator[str]:
    """Entries against the hash tiles and the signed root."""
    for level in range(0, len(log.rows), 8):
        hashes = log.rows[level]
        for path, first, width in tile_files(folder, str(level // 8), len(hashes)):
            stored = read(path)
            if stored != b"".join(hashes[first : first + width]):
                yield tile_finding(log, level, first, width, stored, path)
    if log.root(size) != root:
        yield f"日志共 {size} 条,重算的树根与检查点不符:有事件被改写"
    for index in log.broken:
        yield f"{log.name(index)}:日志中的案内序号不连续"


def tile_finding(log: Log, level: int, first: int, width: int, stored: bytes, path: Path) -> str:
    for at in range(width if level == 0 else 0):
        if stored[32 * at : 32 * at + 32] != log.rows[0][first + at]:
            return f"{log.name(first + at)}:条目与哈希瓦片不符"
    return f"哈希瓦片与条目不符:{path}"


# --- the events ------------------------------------------------------------------------------------------


class Shape:
    """What rows with the same field names share: the bytes before the commitments, the canonical line."""

    def __init__(self, names: tuple[str, ...]) -> None:
        if list(names) != sorted(names) or not names or not all(map(NAME.fullmatch, names)):
            raise ValueError
        data = [len(name).to_bytes(1, "big") + name.encode() for name in names]
        self.prefix = EVENT + len(names).to_bytes(2, "big") + b"".join(data)
        fields = ",".join(f'"{name}":"%s"' for name in names)
        self.line = f'{{"case":"%s","fields":{{{fields}}},"head":"%s","index":%d%s,"seq":%d}}'


def link(prev: bytes, case: str, seq: int, commitment: bytes) -> bytes:
    data = case.encode()
    return sha256(
        LINK + prev + len(data).to_bytes(1, "big") + data + seq.to_bytes(8, "big") + commitment
    ).digest()


def opens(name: str, opening: dict[str, Any], commitment: str | None) -> bool:
    """Whether salt and value give the field's commitment."""
    salt = unhex(opening["salt"])
    data = FIELD + len(salt).to_bytes(1, "big") + salt + len(name).to_bytes(1, "big") + name.encode()
    return sha256(data + dump(opening["value"]).encode()).hexdigest() == commitment


def check_row(log: Log, shapes: dict[tuple[str, ...], Shape], line: str) -> tuple[int, Iterable[str]]:
    """(index, findings) of one line; ValueError and kin when it is not in canonical form."""
    row, _ = scan(line, 0)
    fields, case, seq, index, head = row["fields"], row["case"], row["seq"], row["index"], row["head"]
    names, opened = tuple(fields), row.get("open", {})
    shape = shapes.get(names) or shapes.setdefault(names, Shape(names))
    commitments = unhex("".join(fields.values()))
    extra = f',"open":{dump(opened)}' if opened else ""
    canonical = shape.line % (case, *fields.values(), head, index, extra, seq)
    if canonical != line or set(map(len, fields.values())) != {64} or index < 0:
        raise ValueError
    if index >= len(log.entries):
        return index, [f"案件 {case} 第 {seq} 号事件:日志中没有第 {index} 条,系插入"]
    event = sha256(shape.prefix + commitments).digest()
    problem = judge(log, index, unhex(head), case, seq, event)
    if problem or opened:
        return index, [problem] * bool(problem) + list(judge_opened(log, index, fields, opened))
    return index, ()


def judge(log: Log, index: int, head: bytes, case: str, seq: int, event: bytes) -> str:
    """What is wrong with a row, empty if nothing."""
    if head + seq.to_bytes(8, "big") + case.encode() != log.entries[index]:
        return f"{log.name(index)}:案号、序号或链值与日志不符(现为案件 {case} 第 {seq} 号)"
    if link(log.previous[index], case, seq, event) != head:
        return f"{log.name(index)}:内容与链值不符"
    return ""


def judge_opened(log: Log, index: int, fields: dict[str, str], opened: dict[str, Any]) -> Iterator[str]:
    for name, opening in opened.items():
        if not opens(name, opening, fields.get(name)):
            yield f"{log.name(index)}:字段 {name} 的内容与承诺不符"


def check_rows(log: Log, lines: Iterable[bytes]) -> tuple[list[int], list[str]]:
    """(indices in file order, findings) of some lines of events.ndjson."""
    shapes: dict[tuple[str, ...], Shape] = {}
    indices: list[int] = []
    findings: list[str] = []
    for line in lines:
        try:
            index, found = check_row(log, shapes, line.decode().removesuffix("\n"))
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            StopIteration,
            OverflowError,
            RecursionError,
        ):
            after = log.name(indices[-1]) if indices and indices[-1] < len(log.entries) else "文件开头"
            findings.append(f"{after}之后的一行格式不符")
            continue
        indices.append(index)
        findings += found
    return indices, findings


def check_order(log: Log, indices: list[int], partial: bool) -> Iterator[str]:
    """Every event once, in the order of the log; in a partial export, every event of the cases it holds."""
    if len(indices) == len(log.entries) and all(map(int.__eq__, indices, range(len(indices)))):
        return
    last, present = -1, set(indices)
    known = [index for index in indices if index < len(log.entries)]
    for index in known:
        if index <= last:
            yield f"{log.name(index)}:重复或顺序颠倒"
        last = max(last, index)
    cases = {log.entries[index][40:] for index in known}
    for index, entry in enumerate(log.entries):
        if index not in present and (not partial or entry[40:] in cases):
            yield f"{log.name(index)}:事件缺失"


def slices(path: Path, count: int) -> list[tuple[int, int]]:
    """Cut a file into ``count`` byte ranges ending at line ends."""
    bounds = [0]
    with open(path, "rb") as file:
        for part in range(1, count):
            file.seek(path.stat().st_size * part // count)
            file.readline()
            bounds.append(file.tell())
    return list(zip(bounds, [*bounds[1:], path.stat().st_size], strict=True))


SHARED: dict[str, Any] = {}
"""Path and log for worker processes, which inherit memory by fork instead of receiving a copy."""


def check_slice(bounds: tuple[int, int]) -> tuple[list[int], list[str]]:
    with open(SHARED["path"], "rb") as file:
        file.seek(bounds[0])
        return check_rows(SHARED["log"], file.read(bounds[1] - bounds[0]).splitlines(keepends=True))


def check_events(path: Path, log: Log, jobs: int, partial: bool) -> list[str]:
    if not path.exists():
        raise UnreadableError(f"缺少文件或无法读取:{path}")
    SHARED.update(path=path, log=log)
    if jobs > 1 and "fork" in multiprocessing.get_all_start_methods():
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            results = pool.map(check_slice, slices(path, 4 * jobs), chunksize=1)
    else:
        results = [check_slice(bounds) for bounds in slices(path, 8)]
    indices: list[int] = []
    findings: list[str] = []
    for part, found in results:
        indices += part
        findings += found
    return findings + list(check_order(log, indices, partial))


# --- receipts and older checkpoints ----------------------------------------------------------------------


def proof_root(leaf: bytes, index: int, size: int, proof: Iterable[bytes]) -> bytes | None:
    """RFC 9162 section 2.1.3.2: the root that an inclusion proof leads to, None when its length is wrong."""
    last = size - 1
    for sibling in proof:
        if last <= 0:
            return None
        if index & 1 or index == last:
            leaf = node(sibling, leaf)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            leaf = node(leaf, sibling)
        index, last = index >> 1, last >> 1
    return leaf if last == 0 else None


def check_receipt(data: bytes, keys: dict[KeyId, bytes], log: Log | None = None) -> list[str]:
    """Findings about one receipt: alone and, if a log is given, against it."""
    try:
        form = json.loads(data)
        parts = {name: unhash(form[name]) for name in ("event", "previous", "head")}
        case, seq, index, fields = form["case"], form["seq"], form["index"], form["fields"]
        text, size, root, signatures = parse_checkpoint(form["checkpoint"].encode())
        entry = parts["head"] + seq.to_bytes(8, "big") + case.encode()
        leaf = sha256(b"\x00" + entry).digest()
        proven = proof_root(leaf, index, size, map(unhash, form["proof"]))
        event = Shape(tuple(fields)).prefix + b"".join(map(unhash, fields.values())) if fields else None
        tests = {
            "所附字段与事件承诺不符": event is None or sha256(event).digest() == parts["event"],
            "公开的字段内容与承诺不符": all(opens(k, v, fields.get(k)) for k, v in form["open"].items()),
            "链值与事件承诺不符": link(parts["previous"], case, seq, parts["event"]) == parts["head"],
            "包含证明不成立": 0 <= index < size and proven == root,
            "检查点签名无效": is_signed(text, signatures, keys),
            "与日志不符:日志被截断或改写": log is None or log.entries[index : index + 1] == [entry],
            "日志与回执的检查点不一致:日志被截断或改写": log is None
            or (size <= len(log.entries) and log.root(size) == root),
            "格式不规范": dump(form).encode() == data and form["format"] == "yifa-receipt-v1",
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UnreadableError("回执格式不符") from None
    return [f"案件 {case} 第 {seq} 号事件的回执:{text}" for text, holds in tests.items() if not holds]


def check_older(path: Path, keys: dict[KeyId, bytes], log: Log) -> Iterator[str]:
    """The log must extend an older checkpoint kept elsewhere; an older export also names the first change."""
    old_export = path.is_dir()
    text, size, root, signatures = parse_checkpoint(read(path / "checkpoint" if old_export else path))
    if not is_signed(text, signatures, keys):
        yield f"旧检查点的签名无效:{path}"
    elif size > len(log.entries):
        last = f",现存最后一条为{log.name(len(log.entries) - 1)}" if log.entries else ""
        yield f"日志被截断:旧检查点有 {size} 条,现有 {len(log.entries)} 条{last}"
    elif log.root(size) != root:
        yield f"日志被改写:与旧检查点(前 {size} 条)不一致"
        if old_export:
            yield from first_change(path, size, log)


def first_change(folder: Path, size: int, log: Log) -> Iterator[str]:
    for index, entry in enumerate(read_entries(folder, size)):
        if entry != log.entries[index]:
            yield f"{log.name(index)}:与旧导出包中的同一条不同,改写自此开始"
            return


# --- command line ----------------------------------------------------------------------------------------


def check_export(folder: Path, keys: dict[KeyId, bytes], options: argparse.Namespace) -> Iterator[str]:
    text, size, root, signatures = parse_checkpoint(read(folder / "checkpoint"))
    if not is_signed(text, signatures, keys):
        yield "检查点签名无效,或不是由所给公钥签署"
    log = Log(read_entries(folder, size))
    yield from check_tree(folder, log, size, root)
    jobs = options.jobs if size >= ROWS_WORTH_A_PROCESS else 1
    yield from check_events(folder / "events.ndjson", log, jobs, options.partial)
    for path in sorted(folder.glob("receipts/*.json")) + options.receipt:
        yield from check_receipt(read(path), keys, log)
    for path in options.checkpoint:
        yield from check_older(path, keys, log)
    print(f"检查点:{size} 条,树根 {root.hex()}")


def findings_of(options: argparse.Namespace) -> Iterator[str]:
    try:
        folder: Path | None = options.folder
        if folder and not options.key:
            print("注意:公钥取自导出包本身;请用 --key 给出从别处得到的公钥")
        keys = read_keys(options.key or [str(folder / "keys")] if folder else options.key)
        if folder:
            yield from check_export(folder, keys, options)
        else:
            for path in options.receipt:
                yield from check_receipt(read(path), keys)
    except UnreadableError as problem:
        yield str(problem)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="离线核验导出的办案记录")
    parser.add_argument("folder", nargs="?", type=Path, help="导出包目录;只核验回执时可省略")
    parser.add_argument(
        "--checkpoint", action="append", default=[], type=Path, help="另行保存的旧检查点或旧导出包"
    )
    parser.add_argument("--receipt", action="append", default=[], type=Path, help="另行保存的回执")
    parser.add_argument("--key", action="append", default=[], help="日志公钥,或每行一个公钥的文件")
    parser.add_argument("--partial", action="store_true", help="导出包只含部分案件")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="并行进程数")
    options = parser.parse_args(arguments)
    if not options.folder and not options.receipt:
        parser.error("请给出导出包目录或 --receipt")
    findings = list(findings_of(options))
    for finding in findings[:SHOWN]:
        print("×", finding)
    if len(findings) > SHOWN:
        print(f"…… 另有 {len(findings) - SHOWN} 项")
    print(f"核验未通过:{len(findings)} 项" if findings else "核验通过")
    return 1 if findings else 0


if __name__ == "__main__":  # pragma: no cover - run as a subprocess by the tests
    gc.disable()  # Millions of small live objects, no cycles: collecting would only cost time.
    # A case number may hold a character that the console lacks.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main())
