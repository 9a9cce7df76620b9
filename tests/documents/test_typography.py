"""The grid and the elements of GB/T 9704-2012, measured in the PDF."""

import itertools

import pytest

from tests.documents.builders import DAY, PLAIN, document
from tests.documents.pdf_reading import Run, embedded_fonts, page_texts, reader, runs, text_of
from yifa.documents.model import (
    Cell,
    Form,
    FormRow,
    Heading,
    Imprint,
    Layout,
    OfficialDocument,
    Paragraph,
    Signatures,
    Table,
)
from yifa.documents.render import Renderer

MM = 72 / 25.4
FULL = "行政复议机关应当依法办理案件" * 200  # 2800 characters without punctuation


@pytest.fixture(scope="module")
def full_page(renderer: Renderer) -> list[Run]:
    """The second page of a long text: nothing on it but 22 lines and the page number."""
    return runs(reader(renderer.render(document(FULL))).pages[1])


def test_a_full_page_has_22_lines_of_28_characters(full_page: list[Run]) -> None:
    body = [run for run in full_page if "—" not in run.text and not run.text.isdigit()]
    lines = {round(run.y, 1): "" for run in body}
    for run in body:
        lines[round(run.y, 1)] += run.text
    assert [len(text) for text in lines.values()] == [28] * 22


def test_the_lines_are_evenly_spaced_and_fill_the_type_area(full_page: list[Run]) -> None:
    heights = sorted(
        {round(run.y, 3) for run in full_page if "行政" in run.text or "机关" in run.text}, reverse=True
    )
    gaps = {round(upper - lower, 1) for upper, lower in itertools.pairwise(heights)}
    assert gaps == {29.6}
    top_edge, bottom_edge = heights[0] + 0.88 * 16, heights[-1] - 0.12 * 16
    assert top_edge == pytest.approx(297 * MM - 37 * MM, abs=0.2)
    assert bottom_edge == pytest.approx(35 * MM, abs=0.5)


@pytest.mark.parametrize(("page", "left"), [(0, 28), (1, 26), (2, 28)])
def test_the_binding_edge_is_28_mm_on_either_side(renderer: Renderer, page: int, left: int) -> None:
    found = runs(reader(renderer.render(document(FULL))).pages[page])
    assert min(run.x for run in found) == pytest.approx(left * MM, abs=0.3)


@pytest.mark.parametrize("page", [0, 1, 2])
def test_page_numbers_stand_outside(renderer: Renderer, page: int) -> None:
    sheet = reader(renderer.render(document(FULL))).pages[page]
    number = next(run for run in runs(sheet) if str(page + 1) in run.text and run.y < 35 * MM)
    assert (number.x > 105 * MM) is (page % 2 == 0)


