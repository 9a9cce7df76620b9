"""Documents a second, one reused compiler against a fresh one each time; and binding a case file.

Run: PYTHONPATH=src:. python bench/bench_documents.py [documents]. Every document has a name, number and date of its own,
so nothing is answered from a cache. The fonts must be installed (tools/fonts.py).
"""

import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

import typst
from tests.documents import samples

from yifa.documents.compose import compose
from yifa.documents.dossier import DossierBinder, DossierCover, DossierItem
from yifa.documents.fonts import load_fonts
from yifa.documents.legal_aid import LEGAL_AID
from yifa.documents.model import OfficialDocument
from yifa.documents.reconsideration import RECONSIDERATION
from yifa.documents.render import STANDARD, TEMPLATES, Renderer

DOCUMENTS = 300
FRESH = 5
DAY = date(2024, 4, 3)


def variants(code: str, count: int) -> Iterator[OfficialDocument]:
    """Distinct documents of one kind."""
    aid = code.isupper()
    templates, case, version = (
        (LEGAL_AID, samples.LEGAL_AID, "la-2023")
        if aid
        else (RECONSIDERATION, samples.RECONSIDERATION, "2023")
    )
    values = samples.values_for(case, code, version)
    for n in range(count):
        own = {
            "case_no": f"穗府行复〔2024〕{n}号",
            "date": DAY + timedelta(days=n),
            "check_url": f"https://a.example/v/{n:08}",
        }
        yield templates.draft(
            code, {**values, **own, "applicant": {"name": f"张示例{n}", "kind": "person"}}, version
        )


def fresh(documents: list[OfficialDocument]) -> None:
    """A compiler made for each document, as a naive caller would."""
    for document in documents:
        typst.compile(
            str(TEMPLATES / "official.typ"), root=str(TEMPLATES), font_paths=load_fonts(), pdf_standards=STANDARD,
            sys_inputs={"data": compose(document)}, timestamp=0,
        )  # fmt: skip


def timed(label: str, count: int, seconds: float) -> float:
    each = seconds / count * 1000
    print(f"{label:<46}{each:>10.2f}{1000 / each:>12.0f}")
    return each


def main(count: int = DOCUMENTS) -> None:
    renderer = Renderer()
    renderer.render(next(variants("decision", 1)))
    print(f"{'what':<46}{'ms each':>10}{'a second':>12}")
    for code in ("acceptance_notice", "decision", "service_proof", "GYJD"):
        documents = list(variants(code, count))
        start = time.perf_counter()
        pdfs = list(renderer.render_all(documents))
        reused = timed(f"{code}, one reused compiler", count, time.perf_counter() - start)
        assert len(set(pdfs)) == count
    sample = list(variants("GYJD", FRESH))
    start = time.perf_counter()
    fresh(sample)
    each = timed("GYJD, a fresh compiler each", FRESH, time.perf_counter() - start)
    print(f"{'reused against fresh':<46}{each / reused:>10.1f} times")
    bind(pdfs[:100])


def bind(pdfs: list[bytes]) -> None:
    """A case file of a hundred documents."""
    items = [DossierItem(f"文书{n}", pdf, DAY) for n, pdf in enumerate(pdfs)]
    binder = DossierBinder()
    cover = DossierCover("广州市司法局", "行政复议案卷", DAY, (("案号", "穗府行复〔2024〕1号"),))
    start = time.perf_counter()
    binder.bind(items, cover)
    timed("binding a case file, a document", len(items), time.perf_counter() - start)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
