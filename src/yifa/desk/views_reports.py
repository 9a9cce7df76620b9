"""Statistics: all figures of a year beside the year before; one figure with its definition, its parts and its cases."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from yifa.desk.session import Desk, at_desk, organ_names
from yifa.language.indicators import Ratio
from yifa.language.line import Line
from yifa.people.permissions import Verb
from yifa.statistics.access import organs_where
from yifa.statistics.catalogue import Named, catalogue, find, source_columns
from yifa.statistics.charts import bars, label
from yifa.statistics.drill import Page, Which, behind
from yifa.statistics.figures import Figure, compute_all
from yifa.statistics.live import live
from yifa.statistics.notes import notes, scale
from yifa.statistics.period import Period, end_of, year


class Asked(NamedTuple):
    """What the address asks for: the year, and the cut-off (None: now)."""

    year: int
    known_at: date | None

    @property
    def period(self) -> Period:
        """The year as a period."""
        return year(self.year)

    @property
    def query(self) -> str:
        """As it goes on in links."""
        return urlencode(
            {"year": self.year} | ({"known_at": self.known_at.isoformat()} if self.known_at else {})
        )


def asked(request: HttpRequest, today: date) -> Asked:
    """Year and cut-off of a request; last year where none is given, for that is the year reports are about."""
    number = request.GET.get("year", "")
    chosen = (
        int(number)
        if number.isascii() and number.isdigit() and 1990 <= int(number) <= 2100
        else today.year - 1
    )
    try:
        return Asked(chosen, date.fromisoformat(request.GET.get("known_at", "")))
    except ValueError:
        return Asked(chosen, None)


class Row(NamedTuple):
    """An indicator with this year's figure and the last one's."""

    named: Named
    now: Figure
    before: Figure
    kept_before: bool = True

    @property
    def shown_before(self) -> str:
        """Last year's value; a year nothing is recorded of has none."""
        return self.before.shown if self.kept_before else "无记录"

    @property
    def change(self) -> str:
        """Change on the year before, in words; empty where it cannot be said."""
        if self.now.value is None or self.before.value is None or not self.kept_before:
            return ""
        return in_words(self.now.value, self.before.value, rate=self.now.is_rate)


def in_words(now: Decimal, before: Decimal, *, rate: bool) -> str:
    """A change: 持平, +22.4%, -0.88个百分点; nothing where a number has grown from nought."""
    if now == before:
        return "持平"
    if rate:
        return f"{now - before:+}个百分点"
    return f"{(now - before) / before:+.1%}" if before else ""


@at_desk
def reports(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """All figures of a year, line by line."""
    wanted = asked(request, desk.today)
    with live(end_of(wanted.known_at) if wanted.known_at else desk.now) as engine:
        found = compute_all(engine, catalogue().values(), (wanted.period, wanted.period.before))
        known_at = engine.known_at
    rows = {
        name: Row(named, found[wanted.period][name], found[wanted.period.before][name])
        for name, named in catalogue().items()
    }
    body = {
        "section": "reports", "groups": _by_line(rows), "asked": wanted, "known_at": known_at,
        "years": range(desk.today.year, desk.today.year - 6, -1), "sample": scale(notes()),
    }  # fmt: skip
    return render(request, "desk/reports.html", body)


def _by_line(rows: Mapping[str, Row]) -> list[tuple[Line, list[Row]]]:
    groups: dict[str, tuple[Line, list[Row]]] = {}
    for row in rows.values():
        groups.setdefault(row.named.line.code, (row.named.line, []))[1].append(row)
    return [(line, [row._replace(kept_before=_kept(own)) for row in own]) for line, own in groups.values()]


def _kept(rows: list[Row]) -> bool:
    """Whether the line has any record of the year before: a count of something other than 0."""
    return any(row.before.value for row in rows if not row.now.is_rate and row.named.parts)


@at_desk
def figure(request: HttpRequest, desk: Desk, name: str) -> HttpResponseBase:
    """One figure: what it means, how it splits, and what is behind it."""
    try:
        named = find(name)
    except KeyError:
        raise Http404 from None
    wanted = asked(request, desk.today)
    which: Which = "denominator" if request.GET.get("which") == "denominator" else "numerator"
    only = _only(request, named)
    with live(end_of(wanted.known_at) if wanted.known_at else desk.now) as engine:
        found = compute_all(engine, (named,), (wanted.period, wanted.period.before))
        row = Row(named, found[wanted.period][named.name], found[wanted.period.before][named.name])
        chart = bars(engine, named, wanted.period, only[0]) if only and only[1] is None else None
        page = behind(
            engine,
            named,
            wanted.period,
            desk.actor,
            which,
            only if only and only[1] else None,
            _page(request),
        )
    body: dict[str, Any] = {
        "section": "reports", "row": row, "named": named, "asked": wanted, "page": page, "which": which, "only": only,
        "is_rate": isinstance(named.indicator.figure, Ratio), "dimensions": _dimensions(named), "chart": chart,
        "bars": _bars(chart), "organs": organ_names([r.organ for r in page.rows]), "links": _links(wanted, which, only, page),
        "may_count": bool(organs_where(desk.actor, Verb.COUNT)), "only_label": label(*only) if only and only[1] else "",
    }  # fmt: skip
    return render(request, "desk/figure.html", body)


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _only(request: HttpRequest, named: Named) -> tuple[str, str | None] | None:
    """`by=district` splits; `by=district&is=440106` narrows to one value."""
    by = request.GET.get("by", "")
    return (by, request.GET.get("is") or None) if by in named.indicator.dimensions else None


def _dimensions(named: Named) -> list[tuple[str, str]]:
    known = source_columns(named.line, "cases") or {}
    return [
        (code, known[code].title if code in known else {"month": "月份"}.get(code, code))
        for code in named.indicator.dimensions
    ]


def _bars(chart: Any) -> list[tuple[str, Any, int]]:
    """Label, value, and width in per cent of the longest."""
    if chart is None:
        return []
    top = max((value for _, value in chart.bars if value), default=1)
    return [(name, value, round(100 * value / top) if value else 0) for name, value in chart.bars]


def _links(wanted: Asked, which: str, only: tuple[str, str | None] | None, page: Page) -> dict[str, str]:
    said = {"which": which} | ({"by": only[0], "is": only[1]} if only and only[1] else {})
    base = wanted.query + "&" + urlencode(said)
    return {
        "previous": f"{base}&page={page.page - 1}" if page.page > 1 else "",
        "next": f"{base}&page={page.page + 1}" if page.page < page.pages else "",
    }
