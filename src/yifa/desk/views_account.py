"""Logging in, from inside: one's own second factor; locks and lost devices for the security administrator; the record."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, cast
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yifa.desk.opening import refused
from yifa.desk.session import MUST_ENROL, Desk, at_desk, desk_of
from yifa.people import factors, logins
from yifa.people.permissions import MESSAGES as FORBIDDEN
from yifa.people.permissions import Denied
from yifa.people.services import MESSAGES, Refusal

GET_POST = ["GET", "HEAD", "POST"]
ISSUER = "依法"


def in_words(refusal: Refusal) -> str:
    """A refusal in Chinese."""
    return MESSAGES.get(refusal.code) or FORBIDDEN[refusal.code]


def _logged_in(view: Callable[[HttpRequest, Desk], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:  # fmt: skip
    """For whoever is logged in, with or without a capacity, also before the second factor that is demanded."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect("desk:login")
        desk = desk_of(request)
        if not request.session.get(MUST_ENROL):
            request.desk = desk  # type: ignore[attr-defined]
        return view(request, desk)

    return cast(Callable[[HttpRequest], HttpResponseBase], wrapped)


# ------------------------------------------------------------------------------ one's own second factor


@require_http_methods(GET_POST)
@_logged_in
def second_factor(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Enrol a device, or give it up."""
    there = factors.confirmed(desk.user) is not None
    if request.method != "POST":
        return render(request, "desk/second_factor.html", _factor(desk, there))
    take = _give_up if there else _enrol
    return take(request, desk)


def _enrol(request: HttpRequest, desk: Desk) -> HttpResponse:
    codes = factors.confirm(desk.user, *_proof(request), timezone.now())
    if isinstance(codes, Refusal):
        return _again(request, desk, codes)
    request.session.pop(MUST_ENROL, None)
    request.desk = desk  # type: ignore[attr-defined]
    return render(request, "desk/second_factor.html", {**_factor(desk, True), "codes": codes})


def _give_up(request: HttpRequest, desk: Desk) -> HttpResponse:
    problem = factors.remove(desk.user, *_proof(request), timezone.now())
    if problem:
        return _again(request, desk, problem)
    if factors.must_have(desk.user, desk.today):
        request.session[MUST_ENROL] = True
    messages.success(request, "已停用原来的设备。")
    return redirect("desk:second_factor")


def _proof(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("password", ""), request.POST.get("code", "")


def _again(request: HttpRequest, desk: Desk, problem: Refusal) -> HttpResponse:
    there = factors.confirmed(desk.user) is not None
    page = render(
        request, "desk/second_factor.html", {**_factor(desk, there), "problem": in_words(problem) + "。"}
    )
    page.status_code = 422
    return page


def _factor(desk: Desk, there: bool) -> dict[str, Any]:
    must = factors.must_have(desk.user, desk.today)
    if there:
        return {
            "login": desk.user.login,
            "there": True,
            "must": must,
            "left": factors.recovery_codes_left(desk.user),
        }
    begun = factors.begin(desk.user, timezone.now(), ISSUER)
    assert isinstance(begun, factors.Enrolment)
    groups = [begun.secret[i : i + 4] for i in range(0, len(begun.secret), 4)]
    picture = segno.make(begun.address, error="m").svg_data_uri(scale=5, border=2)
    return {
        "login": desk.user.login,
        "there": False,
        "must": must,
        "secret": " ".join(groups),
        "picture": picture,
    }


# ------------------------------------------------------------------------------ administrators


class _Shown(NamedTuple):
    """A lock as the page shows it."""

    lock: logins.Lock
    title: str


@require_http_methods(GET_POST)
@at_desk
def logins_view(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Locks, which may be undone, and lost devices, which may be taken away."""
    problem = _managed(request, desk) if request.method == "POST" else None
    if request.method == "POST" and problem is None:
        return redirect("desk:logins")
    found = logins.locks(desk.actor, timezone.now())
    if isinstance(found, Denied):
        return refused(found.code)
    titles = {"account": "登录名", "address": "网络地址"}
    body = {
        "section": "logins", "locks": [_Shown(lock, titles[lock.kind]) for lock in found],
        "problem": in_words(problem) + "。" if problem else "", "limits": logins.limits("account"),
        "address_limits": logins.limits("address"), "typed": request.POST,
    }  # fmt: skip
    page = render(request, "desk/logins.html", body)
    page.status_code = 422 if problem else 200
    return page


def _managed(request: HttpRequest, desk: Desk) -> Refusal | None:
    """Do what was asked; what stood in the way."""
    reason, now = request.POST.get("reason", ""), timezone.now()
    if request.POST.get("do") == "reset":
        done: Any = factors.reset(desk.actor, request.POST.get("login", ""), reason, now)
    else:
        done = logins.unlock(desk.actor, request.POST.get("kind", ""), _id(request.POST.get("lock", "")), reason, now)  # fmt: skip
    if isinstance(done, Refusal):
        return done
    messages.success(request, "已办理，并已记录。")
    return None


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@at_desk
def login_record(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Who came, who was turned away, what was done to log-ins."""
    text = request.GET.get("page", "")
    found = logins.records(
        desk.actor, int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    )
    if isinstance(found, Denied):
        return refused(found.code)
    return render(request, "desk/login_record.html", {"section": "login_record", "page": found})
