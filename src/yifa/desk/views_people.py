"""Accounts and roles: made by the system administrator, given by the security administrator, read by the auditor."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yifa.desk.opening import refused
from yifa.desk.session import Desk, at_desk, no_store
from yifa.desk.views_case import page_of
from yifa.people import listing, selectors, services, substitutions
from yifa.people.models import Membership, Organ, Substitution, User
from yifa.people.permissions import Allowed, Denied, Verb, may
from yifa.people.roles import ROLES, Power
from yifa.people.services import Refusal

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
@at_desk
def accounts(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Accounts by log-in or name; the system administrator makes new ones."""
    made, problem = _made(request, desk) if request.method == "POST" else (None, None)
    text = request.GET.get("q", "").strip()
    found = listing.accounts(desk.actor, text, page_of(request.GET.get("page", "")), desk.today)
    if isinstance(found, Denied):
        return refused(found.code)
    body = {
        "section": "accounts", "page": found, "q": text, "makes": _may(desk, Verb.MANAGE_ACCOUNTS), "made": made,
        "problem": str(problem) if problem else "", "typed": request.POST, "powers": listing.POWERS,
    }  # fmt: skip
    return _answer(request, "desk/accounts.html", body, problem)


def _made(request: HttpRequest, desk: Desk) -> tuple[dict[str, str] | None, Refusal | None]:
    """The new account with its first password, shown this once; or why there is none."""
    password, power = secrets.token_urlsafe(12), request.POST.get("power", "")
    kind = Power(power) if power in set(Power) else Power.BUSINESS
    login, name = request.POST.get("login", ""), request.POST.get("name", "")
    user = services.create_user(desk.actor, login, name, password, kind)
    if isinstance(user, Refusal):
        return None, user
    return {"login": user.login, "password": password, "key": str(user.pk)}, None


@require_http_methods(GET_POST)
@at_desk
def account(request: HttpRequest, desk: Desk, key: int) -> HttpResponseBase:
    """One account: its roles over time, and what may be done with it."""
    found = listing.account(desk.actor, key)
    if isinstance(found, Denied):
        return refused(found.code)
    if found is None:
        raise Http404
    password, problem = _managed(request, desk, found.user) if request.method == "POST" else ("", None)
    if request.method == "POST" and not password and problem is None:
        messages.success(request, "已办理，并已记录。")
        return redirect("desk:account", key)
    body = {
        "section": "accounts", "account": found, "today": desk.today, "password": password, "typed": request.POST,
        "problem": str(problem) if problem else "", "makes": _may(desk, Verb.MANAGE_ACCOUNTS),
        "grants": _may(desk, Verb.GRANT_ROLES), "self": found.user.pk == desk.user.pk,
        "roles": [role for role in ROLES.values() if role.power == found.user.power], "offers": _offers(desk, found),
    }  # fmt: skip
    return _answer(request, "desk/account.html", body, problem)


def _offers(desk: Desk, found: listing.Account) -> list[listing.Held]:
    """Roles of the account in which somebody may be made its substitute."""
    if found.user.power != Power.BUSINESS or not _may(desk, Verb.GRANT_ROLES):
        return []
    return [held for held in found.roles if held.end is None or held.end >= desk.today]


def _managed(request: HttpRequest, desk: Desk, user: User) -> tuple[str, Refusal | None]:
    """Do what was asked: a new password, if that was it, and what stood in the way."""
    take = _DOES.get(request.POST.get("do", ""))
    done: Any = Refusal("verb") if take is None else take(request, desk, user)
    if isinstance(done, Refusal):
        return "", done
    return (done, None) if isinstance(done, str) else ("", None)


def _switch(request: HttpRequest, desk: Desk, user: User) -> Any:
    change = services.disable if user.is_active else services.enable
    return change(desk.actor, user, request.POST.get("reason", ""))


def _reset(request: HttpRequest, desk: Desk, user: User) -> Any:
    password = secrets.token_urlsafe(12)
    done = services.reset_password(desk.actor, user, password)
    return done if isinstance(done, Refusal) else password


def _grant(request: HttpRequest, desk: Desk, user: User) -> Any:
    organ, start = (
        Organ.objects.filter(code=request.POST.get("organ", "").strip()).first(),
        _day(request, "start"),
    )
    end = _day(request, "end")
    if organ is None or start is None or (end is None and request.POST.get("end")):
        return Refusal("organ_unknown" if organ is None else "day")
    return services.grant(desk.actor, user, organ, request.POST.get("role", ""), start, end)


def _end(request: HttpRequest, desk: Desk, user: User) -> Any:
    held, last = _of(Membership.objects.filter(user=user), request), _day(request, "last")
    if held is None or last is None:
        return Refusal("held_unknown" if held is None else "day")
    return services.end_membership(desk.actor, held, last)


def _substitute(request: HttpRequest, desk: Desk, user: User) -> Any:
    """Somebody acts for this account in a role that it holds."""
    held = _of(Membership.objects.filter(user=user), request)
    other = User.objects.filter(login__iexact=request.POST.get("other", "").strip()).first()
    start, end = _day(request, "start"), _day(request, "end")
    if held is None or other is None:
        return Refusal("held_unknown" if held is None else "other_unknown")
    if start is None or end is None:
        return Refusal("day")
    authority = request.POST.get("authority", "")
    wanted = substitutions.Wanted(user, other, held.organ, held.role, authority, start, end)
    return substitutions.substitute(desk.actor, wanted)


def _relieve(request: HttpRequest, desk: Desk, user: User) -> Any:
    row, last = _of(Substitution.objects.filter(principal=user), request), _day(request, "last")
    if row is None or last is None:
        return Refusal("substitution_unknown" if row is None else "day")
    return substitutions.end_substitution(desk.actor, row, last)


Row = TypeVar("Row", Membership, Substitution)


def _of(rows: QuerySet[Row], request: HttpRequest) -> Row | None:
    """The row that was chosen, if it is one of these."""
    key = request.POST.get("held", "")
    return rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None


_DOES: dict[str, Callable[[HttpRequest, Desk, User], Any]] = {
    "switch": _switch, "reset": _reset, "grant": _grant, "end": _end, "substitute": _substitute, "relieve": _relieve,
}  # fmt: skip


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        return None


def _may(desk: Desk, verb: Verb) -> bool:
    return isinstance(may(desk.actor, verb, None), Allowed)


def _answer(
    request: HttpRequest, template: str, body: dict[str, Any], problem: Refusal | None
) -> HttpResponse:
    page = render(request, template, body)
    page.status_code = 422 if problem else 200
    return no_store(page)


@at_desk
def account_changes(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What was done to accounts and roles, the latest first."""
    found = selectors.changes(desk.actor)
    if isinstance(found, Denied):
        return refused(found.code)
    return render(request, "desk/account_changes.html", {"section": "account_changes", "rows": found})
