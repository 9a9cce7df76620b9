"""The result of a check as one HTML page that needs nothing else: the draft with its figures marked, then a table."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from string import Template

from yifa.statistics.checker.check import Check, Checked
from yifa.statistics.checker.sources import Source

VERDICTS = {"wrong": "不符", "right": "相符", "unchecked": "无法核对"}


def page(found: Check) -> str:
    """The page. Everything from the draft is escaped."""
    template = Template((files("yifa.statistics.checker") / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        year=found.year,
        sources="；".join(_source(source) for source in found.sources) or "无",
        summary=_summary(found),
        wrongs=_wrongs(found),
        draft=_draft(found),
        rows="\n".join(_row(index, checked) for index, checked in enumerate(found.figures, 1)),
        claims=_claims(found),
    )


def _source(source: Source) -> str:
    return escape(source.title + (f"（截至 {source.known_at.isoformat()}）" if source.known_at else ""))


def _summary(found: Check) -> str:
    counts = found.counts()
    items = [f"<li><b>{len(found.figures)}</b>个数字</li>"]
    items += [f'<li class="{code}"><b>{counts[code]}</b>{title}</li>' for code, title in VERDICTS.items()]
    return "".join(items)


def _wrongs(found: Check) -> str:
    wrong = [(n, c) for n, c in enumerate(found.figures, 1) if c.verdict == "wrong"]
    if not wrong:
        return ""
    items = "".join(
        f'<li><a href="#r{n}">{escape(c.figure.text)}</a>（{_title(c)}）：{_reasons(c)}</li>'
        for n, c in wrong
    )
    return f'<h2 class="wrong">需要改正</h2><ol>{items}</ol>'


def _draft(found: Check) -> str:
    return "".join(_pieces(found)).strip()


def _pieces(found: Check) -> Iterator[str]:
    at = 0
    for index, checked in enumerate(found.figures, 1):
        figure = checked.figure
        yield escape(found.text[at : figure.start])
        yield (
            f'<a class="figure {checked.verdict}" id="f{index}" href="#r{index}" title="{VERDICTS[checked.verdict]}">'
            f"{escape(figure.text)}<sup>{index}</sup></a>"
        )
        at = figure.end
    yield escape(found.text[at:])


def _row(index: int, checked: Checked) -> str:
    return (
        f'<tr id="r{index}"><td><a href="#f{index}">{index}</a></td><td>{escape(checked.figure.text)}</td>'
        f"<td>第{checked.place.line}行第{checked.place.column}字</td><td>{_title(checked)}</td>"
        f'<td><span class="{checked.verdict}">{VERDICTS[checked.verdict]}</span>：{_reasons(checked)}</td></tr>'
    )


def _title(checked: Checked) -> str:
    return escape(checked.match.candidate.title) if checked.match else "—"


def _reasons(checked: Checked) -> str:
    return escape("；".join(dict.fromkeys(judgement.text for judgement in checked.judgements)))


def _claims(found: Check) -> str:
    if not found.claims:
        return ""
    names = "、".join(dict.fromkeys(escape(claim.text) for claim in found.claims))
    return f'<h2>须注明来源的说法</h2><p class="note">“首次”“率先”一类的说法系统不作判断，请注明来源：{names}（共{len(found.claims)}处）。</p>'
