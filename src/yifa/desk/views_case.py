"""Cases: what is mine and when it is due, lists, and one file with its deadlines and the acts open now."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yifa import registry
from yifa.casework import appointments, findings, inbox, log, notices, selectors, unfinished
from yifa.casework.files import Choice
from yifa.casework.selectors import Wanted
from yifa.desk.dates import SOON, Mark, mark
from yifa.desk.opening import held, opened
from yifa.desk.session import Desk, at_desk
from yifa.language.kernel_actions import KERNEL_ACTIONS
from yifa.ledger import receipt as receipts
from yifa.people import services as people
from yifa.people.permissions import MESSAGES, Denied
from yifa.people.roles import Power

STATES = (
    ("open", "在办"),
    ("mine", "我承办的"),
    ("soon", "即将到期"),
    ("late", "已经逾期"),
    ("closed", "已结"),
    ("all", "全部"),
)


OF_THE_FILE = frozenset(action.code for action in KERNEL_ACTIONS)

# Acts of another version of the procedure, and those that open a case, are no matter of this file.
NOT_HERE = frozenset({"not_in_version", "case_exists"})


class Listed(NamedTuple):
    """A row of a list with its mark."""

    row: selectors.Row
    mark: Mark


class Shown(NamedTuple):
    """A page of a list, with the queries of the pages beside it."""

    rows: list[Listed]
    number: int
    pages: int
    total: int
    previous: str
    next: str


@at_desk
def home(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """My work: what is late, what is due soon, what waits for me. Administrators begin with what is theirs."""
    if desk.user.power != Power.BUSINESS:
        return redirect(desk.menu[0][2])
    reader = desk.reader
    number, own = _page(request), desk.handles
    found = selectors.worklist(reader, desk.world, _wanted("mine" if own else "open", desk), number)
    if own and not found.total:  # nothing is theirs yet: what their house has in hand
        own, found = False, selectors.worklist(reader, desk.world, _wanted("open", desk), number)
    page = shown(found, {})
    totals = {
        state: selectors.worklist(reader, desk.world, _wanted(state, desk, mine=own)).total
        for state in ("late", "soon", "open")
    }
    body = {
        "section": "home", "mine": own, "page": page, "counts": {**totals, "proposals": len(inbox.waiting(reader, desk.world))},
        "todos": [(todo, findings.text_of(todo)) for todo in findings.worklist(desk.user.pk)[:10]],
        "unfinished": _unfinished(desk),
        "notices": [(notice, notices.text_of(notice)) for notice in notices.unread(desk.user.pk, 10)],
    }  # fmt: skip
    return render(request, "desk/home.html", body)


def _unfinished(desk: Desk) -> list[tuple[str, str, str, datetime]]:
    """Forms left half done: title, address, case number, when."""
    found = []
    for spot, number, at in unfinished.listed(desk.user.pk):
        line = registry.line(spot.line)
        action = line.action(spot.action)
        kind, key = ("act", spot.case) if spot.case else ("new", spot.line)
        title = f"{line.title} · {action.title if action else spot.action}"
        found.append((title, reverse(f"desk:{kind}", args=[key, spot.action]), number, at))
    return found


@require_POST
@at_desk
def notices_read(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """I have read this notice."""
    number = request.POST.get("notice", "")
    if number.isascii() and number.isdigit():
        notices.mark_read(desk.user.pk, int(number), desk.now)
    return redirect("desk:home")


@at_desk
def cases(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """A list of cases."""
    chosen = {name: request.GET.get(name, "").strip() for name in ("line", "state", "q", "mine")}
    chosen["state"] = chosen["state"] if chosen["state"] in dict(STATES) else "open"
    wanted = _wanted(chosen["state"], desk, mine=bool(chosen["mine"]))._replace(
        line=chosen["line"] or None, number=chosen["q"]
    )
    page = selectors.worklist(desk.reader, desk.world, wanted, _page(request))
    body = {
        "section": "cases", "page": shown(page, chosen), "chosen": chosen, "states": STATES,
        "lines": [registry.line(code) for code in registry.known()], "openings": _openings(desk),
    }  # fmt: skip
    return render(request, "desk/cases.html", body)


def _wanted(state: str, desk: Desk, *, mine: bool = False) -> Wanted:
    wanted = {
        "open": Wanted(), "mine": Wanted(mine=True), "closed": Wanted(closed=True), "all": Wanted(closed=None),
        "late": Wanted(due_by=desk.today - timedelta(days=1)), "soon": Wanted(due_by=desk.today + timedelta(days=SOON)),
    }[state]  # fmt: skip
    return wanted._replace(mine=True) if mine else wanted


def _openings(desk: Desk) -> list[tuple[Any, Any]]:
    """Acts that open a case and that somebody here may propose or do."""
    return [
        (line, action)
        for line in map(registry.line, registry.known())
        for action in line.actions
        if None in action.from_ and not action.external and action.by & desk.actor.roles
    ]


def _page(request: HttpRequest) -> int:
    return page_of(request.GET.get("page", ""))


def page_of(text: str) -> int:
    """A page number as it was sent; the first if it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def shown(page: selectors.Page, chosen: dict[str, str] | None) -> Shown:
    """A page of a list for its template; `chosen` goes into the links to the pages beside it (None: there are none)."""

    def link(number: int) -> str:
        if chosen is None or not 1 <= number <= page.pages:
            return ""
        return urlencode({**{k: v for k, v in chosen.items() if v}, "page": number})

    rows = [Listed(row, mark(row.days_left) if row.next_due else Mark("", "")) for row in page.rows]
    return Shown(rows, page.number, page.pages, page.total, link(page.number - 1), link(page.number + 1))


