"""The public page: finds a document by its code, compares a file, and tells nothing personal."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.telling import tell, world_of
from tests.documents import stories
from yifa.casework import log
from yifa.casework.documents import content_of, produce
from yifa.casework.models import EventRow, Paper
from yifa.ledger.commitments import pack, unpack

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def paper() -> Paper:
    world = world_of(stories.REFUSED)
    case = tell(stories.REFUSED, world, 2)
    return produce(case, 1, "refusal_decision", world)


def page(client: Client, code: str, status: int = 200) -> str:
    response = client.get(f"/verify/{code}")
    assert response.status_code == status
    return re.sub(r"\s+", "", response.content.decode())


def upload(client: Client, paper: Paper, content: bytes | None) -> str:
    data = {} if content is None else {"file": SimpleUploadedFile("a.pdf", content, "application/pdf")}
    response = client.post(f"/verify/{paper.code}", data)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_what_the_document_says_of_itself(client: Client, paper: Paper) -> None:
    text = page(client, paper.code)
    for words in ("查有此文书", "存档文件与存证记录一致", "不予受理决定书", "穗府行复决〔2024〕1号", "广州市人民政府", "2024年4月12日",
                  paper.code, bytes(paper.sha256).hex(), "正在汇入城市日志"):  # fmt: skip
        assert words in text


def test_it_names_the_place_in_the_city_s_log(client: Client, paper: Paper) -> None:
    log.sequence()
    leaf = EventRow.objects.get(case_id=paper.case_id, seq=paper.frozen_seq).place.leaf
    assert f"城市日志第{leaf}项" in page(client, paper.code)


def test_it_tells_nothing_of_the_parties(client: Client, paper: Paper) -> None:
    text = page(client, paper.code)
    for words in ("张示例", "示例管理局", "行政处罚", "样本路", str(paper.case_id)):
        assert words not in text


@pytest.mark.parametrize(
    "form", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("0", "O")]
)
def test_the_code_may_be_written_anyhow(client: Client, paper: Paper, form: Any) -> None:
    assert "查有此文书" in page(client, form(paper.code))


@pytest.mark.parametrize("code", ["0000-0000-0000", "nonsense", "<script>", "1" * 200])
def test_an_unknown_code_is_not_found_and_is_not_run(client: Client, code: str) -> None:
    text = page(client, code, 404)
    assert "没有查到" in text
    assert "<script>" not in text


def test_a_typed_code_leads_to_the_page(client: Client, paper: Paper) -> None:
    assert "核验" in client.get("/verify/").content.decode()
    answer = client.get("/verify/", {"code": f" {paper.code.lower()} "})
    assert (answer.status_code, answer["Location"]) == (302, f"/verify/{paper.code}")
    wrong = client.get("/verify/", {"code": "abc"})
    assert wrong.status_code == 400
    assert "不是校验码" in wrong.content.decode()


NEEDED = ("pdftoppm", "zbarimg")


@pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason="needs pdftoppm (poppler-utils) and zbarimg (zbar-tools)"
)
def test_the_qr_on_the_printed_page_leads_here(
    client: Client, paper: Paper, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "d.pdf").write_bytes(content_of(paper))
    subprocess.run(["pdftoppm", "-r", "200", "-png", tmp_path / "d.pdf", tmp_path / "page"], check=True)
    pictures = sorted(tmp_path.glob("page*.png"))
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", *pictures], capture_output=True, text=True
    ).stdout.strip()
    assert read == f"{settings.PUBLIC_URL}/verify/{paper.code}"
    assert "查有此文书" in page(client, read.removeprefix(f"{settings.PUBLIC_URL}/verify/"))


# ---------------------------------------------------------------------------------------------- comparing


def test_the_same_file_is_the_same(client: Client, paper: Paper) -> None:
    text = upload(client, paper, content_of(paper))
    assert "一致：您提交的文件与存档文书完全相同" in text
    assert "不一致" not in text


@pytest.mark.parametrize(
    "change", [lambda b: b + b"\n", lambda b: b[:-1], lambda b: b.replace(b"1.", b"1,", 1), lambda b: b""]
)
def test_any_other_file_differs(client: Client, paper: Paper, change: Any) -> None:
    assert "不一致" in upload(client, paper, change(content_of(paper)))


def test_without_a_file_it_asks_for_one(client: Client, paper: Paper) -> None:
    assert "请选择要比对的PDF文件" in upload(client, paper, None)


def test_a_file_beyond_the_limit_is_not_read(client: Client, paper: Paper, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    assert "文件过大" in upload(client, paper, content_of(paper))


def test_an_uploaded_file_is_not_kept(client: Client, paper: Paper, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    upload(client, paper, b"%PDF-1.7 somebody's private file")
    assert sorted(tmp_path.rglob("*")) == before


def test_the_form_is_guarded_against_other_sites(paper: Paper) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/verify/{paper.code}").status_code == 403


# -------------------------------------------------------------------------------------------- not intact


def test_a_changed_file_is_told(client: Client, paper: Paper, tmp_path: Path) -> None:
    (path,) = [p for p in (tmp_path / "files").rglob("*") if p.is_file()]
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert "未能通过核对" in page(client, paper.code)
    path.unlink()
    assert "未能通过核对" in page(client, paper.code)


def test_a_changed_row_is_told(client: Client, paper: Paper) -> None:
    world = world_of(stories.REFUSED)
    other = produce(paper.case_id, 0, "receipt", world)
    Paper.objects.filter(pk=paper.pk).update(sha256=other.sha256)  # the file of another document
    assert "未能通过核对" in page(client, paper.code)


def test_a_changed_chain_is_told(client: Client, paper: Paper) -> None:
    row = EventRow.objects.get(case_id=paper.case_id, seq=paper.frozen_seq)
    known = unpack(bytes(row.commitments))
    changed = pack(tuple(known), b"".join({**known, "data.sha256": bytes(32)}.values()))
    for mangled in (changed, b""):
        EventRow.objects.filter(pk=row.pk).update(commitments=mangled)
        assert "未能通过核对" in page(client, paper.code)
    Paper.objects.filter(pk=paper.pk).update(frozen_seq=999)
    assert "未能通过核对" in page(client, paper.code)


# ---------------------------------------------------------------------------------------------- the page


def test_two_queries(client: Client, paper: Paper) -> None:
    with CaptureQueriesContext(connection) as queries:
        page(client, paper.code)
    assert len(queries) == 2


def test_no_log_in_no_script_and_the_house_s_headers(client: Client, paper: Paper) -> None:
    response = client.get(f"/verify/{paper.code}")
    assert "sessionid" not in response.cookies
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "<script" not in response.content.decode()
    assert client.put(f"/verify/{paper.code}").status_code == 405


def test_the_style_sheet_is_served(client: Client) -> None:
    response = client.get("/static/portal/portal.css")
    assert response.status_code == 200
    assert b"--brand" in b"".join(response)