def test_every_page_is_a4(renderer: Renderer) -> None:
    for page in reader(renderer.render(document(FULL))).pages:
        assert float(page.mediabox.width) == pytest.approx(210 * MM, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(297 * MM, abs=0.1)


def test_fonts_are_the_wanted_ones_and_embedded(renderer: Renderer) -> None:
    blocks = (Heading("一、总则", 1), Heading("（一）目的", 2), Heading("1.依据", 3), Paragraph("正文2024。"))
    pdf = renderer.render(
        OfficialDocument(Layout.OFFICIAL, "广州市司法局文件", "通知", blocks, DAY, number="穗司〔2024〕1号")
    )
    assert embedded_fonts(pdf) == {
        "FandolFang-Regular",
        "FandolHei-Regular",
        "FandolKai-Regular",
        "FandolSong-Bold",
        "FandolSong-Regular",
    }  # fmt: skip


def test_a_rare_character_falls_back_to_noto(renderer: Renderer) -> None:
    pdf = renderer.render(document("申请人𠮷示例。"))
    assert any("NotoSerifCJK" in name for name in embedded_fonts(pdf))
    assert "𠮷" in text_of(pdf)


@pytest.mark.parametrize("lines", range(1, 46))
def test_the_sign_off_never_stands_on_a_page_without_text(renderer: Renderer, lines: int) -> None:
    pdf = renderer.render(document("字" * (28 * lines - 3)))
    last = page_texts(pdf)[-1]
    assert "广州市人民政府2024年2月6日" in last.replace("印", "")
    assert "字" in last


@pytest.mark.parametrize("block", [Table(("甲",), (("乙",),) * 3, (1,)), Signatures(("签名：",))])
def test_the_sign_off_goes_with_whatever_block_is_last(renderer: Renderer, block: Table | Signatures) -> None:
    for lines in range(12, 22):
        text = Paragraph("字" * (28 * lines - 3))
        plain = document(signer="广州市司法局")
        pdf = renderer.render(
            type(plain)(plain.layout, plain.mark, plain.title, (text, block), DAY, signer="广州市司法局")
        )
        assert any(word in page_texts(pdf)[-1] for word in ("乙", "签名"))


def test_the_date_stands_four_characters_from_the_edge(renderer: Renderer) -> None:
    found = runs(reader(renderer.render(document("正文。"))).pages[0])
    dated = next(run for run in found if run.text.startswith("2024年2月6日"))
    organ = next(run for run in reversed(found) if run.text.startswith("广州市人民政府"))
    assert dated.y < organ.y
    right = 28 * MM + 156 * MM
    assert right - 4 * 16 - 10 * 16 < dated.x < right - 4 * 15.8 - 5 * 15.8


def test_the_seal_is_marked_only_while_a_seal_is_due(renderer: Renderer) -> None:
    assert "印" in text_of(renderer.render(document("正文。", sealed=True)))
    assert "印" not in text_of(renderer.render(document("正文。", sealed=False)))
    assert "印" not in text_of(renderer.render(document("正文。", signer="")))


def test_official_elements_stand_in_order(renderer: Renderer) -> None:
    pdf = renderer.render(
        OfficialDocument(
            Layout.OFFICIAL, "广州市司法局文件", "关于示例的通知", (Paragraph("特此通知。"),), DAY,
            number="穗司〔2024〕3号", recipient="各区司法局", attachments=("甲", "乙"), signer="广州市司法局",
            imprint=Imprint("广州市司法局办公室", DAY, ("市法院", "市检察院")),
        )
    )  # fmt: skip
    text = text_of(pdf)
    order = ("广州市司法局文件", "穗司〔2024〕3号", "关于示例的通知", "各区司法局：", "特此通知。", "附件：", "1.甲", "2.乙",
             "抄送：市法院、市检察院。", "广州市司法局办公室", "2024年2月6日印发")  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_the_red_mark_stands_35_mm_below_the_type_area(renderer: Renderer) -> None:
    pdf = renderer.render(
        OfficialDocument(Layout.OFFICIAL, "广州市司法局", "通知", (Paragraph("正文。"),), DAY, number="一")
    )
    mark = next(run for run in runs(reader(pdf).pages[0]) if "司法局" in run.text)
    assert mark.y + 0.88 * 46 == pytest.approx((297 - 37 - 35) * MM, abs=1)


def test_a_letter_numbers_pages_from_the_second_on(renderer: Renderer) -> None:
    letter = OfficialDocument(
        Layout.LETTER, "广州市司法局", "函", (Paragraph(FULL),), DAY, number="穗司函〔2024〕3号"
    )
    pages = [runs(page) for page in reader(renderer.render(letter)).pages]
    in_margin = [any(run.y < 33 * MM for run in page) for page in pages]
    assert in_margin[0] is False
    assert all(in_margin[1:])


def test_long_titles_break_evenly_and_keep_the_authors_breaks(renderer: Renderer) -> None:
    pdf = renderer.render(document("正文。", title="关于印发\n《示例办法》的通知"))
    found = [run.text for run in runs(reader(pdf).pages[0])]
    assert "关于印发" in found
    assert "《示例办法》的通知" in found


def test_tables_repeat_their_head_and_forms_keep_line_breaks(renderer: Renderer) -> None:
    rows = tuple((str(n), "事项") for n in range(60))
    pdf = renderer.render(
        OfficialDocument(Layout.FORM, "广州市司法局", "清单", (Table(("序号", "名称"), rows, (1, 3)),), DAY)
    )
    assert all("序号" in page for page in page_texts(pdf))
    form = Form((1, 3), (FormRow((Cell("备注", label=True), Cell("第一行\n第二行"))),))
    found = runs(reader(renderer.render(OfficialDocument(Layout.FORM, "甲", "乙", (form,), DAY))).pages[0])
    first, second = (next(run for run in found if run.text == text) for text in ("第一行", "第二行"))
    assert first.y > second.y


def test_equal_documents_are_equal_bytes(renderer: Renderer) -> None:
    one, two = renderer.render(PLAIN), Renderer().render(PLAIN)
    assert one == two
    assert renderer.render(document("正文。", number="甲")) != one


def test_the_pdf_declares_its_archive_standard(renderer: Renderer) -> None:
    metadata = reader(renderer.render(PLAIN)).xmp_metadata
    assert metadata is not None
    assert reader(renderer.render(PLAIN)).metadata.title == "行政复议决定书"
    assert b"pdfaid" in renderer.render(PLAIN)
