"""The QR holds the verification address, and stands at the lower left of the last page with its short code."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import segno

from tests.documents.builders import DAY, document
from tests.documents.pdf_reading import page_texts, reader, runs
from yifa.documents.compose import qr_svg
from yifa.documents.model import CheckCode, Imprint, Layout
from yifa.documents.render import Renderer

URL = "https://sfj.example.gov.cn/v/7K3M-9QXT-2H5D"
CHECK = CheckCode(URL, "7K3M-9QXT-2H5D")
BORDER = 4


def drawn(svg: str) -> set[tuple[int, int]]:
    """The dark modules (row, column) of an SVG whose path strokes horizontal runs of modules."""
    dark: set[tuple[int, int]] = set()
    path = re.search(r' d="([^"]+)"', svg)
    assert path is not None
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path[1]):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "h":
            dark.update((int(y) - BORDER, int(x) - BORDER + step) for step in range(int(values[0])))
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return dark


def test_the_drawn_modules_are_those_of_the_address() -> None:
    code = segno.make_qr(URL, error="m", mask=3)
    matrix = code.matrix
    assert code.error in ("M", "Q", "H")
    expected = {(r, c) for r, row in enumerate(matrix) for c, module in enumerate(row) if module}
    assert drawn(qr_svg(URL)) == expected


def test_another_address_is_another_code() -> None:
    assert qr_svg(URL) != qr_svg(URL + "X")


@pytest.mark.skipif(
    not (shutil.which("zbarimg") and shutil.which("pdftoppm")),
    reason="needs zbarimg and pdftoppm to read the page",
)
@pytest.mark.parametrize("layout", list(Layout))
def test_a_scanner_reads_the_address_off_the_page(renderer: Renderer, tmp_path: Path, layout: Layout) -> None:
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(renderer.render(replace(document("正文。", check=CHECK), layout=layout)))
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", pdf, tmp_path / "page"],
        check=True,
        capture_output=True,
    )
    read = subprocess.run(["zbarimg", "-q", "--raw", tmp_path / "page.png"], capture_output=True, text=True)
    assert read.stdout.strip() == URL


def test_code_and_address_are_printed_on_the_last_page_only(renderer: Renderer) -> None:
    pages = page_texts(renderer.render(document("字" * 900, check=CHECK)))
    assert [CHECK.code in page and URL in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_it_stands_at_the_lower_left(renderer: Renderer) -> None:
    found = runs(reader(renderer.render(document("正文。", check=CHECK))).pages[0])
    code = next(run for run in found if run.text == CHECK.code)
    assert code.x < 297
    assert code.y < 140


def test_it_stands_above_the_imprint(renderer: Renderer) -> None:
    pdf = renderer.render(document("正文。", check=CHECK, imprint=Imprint("办公室", DAY, ("市法院",))))
    found = runs(reader(pdf).pages[0])
    height = {part: next(run.y for run in found if part in run.text) for part in (CHECK.code, "抄送")}
    assert height[CHECK.code] > height["抄送"]


def test_it_never_covers_text(renderer: Renderer) -> None:
    """However far the text runs down, nothing but the sign-off stands beside the code."""
    for count in range(200, 640, 11):
        found = runs(reader(renderer.render(document("字" * count, check=CHECK))).pages[-1])
        top = next(run.y for run in found if run.text == CHECK.code) + 66
        assert all(run.y > top for run in found if set(run.text) == {"字"})
