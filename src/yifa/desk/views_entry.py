"""Coming and going: log-in with password and code, log-out, the capacity one acts in."""

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from yifa.desk.session import KEY, MUST_ENROL, desk_of, key_of, names_of, organ_names
from yifa.people import factors, logins
from yifa.people.logins import Turned
from yifa.people.models import User
from yifa.people.selectors import Capacity

HALF = "half_in"  # in the session: whose password was right, and when
CODE_MINUTES = 5  # to type the code in
WARN_LEFT = 3  # tries left from which one is told how many
TEXTS = {
    "wrong": "登录名或密码不正确，或者账号已停用。",
    "code_wrong": "验证码不正确或者已经用过，请等待下一个验证码再试。",
    "account_locked": "登录失败次数过多，该登录名暂停登录，{until}以后可以再试。急需登录的，请联系安全管理员解除。",
    "address_locked": "从您所在的网络地址登录失败次数过多，暂停从该地址登录，{until}以后可以再试。急需登录的，请联系安全管理员解除。",
}


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponseBase:
    """The log-in page."""
    name = request.POST.get("login", "")
    if request.method != "POST":
        return render(request, "desk/login.html", {"login": name})
    now = timezone.now()
    answer = logins.with_password(name, request.POST.get("password", ""), address_of(request), now)
    if isinstance(answer, Turned):
        return _turned(request, "desk/login.html", answer, now, {"login": name})
    if answer.asks_code:
        request.session[HALF] = [answer.user.pk, now.timestamp()]
        return redirect(f"{reverse('desk:login_code')}?{request.GET.urlencode()}")
    return _let_in(request, answer.user)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponseBase:
    """The second step, for a few minutes after the first."""
    now = timezone.now()
    whose, since = request.session.get(HALF, (0, 0))
    user = User.objects.filter(pk=whose, is_active=True).first()
    if user is None or now.timestamp() - since > CODE_MINUTES * 60:
        return redirect("desk:login")
    if request.method != "POST":
        return render(request, "desk/login_code.html")
    answer = logins.with_code(user, request.POST.get("code", ""), address_of(request), now)
    if isinstance(answer, Turned):
        return _turned(request, "desk/login_code.html", answer, now, {})
    return _let_in(request, user)


def _let_in(request: HttpRequest, user: User) -> HttpResponseBase:
    login(request, user, "django.contrib.auth.backends.ModelBackend")
    request.session.pop(HALF, None)
    if factors.must_have(user, desk_of(request).today) and factors.confirmed(user) is None:
        request.session[MUST_ENROL] = True
    return redirect(_onwards(request))


def _turned(
    request: HttpRequest, template: str, answer: Turned, now: datetime, body: dict[str, Any]
) -> HttpResponseBase:
    """The form again, with what is wrong; when it may be tried again where it is locked."""
    page = render(request, template, {**body, "wrong": _in_words(answer, now)})
    page.status_code = 429 if answer.code.endswith("_locked") else 400
    if answer.until:
        page.headers["Retry-After"] = str(max(1, int((answer.until - now).total_seconds())))
    return page


def _in_words(answer: Turned, now: datetime) -> str:
    until = timezone.localtime(answer.until) if answer.until else now
    shown = "{0:%H:%M}" if until.date() == timezone.localtime(now).date() else "{0.month}月{0.day}日{0:%H:%M}"
    text = TEXTS[answer.code].format(until=shown.format(until))
    few = answer.left is not None and answer.left <= WARN_LEFT
    return f"{text}再失败{answer.left}次将暂停登录。" if few else text


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind a proxy that says so, the last address it was told (YIFA_PROXY_ADDRESS)."""
    if settings.PROXY_ADDRESS:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if told:
            return str(told)
    return str(request.META.get("REMOTE_ADDR", ""))


def _onwards(request: HttpRequest) -> str:
    """Where the user wanted to go, if it is here."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else "desk:home"


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Log out."""
    logout(request)
    return redirect("desk:login")


class Choice(NamedTuple):
    """A capacity to choose."""

    key: str
    organ_name: str
    role_names: str
    principal: str


@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: HttpRequest) -> HttpResponseBase:
    """Choose in which organ, in which roles, and for whom one acts."""
    if not request.user.is_authenticated:
        return redirect("desk:login")
    desk = desk_of(request)
    chosen = request.POST.get("capacity", "")
    if request.method == "POST" and chosen in [key_of(c) for c in desk.capacities]:
        request.session[KEY] = chosen
        return redirect("desk:home")
    return render(request, "desk/capacity.html", {"choices": _choices(desk.capacities)})


def _choices(found: tuple[Capacity, ...]) -> list[Choice]:
    organs = organ_names([c.organ for c in found])
    people = dict(
        User.objects.filter(pk__in=[c.instead_of for c in found if c.instead_of]).values_list(
            "pk", "display_name"
        )
    )
    return [Choice(key_of(c), organs[c.organ], names_of(c), people.get(c.instead_of or 0, "")) for c in found]
