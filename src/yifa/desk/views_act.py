"""Carrying acts: the form of an act, a new case, and the steps of a proposal."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yifa import registry
from yifa.casework import inbox, proposals, unfinished
from yifa.casework.materials import Upload
from yifa.casework.proposals import Proposed
from yifa.casework.requests import Done, NotDone
from yifa.casework.selectors import File, Unknown
from yifa.casework.unfinished import Spot
from yifa.desk.acting import Intent, Told, carry, intent, kept, paths_of, told
from yifa.desk.fields import COMMON, Posted, form
from yifa.desk.opening import opened, refused
from yifa.desk.session import Desk, at_desk
from yifa.language.actions import Action
from yifa.language.acts import Command, Problem
from yifa.language.line import Line
from yifa.language.messages import render as in_words
from yifa.people.permissions import Denied

GET_POST = ["GET", "HEAD", "POST"]


class Sheet(NamedTuple):
    """What an act's page is about: its line and declaration, the file it is for (None: it opens one), how it may go."""

    line: Line
    action: Action
    file: File | None
    way: str
    route: tuple[tuple[str, ...], ...]


@require_http_methods(GET_POST)
@at_desk
def act(request: HttpRequest, desk: Desk, case: UUID, action: str) -> HttpResponseBase:
    """An act in a case."""
    file = opened(desk, case)
    if isinstance(file, HttpResponse):
        return file
    line = registry.line(file.head.line)
    choice = next((c for c in file.choices if c.action == action), None)
    declared = line.action(action)
    if choice is None or declared is None:
        raise Http404
    return _page(request, desk, Sheet(line, declared, file, choice.way, choice.route))


@require_http_methods(GET_POST)
@at_desk
def new(request: HttpRequest, desk: Desk, line: str, action: str) -> HttpResponseBase:
    """An act that opens a case."""
    if line not in registry.known():
        raise Http404
    found = registry.line(line)
    declared = found.action(action)
    if declared is None or None not in declared.from_:
        raise Http404
    return _page(request, desk, Sheet(found, declared, None, "perform", ()))


def _page(request: HttpRequest, desk: Desk, sheet: Sheet) -> HttpResponseBase:
    spot = Spot(desk.user.pk, sheet.line.code, sheet.action.code, sheet.file.head.id if sheet.file else None)
    if request.method != "POST":
        return _offered(request, desk, sheet, spot)
    posted = Posted(request.POST.lists())
    if "act-keep" in posted or "act-drop" in posted:
        return _put_by(request, desk, spot, posted)
    uploads = tuple(Upload(file.name or "", file.read()) for file in request.FILES.getlist("act-files"))
    wanted = intent(sheet.action, posted, desk.today, uploads)
    outcome = carry(desk, sheet.line, spot.case, wanted, None if spot.case else desk.organ)
    if outcome.problems:
        unfinished.keep(spot, kept(posted), desk.now, wanted.key)
        page = render(request, "desk/act.html", _form(sheet, desk, wanted, outcome.problems))
        page.status_code = 422
        return page
    unfinished.drop(spot)
    return _done(request, sheet, outcome.answer)


def _offered(request: HttpRequest, desk: Desk, sheet: Sheet, spot: Spot) -> HttpResponse:
    """The form: empty, or as it was left if that is wanted; where one was left, first the question."""
    begun = unfinished.find(spot)
    if begun is None:
        blank = Intent(Command(sheet.action.code, desk.today), uuid4().hex, False)
        return render(request, "desk/act.html", _form(sheet, desk, blank, ()))
    if "resume" not in request.GET:
        body = {
            "section": "cases",
            "line": sheet.line,
            "action": sheet.action,
            "file": sheet.file,
            "at": begun.at,
        }
        return render(request, "desk/unfinished.html", body)
    left = intent(sheet.action, Posted({name: list(v) for name, v in begun.posted.items()}), desk.today)
    return render(request, "desk/act.html", {**_form(sheet, desk, left, ()), "resumed": begun.at})


def _put_by(request: HttpRequest, desk: Desk, spot: Spot, posted: Posted) -> HttpResponse:
    """Keep a form for later, or throw away what was kept. The page's script keeps it without being shown anything."""
    if "act-drop" in posted:
        unfinished.drop(spot)
        return redirect(request.path)
    unfinished.keep(spot, kept(posted), desk.now, posted.get("act-key", [""])[-1])
    if posted["act-keep"] == ["auto"]:
        return HttpResponse(status=204)
    messages.success(request, "已暂存。再次打开本事项时，可以继续填写。")
    return redirect("desk:case", spot.case) if spot.case else redirect("desk:cases")


def _done(request: HttpRequest, sheet: Sheet, answer: Any) -> HttpResponse:
    if isinstance(answer, Proposed):
        messages.success(request, f"“{sheet.action.title}”已提交审批。")
        return redirect("desk:proposal", answer.id)
    assert isinstance(answer, Done)
    messages.success(
        request, f"已办理“{sheet.action.title}”" + (f"，案号 {answer.number}" if answer.number else "") + "。"
    )
    for warning in answer.warnings:
        messages.warning(request, in_words(warning, sheet.line.messages), extra_tags="hint")
    return redirect("desk:case", answer.case)