@at_desk
def calendar(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Hearings and other appointments of four weeks from a day."""
    try:
        first = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        first = desk.today
    last = first + timedelta(days=27)
    found = appointments.calendar(desk.reader, desk.world, first, last)
    body = {
        "section": "calendar", "first": first, "last": last, "found": found, "earlier": first - timedelta(days=28),
        "later": last + timedelta(days=1),
    }  # fmt: skip
    return render(request, "desk/calendar.html", body)


@at_desk
def case(request: HttpRequest, desk: Desk, case: UUID) -> HttpResponseBase:
    """One file."""
    file = opened(desk, case)
    if isinstance(file, HttpResponse):
        return file
    clocks = [(d, mark(d.days_left, d.nature, d.status)) for d in file.deadlines]
    live = ("running", "lapsed", "paused")
    choices = [c for c in file.choices if not c.external]
    body = {
        "section": "cases", "file": file, "parties": [(p, {v.title: v for v in p.values}) for p in file.parties],
        "deadlines": [c for c in clocks if c[0].status in live], "past": [c for c in clocks if c[0].status not in live],
        "open_acts": _grouped(file, [c for c in choices if c.way]), "outside_acts": [c for c in file.choices if c.external and not c.problems],
        "held": held(case, desk), "effects": [e for e in file.effects if not e.noted],
        "shut_acts": [c for c in choices if not c.way and not any(p.code in NOT_HERE for p in c.problems)], "entries": list(reversed(file.entries)),
    }  # fmt: skip
    return render(request, "desk/case.html", body)


def _grouped(file: selectors.File, choices: list[Choice]) -> list[tuple[str, list[Choice]]]:
    """Acts open now under headings: those that move the case or bear on a running period first, the file's own last."""
    line, running = registry.line(file.head.line), {d.clock for d in file.deadlines if d.status == "running"}
    groups: dict[str, list[Choice]] = {"推进本案": [], "其他程序事项": [], "案卷管理": []}
    for choice in choices:
        plan = line.plan(choice.action)
        moves = plan is not None and (
            plan.to is not None or any(touch.code in running for touch in plan.touches)
        )
        heading = "案卷管理" if choice.action in OF_THE_FILE else "推进本案" if moves else "其他程序事项"
        groups[heading].append(choice)
    return [(heading, acts) for heading, acts in groups.items() if acts]


@at_desk
def linked(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """A case by its number or id, as acts name it."""
    name = request.GET.get("case", "")
    found = selectors.case_of(name)
    if found is None:
        try:
            found = UUID(name)
        except ValueError:
            raise Http404 from None
    return redirect("desk:case", found)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def unmask(request: HttpRequest, desk: Desk, case: UUID) -> HttpResponseBase:
    """One masked value whole, for a reason that is kept."""
    path = request.POST.get("path", "") or request.GET.get("path", "")
    body: dict[str, Any] = {"section": "cases", "case": case, "path": path}
    if request.method == "POST":
        answer = selectors.unmask(desk.reader, case, path, request.POST.get("reason", ""), desk.world)
        if isinstance(answer, selectors.Unknown):
            raise Http404
        body |= {"shown": answer.value} if isinstance(answer, people.Shown) else {"problem": _why_not(answer)}
    return render(request, "desk/unmask.html", body)


def _why_not(answer: Denied | people.Refusal) -> str:
    return "请写明事由。" if isinstance(answer, people.Refusal) else MESSAGES[answer.code] + "。"


@at_desk
def receipt(request: HttpRequest, desk: Desk, case: UUID, seq: int) -> HttpResponse:
    """The receipt of one act, to be kept outside and checked with the verifier."""
    file = opened(desk, case)
    if isinstance(file, HttpResponse):
        return file
    log.sequence()
    found = log.receipt(case, seq)
    if found is None:
        raise Http404
    response = HttpResponse(receipts.to_json(found), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{case}-{seq}.json"'
    return response
