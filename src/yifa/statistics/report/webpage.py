"""The report as one HTML page that needs nothing else."""

from html import escape
from importlib.resources import files
from string import Template

from yifa.statistics.charts import Bars, svg
from yifa.statistics.report.annex import Relation
from yifa.statistics.report.build import BuiltPart, Note, Report, Text
from yifa.statistics.report.words import annex_summary, before_title, columns, note_text, now_title

CLASSES = {Relation.MET: "met", Relation.DIFFERS: "differs"}


def page(report: Report) -> str:
    """The page."""
    template = Template((files("yifa.statistics.report") / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=escape(report.title),
        said="".join(f"<p>{escape(text)}</p>" for text in report.statements),
        parts="\n".join(_part(part) for part in report.parts),
        notes="".join(_note(note) for note in report.notes),
        now=now_title(report),
        before=before_title(report),
        figures="".join(_figures(report)),
        annex=_annex(report),
    )


def _part(part: BuiltPart) -> str:
    blocks = "\n".join(
        _chart(block) if isinstance(block, Bars) else _paragraph(block) for block in part.blocks
    )
    left = f'<p class="left">本部分未写入：{escape("；".join(part.left_out))}。</p>' if part.left_out else ""
    return f"<h2>{escape(part.title)}</h2>\n{blocks}\n{left}"


def _paragraph(text: Text) -> str:
    runs = (
        escape(run)
        if isinstance(run, str)
        else f'<sup><a href="#n{run}" aria-label="数据说明第{run}条">[{run}]</a></sup>'
        for run in text
    )
    return f"<p>{''.join(runs)}</p>"


def _chart(chart: Bars) -> str:
    return f"<figure>{svg(chart)}<figcaption>{escape(chart.title)}</figcaption></figure>"


def _note(note: Note) -> str:
    return f'<li id="n{note.number}"><b>{escape(note.title)}</b>：{escape(note_text(note))}</li>'


def _figures(report: Report) -> list[str]:
    return [
        f"<tr><td>{escape(line)}</td><td>{escape(title)}</td>"
        f'<td class="n">{escape(now)}</td><td class="n">{escape(before)}</td><td class="code">{code}</td></tr>'
        for line, title, now, before, code in columns(report)
    ]


def _annex(report: Report) -> str:
    if not report.annex:
        return ""
    rows = "".join(
        f'<tr><td class="n">{row.number}</td><td>{row.section}</td><td>{escape(row.title)}</td>'
        f'<td class="n">{escape(row.published)}</td><td class="n">{escape(row.computed)}</td>'
        f'<td class="{CLASSES.get(row.relation, "other")}">{row.relation}</td><td>{escape(row.why)}</td></tr>'
        for row in report.annex
    )
    head = "<tr><th>序号</th><th>部分</th><th>项目</th><th class='n'>公布数</th><th class='n'>记录计算</th><th>关系</th><th>依据</th></tr>"
    return (
        f"<h2>附表二　与已公布数据的关系</h2><p class='left'>公布数据来源：{escape(report.source)}。{escape(annex_summary(report))}</p>"
        f'<div class="wide"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'
    )