def _form(sheet: Sheet, desk: Desk, wanted: Intent, problems: Any) -> dict[str, Any]:
    """The page of an act: empty, or as posted with every problem beside its field."""
    paths = paths_of(form(sheet.action.inputs, wanted.command.data))
    said = told(sheet.line, problems, paths)
    file, command = sheet.file, wanted.command
    moment = any(f.kind == "moment" for f in form(sheet.action.inputs)) and not any(
        f.kind == "date" for f in form(sheet.action.inputs)
    )
    return {
        "section": "cases", "line": sheet.line, "action": sheet.action, "file": file,
        "cite": str(sheet.line.cite(sheet.action.cite, file.head.version if file else sheet.line.version_for(desk.today))), "key": wanted.key,
        "on": command.on.isoformat(), "on_type": "datetime-local" if moment else "date",
        **_fields(sheet, command, said), "above": said.above, "wrong": sum(map(len, said.fields.values())),
        "parties": file.parties if file else (), "chosen_party": command.party, "chosen_re": command.re,
        "targets": _targets(file), "direct": sheet.way == "perform", "route": " → ".join("、".join(step) for step in sheet.route),
    }  # fmt: skip


def _fields(sheet: Sheet, command: Command, said: Told) -> dict[str, Any]:
    """The act's own fields, and those any act may carry, which are folded away until somebody uses them."""
    found = form(sheet.action.inputs, command.data, said.fields)
    common = [f for f in found if f.name in COMMON]
    return {
        "fields": [f for f in found if f.name not in COMMON], "common": common, "unfold": any(f.problems or f.value for f in common),
    }  # fmt: skip


def _targets(file: File | None) -> list[tuple[int, str]]:
    """Earlier records an act may answer, the newest first."""
    entries = file.entries if file else ()
    return [
        (e.seq, f"{e.on} {e.title}" + (f"（{e.party}）" if e.party else ""))
        for e in reversed(entries)
        if not e.struck
    ]


# ------------------------------------------------------------------------------ proposals


@at_desk
def proposal_list(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What waits for me: drafts whose turn is mine, and my own that came back."""
    return render(
        request,
        "desk/proposals.html",
        {"section": "proposals", "rows": inbox.waiting(desk.reader, desk.world)},
    )


# Step of a proposal → the function that takes it, its button, its look.
STEPS: Mapping[str, tuple[Callable[..., Any], str, str]] = {
    "opinion": (proposals.opine, "同意，送下一环节", ""), "sign": (proposals.sign, "签发", ""),
    "return": (proposals.give_back, "退回修改", "danger"), "withdraw": (proposals.withdraw, "撤回", "danger"),
}  # fmt: skip


@require_http_methods(GET_POST)
@at_desk
def proposal(request: HttpRequest, desk: Desk, proposal: UUID) -> HttpResponseBase:
    """One draft: read it, and take the step that is mine."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        answer = _step(request, proposal, desk)
        if not isinstance(answer, NotDone):
            return _stepped(request, answer)
        problems = answer.problems
    sheet = inbox.sheet(desk.reader, proposal, desk.world)
    if isinstance(sheet, Unknown):
        raise Http404
    if isinstance(sheet, Denied):
        return refused(sheet.code)
    page = render(request, "desk/proposal.html", _proposal(sheet, problems))
    page.status_code = 422 if problems else 200
    return page


def _stepped(request: HttpRequest, answer: Any) -> HttpResponse:
    if isinstance(answer, Done):
        messages.success(request, "已签发，行为已经办理。")
        return redirect("desk:case", answer.case)
    messages.success(request, "已办理，" + proposals.STATES[answer.state] + "。")
    return redirect("desk:proposals")


def _step(request: HttpRequest, proposal: UUID, desk: Desk) -> Any:
    step, text = request.POST.get("step", ""), request.POST.get("text", "").strip()
    if step not in STEPS:
        raise Http404
    take = STEPS[step][0]
    if step == "withdraw":
        return take(proposal, desk.hand, text, desk.world)
    seen = request.POST.get("seen", "")
    return take(proposal, desk.hand, text, desk.world, int(seen) if seen.isdigit() else None)


def _proposal(sheet: inbox.Sheet, problems: tuple[Problem, ...]) -> dict[str, Any]:
    line = registry.line(sheet.line)
    return {
        "section": "proposals", "sheet": sheet, "line": line, "above": [in_words(p, line.messages) for p in problems],
        "steps": [(code, *STEPS[code][1:]) for code in sheet.steps if code in STEPS],
        "route": [("、".join(step), index == sheet.position) for index, step in enumerate(sheet.route)],
    }  # fmt: skip
