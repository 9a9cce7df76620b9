"""Text from outside is printed as it stands: never run as markup, never able to hide or to break the page."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents.builders import DAY, document
from tests.documents.pdf_reading import page_texts, reader, runs, squeezed, text_of
from yifa.documents.model import (
    Cell,
    CheckCode,
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
from yifa.documents.render import Renderer, RenderError
from yifa.documents.wording import clean

HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "#import",
    "#sys.inputs",
    '#eval("1+1")',
    "$x^2$",
    "*bold*_it_",
    "= heading",
    "- item",
    "+ item",
    "/ term: x",
    "// comment",
    "/* comment */",
    "`raw`",
    "<label>@ref",
    "\\u{41}\\",
    '"quoted"',
    "'single'",
    "]}) [",
    "~a---b",
    "</svg><script>",
    '{"a":1}',
    "%s{0}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_literally_everywhere(renderer: Renderer, text: str) -> None:
    everywhere = OfficialDocument(
        Layout.OFFICIAL, f"甲{text}", f"乙{text}",
        (Paragraph(f"丙{text}", lead=f"丁{text}"), Heading(f"戊{text}"), Table((f"己{text}",), ((f"庚{text}",),), (1,)),
         Form((1,), (FormRow((Cell(f"辛{text}"),)),)), Signatures((f"壬{text}",)), Paragraph(f"癸{text}", small=True)),
        DAY, number=f"子{text}", recipient=f"丑{text}", attachments=(f"寅{text}",), signer=f"卯{text}",
        notes=(f"辰{text}",), imprint=Imprint(f"巳{text}", DAY, (f"午{text}",)), check=CheckCode("https://a.example/1", f"未{text}"),
    )  # fmt: skip
    found = text_of(renderer.render(everywhere))
    for mark in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未":
        assert mark + squeezed(text) in found, mark


PRINTABLE = st.text(
    st.sampled_from("".join(map(chr, range(32, 127))) + "依法行政复议，。“”〔〕〇"), min_size=1, max_size=60
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PRINTABLE)
def test_any_printable_text_survives(renderer: Renderer, text: str) -> None:
    assert squeezed(text) in text_of(renderer.render(document(f"始{text}终", signer="")))


def attempt(renderer: Renderer, text: str) -> str:
    """The start of the PDF, or of the refusal."""
    try:
        return renderer.render(document(f"始{text}终", signer=""))[:5].decode()
    except RenderError as error:
        return str(error)[:6]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_is_set_or_refused(renderer: Renderer, text: str) -> None:
    assert attempt(renderer, text) in ("%PDF-", "文书无法排版")


def test_a_character_no_font_has_is_named(renderer: Renderer) -> None:
    with pytest.raises(RenderError, match="文书无法排版.*๛"):
        renderer.render(document("申请人๛"))


def test_long_runs_of_ascii_stay_inside_the_page(renderer: Renderer) -> None:
    pdf = renderer.render(document("见" + "A" * 300 + "。", signer=""))
    assert "A" * 300 in text_of(pdf)
    longest = max(len(run.text) for page in reader(pdf).pages for run in runs(page))
    assert longest <= 56


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("一\n二\t三\r四", "一 二 三 四"),
        ("甲\u202e乙\u2066丙\u200f", "甲乙丙"),
        ("甲\x00乙\x1b[0m", "甲乙[0m"),
        ("甲\ufeff乙\u200b丙\u00ad", "甲乙丙"),
        ("甲\ud800乙\ue000丙", "甲乙丙"),
        ("𠮷", "𠮷"),
        ("x" * 30, "x" * 24 + "\u200b" + "x" * 6),
    ],
)
def test_clean(raw: str, printed: str) -> None:
    assert clean(raw) == printed


@settings(max_examples=200)
@given(st.text())
def test_clean_leaves_no_control_characters_and_is_stable(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(ord(c) < 32 or c in "\u202a\u202e\u2066\u2069" for c in once)


def test_a_hostile_name_cannot_add_a_page(renderer: Renderer) -> None:
    plain = document("正文。")
    pages = len(page_texts(renderer.render(plain)))
    forged = replace(plain, recipient="#pagebreak()\n\n#set page(fill: red)")
    assert len(page_texts(renderer.render(forged))) == pages
