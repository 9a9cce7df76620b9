"""Coming and going: log-in, log-out, the capacity one acts in."""

from typing import NamedTuple

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from yifa.desk.session import KEY, desk_of, key_of, names_of, organ_names
from yifa.people.models import User
from yifa.people.selectors import Capacity


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponseBase:
    """The log-in page."""
    name = request.POST.get("login", "")
    if request.method == "POST":
        user = authenticate(request, username=name, password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            return redirect(_onwards(request))
    page = render(request, "desk/login.html", {"wrong": request.method == "POST", "login": name})
    page.status_code = 400 if request.method == "POST" else 200
    return page


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
