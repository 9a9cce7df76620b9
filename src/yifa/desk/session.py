"""Who sits at the desk: the user, the capacity they act in, the world they act on."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from yifa.casework.drafts import Hand
from yifa.casework.selectors import Reader
from yifa.casework.world import SystemWorld
from yifa.language.acts import Actor
from yifa.people.models import Organ, User
from yifa.people.roles import ROLES, Power
from yifa.people.selectors import Capacity, capacities

P = ParamSpec("P")
KEY = "capacity"
MUST_ENROL = "must_enrol"  # in the session: nothing else is open before a second factor is in use


class Desk:
    """One request's desk. `capacity` is one of the user's own, chosen in the session; the first if none is."""

    def __init__(self, user: User, world: SystemWorld, chosen: str | None) -> None:
        self.user, self.world = user, world
        self.capacities = capacities(user, self.today)
        self.capacity = next((c for c in self.capacities if key_of(c) == chosen), None) or (
            self.capacities[0] if self.capacities else None
        )

    @cached_property
    def now(self) -> datetime:
        """The moment of the request."""
        return self.world.now()

    @property
    def today(self) -> date:
        """The day of the request."""
        return self.now.date()

    @property
    def actor(self) -> Actor:
        """As the door knows whoever sits here."""
        assert self.capacity is not None
        return self.capacity.actor

    @property
    def reader(self) -> Reader:
        """As the reading door knows whoever sits here."""
        return Reader(self.actor, self.capacity.instead_of if self.capacity else None)

    @property
    def hand(self) -> Hand:
        """As steps of a proposal are taken: in one's own name or for somebody."""
        principal = self.capacity.instead_of if self.capacity else None
        return Hand(self.actor, str(principal) if principal else None)

    @property
    def handles(self) -> bool:
        """Whether this person has cases of their own."""
        return bool(self.actor.roles & HANDLING)

    @property
    def organ(self) -> str:
        """Code of the organ acted for."""
        return self.capacity.organ if self.capacity else ""

    @cached_property
    def organ_name(self) -> str:
        """Its name."""
        return organ_names([self.organ]).get(self.organ, self.organ)

    @property
    def role_names(self) -> str:
        """The roles held, in Chinese."""
        return names_of(self.capacity) if self.capacity else "无任职"

    @property
    def menu(self) -> list[tuple[str, str, str]]:
        """Sections of the desk this person has use for: code, title, address."""
        power = Power(self.user.power)
        return [(code, title, reverse(f"desk:{code}")) for code, title, powers in _MENU if power in powers]


HANDLING = frozenset({"handler", "aid_person", "mediator", "grid_mediator"})
_BUSINESS = frozenset({Power.BUSINESS})
_EVERYBODY = frozenset(Power)
_MENU = (
    ("home", "我的工作", _BUSINESS),
    ("cases", "案件", _BUSINESS),
    ("search", "查找", _BUSINESS),
    ("calendar", "日程", _BUSINESS),
    ("proposals", "审批", _BUSINESS),
    ("logins", "登录管理", frozenset({Power.SECURITY})),
    ("accounts", "账号与任职", frozenset({Power.SYSTEM, Power.SECURITY})),
    ("accesses", "查阅记录", frozenset({Power.AUDIT})),
    ("login_record", "登录记录", frozenset({Power.AUDIT})),
    ("account_changes", "账号变动", frozenset({Power.AUDIT})),
    ("reports", "统计与年报", _BUSINESS | {Power.AUDIT}),
    ("procedures", "办事程序", _EVERYBODY),
    ("ledger", "存证", _EVERYBODY),
)


def key_of(capacity: Capacity) -> str:
    """What stands in the session for a capacity."""
    return f"{capacity.organ}/{capacity.instead_of or ''}/{'+'.join(sorted(capacity.roles)) if capacity.instead_of else ''}"


def names_of(capacity: Capacity) -> str:
    """Its roles in Chinese, in the order of the table of roles."""
    return "、".join(role.title for code, role in ROLES.items() if code in capacity.roles)


def organ_names(codes: list[str]) -> dict[str, str]:
    """Names of organs by code, in one query."""
    return dict(Organ.objects.filter(code__in=codes).values_list("code", "name"))


def desk_of(request: HttpRequest) -> Desk:
    """The desk of a logged-in request."""
    assert isinstance(request.user, User)
    return Desk(request.user, SystemWorld(), request.session.get(KEY))


View = Callable[Concatenate[HttpRequest, Desk, P], HttpResponseBase]


def at_desk(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only for those logged in; whoever has no capacity is told so."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('desk:login')}?next={request.path}")
        if request.session.get(MUST_ENROL):
            return redirect("desk:second_factor")
        desk = desk_of(request)
        if desk.capacity is None:
            return redirect("desk:capacity")
        request.desk = desk  # type: ignore[attr-defined]
        return view(request, desk, *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], wrapped)


def context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows."""
    return {"desk": getattr(request, "desk", None), "demo_day": settings.DEMO_DAY}


def no_store(response: HttpResponse) -> HttpResponse:
    """Case files stay on no shared machine."""
    response.headers["Cache-Control"] = "no-store"
    return response
