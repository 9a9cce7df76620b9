"""What may be taken in: every kind whole, and every way of not being what it says."""

import pytest

from tests.casework import sample_files as f
from yifa.casework.uploads import DOCX, KINDS, XLSX, Inspected, inspect
from yifa.language.messages import kernel_catalogue, render

LIMIT = 20_000_000

GOOD = [
    ("申请书.pdf", f.pdf(), "application/pdf"),
    ("申请书.PDF", f.pdf(3), "application/pdf"),
    ("身份证.png", f.png(), "image/png"),
    ("照片.jpg", f.jpeg(), "image/jpeg"),
    ("照片.jpeg", f.jpeg() + b"\x00\x00", "image/jpeg"),  # scanners pad
    ("说明.docx", f.word(), DOCX),
    ("流水.xlsx", f.excel(), XLSX),
    ("无点的名.第二版.pdf", f.pdf(), "application/pdf"),
]
BAD = [
    ("空.pdf", b"", "upload_empty"),
    ("大.pdf", f.pdf() + b" " * LIMIT, "upload_too_large"),
    ("程序.exe", b"MZ" + bytes(100), "upload_kind"),
    ("没有扩展名", f.pdf(), "upload_kind"),
    ("网页.html", b"<html></html>", "upload_kind"),
    ("图.svg", b"<svg onload='x'/>", "upload_kind"),
    ("旧.doc", f.password_word(), "upload_old_format"),
    ("旧.xls", f.password_word(), "upload_old_format"),
    ("宏.docm", f.macro_enabled(f.word()), "upload_old_format"),
    ("扫描.tiff", b"II*\x00" + bytes(100), "upload_old_format"),
    # pretending
    ("申请书.pdf", f.png(), "upload_pretends"),
    ("申请书.pdf", b"MZ" + bytes(1000), "upload_pretends"),
    ("申请书.pdf", b"\x00\x01\x02 nothing known", "upload_pretends"),
    ("身份证.png", f.jpeg(), "upload_pretends"),
    ("身份证.jpg", b"GIF89a" + bytes(100), "upload_pretends"),
    ("说明.docx", f.pdf(), "upload_pretends"),
    ("说明.docx", f.excel(), "upload_pretends"),
    ("流水.xlsx", f.word(), "upload_pretends"),
    ("说明.docx", f.without(f.word(), "[Content_Types].xml"), "upload_pretends"),
    # encrypted
    ("密.pdf", f.pdf(password="secret"), "upload_encrypted"),
    ("密.pdf", f.pdf(password=""), "upload_encrypted"),  # opens for anybody, yet cannot be kept for ever
    ("密.docx", f.password_word(), "upload_encrypted"),
    ("密.docx", f.flagged_encrypted(f.word()), "upload_encrypted"),
    # broken
    ("半.pdf", f.pdf(text="长" * 500)[:200], "upload_broken"),
    ("空页.pdf", f.pdf(0), "upload_broken"),
    ("半.png", f.png(64, 64)[:-20], "upload_broken"),
    ("改.png", f.png()[:40] + b"\x00" + f.png()[41:], "upload_broken"),
    ("尾.png", f.png() + b"PK\x03\x04 a second file", "upload_broken"),
    ("零.png", f.png(0, 5), "upload_broken"),
    ("巨.png", f.png(20_000_000, 0)[:16] + f.png(20_000_000, 0)[16:], "upload_broken"),
    ("半.jpg", f.jpeg()[:-2], "upload_broken"),
    ("尾.jpg", f.jpeg() + b"PK\x03\x04", "upload_broken"),
    ("无框.jpg", b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x02\xff\xd9", "upload_broken"),
    ("零.jpg", f.jpeg(0, 0), "upload_broken"),
    ("半.docx", f.word()[:-100], "upload_broken"),
    ("改.docx", f.word()[:200] + b"\xff" * 50 + f.word()[250:], "upload_broken"),
    # what runs, opens or carries something
    ("脚本.pdf", f.pdf_that_runs("/JavaScript", JS="app.alert('x')"), "upload_active"),
    ("启动.pdf", f.pdf_that_runs("/Launch", F="cmd.exe"), "upload_active"),
    ("附件.pdf", f.pdf_with_attachment(), "upload_active"),
    ("宏.docx", f.with_part(f.word(), "word/vbaProject.bin"), "upload_active"),
    ("宏.docx", f.macro_enabled(f.word()), "upload_active"),
    ("宏.xlsx", f.with_part(f.excel(), "xl/macrosheets/sheet1.xml"), "upload_active"),
    ("嵌入.docx", f.with_part(f.word(), "word/embeddings/oleObject1.bin"), "upload_active"),
    ("炸弹.docx", f.bomb(), "upload_bomb"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "media"), GOOD, ids=[row[0] for row in GOOD])
def test_a_good_file_is_taken(name: str, content: bytes, media: str) -> None:
    assert inspect(name, content, LIMIT) == Inspected(media, len(content))


@pytest.mark.parametrize(("name", "content", "code"), BAD, ids=[f"{row[0]}-{row[2]}" for row in BAD])
def test_a_bad_file_is_refused_with_its_reason(name: str, content: bytes, code: str) -> None:
    found = inspect(name, content, LIMIT)
    assert not isinstance(found, Inspected)
    assert [problem.code for problem in found] == [code]
    text = render(found[0], kernel_catalogue())
    assert name in text
    assert "{" not in text


def test_the_limit_is_the_caller_s() -> None:
    content = f.pdf()
    assert isinstance(inspect("a.pdf", content, len(content)), Inspected)
    assert not isinstance(inspect("a.pdf", content, len(content) - 1), Inspected)


@pytest.mark.parametrize("ending", sorted(KINDS))
def test_no_kind_takes_noise(ending: str) -> None:
    """Bytes cut or turned at any place either still are a whole file of that kind or are refused; nothing is raised."""
    makers = {
        "pdf": f.pdf(),
        "png": f.png(),
        "jpg": f.jpeg(),
        "jpeg": f.jpeg(),
        "docx": f.word(),
        "xlsx": f.excel(),
    }
    content = makers[ending]
    step = max(1, len(content) // 60)
    for cut in range(1, len(content), step):
        found = inspect(f"x.{ending}", content[:cut], LIMIT)
        assert not isinstance(found, Inspected) or ending == "pdf", cut
        turned = content[:cut] + bytes((content[cut] ^ 0xFF,)) + content[cut + 1 :]
        inspect(f"x.{ending}", turned, LIMIT)
