"""Looking for cases: by a person's data, by number, by organ; and who looked, for the audit administrator.

What is looked for is posted, never part of an address: addresses are kept in histories and logs.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yifa.casework import selectors, within
from yifa.casework.models import Case
from yifa.casework.selectors import Page, Wanted
from yifa.desk.opening import refused
from yifa.desk.session import Desk, at_desk
from yifa.desk.views_case import page_of, shown
from yifa.people import selectors as people
from yifa.people.permissions import MESSAGES, Denied

GET_POST = ["GET", "HEAD", "POST"]
PERSONS: Mapping[str, str] = {
    "name": "姓名或名称", "id_number": "证件号码", "phone": "电话", "uscc": "统一社会信用代码",
}  # fmt: skip
KINDS: Mapping[str, str] = {**PERSONS, "number": "案号"}


@require_http_methods(GET_POST)
@at_desk
def search(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Cases by what is known of them."""
    asked = {name: request.POST.get(name, "").strip() for name in ("kind", "value", "organ")}
    body: dict[str, Any] = {
        "section": "search", "kinds": KINDS.items(), "organs": within.organs_in_reach(desk.actor), "asked": asked,
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "desk/search.html", body)
    found = _found(desk, asked, page_of(request.POST.get("page", "")))
    body |= {"problem": found} if isinstance(found, str) else {"page": shown(found, None)}
    page = render(request, "desk/search.html", body)
    page.status_code = 422 if isinstance(found, str) else 200
    return page


def _found(desk: Desk, asked: Mapping[str, str], page: int) -> Page | str:
    """The cases, or what is wrong with the question."""
    kind, value, organ = asked["kind"], asked["value"], asked["organ"] or None
    if kind in PERSONS and value:
        found = selectors.find_parties(desk.reader, kind, value, desk.world, page, organ)
        return MESSAGES[found.code] + "。" if isinstance(found, Denied) else found
    if kind in KINDS and (value or organ):
        wanted = Wanted(closed=None, number=value, organ=organ)
        return selectors.worklist(desk.reader, desk.world, wanted, page)
    return "请填写要查找的内容，或者选定承办机关。"


@require_http_methods(GET_POST)
@at_desk
def accesses(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Who opened, unmasked and looked for what; or who looked for one person."""
    kind, value = request.POST.get("kind", ""), request.POST.get("value", "").strip()
    about = (kind, value) if kind in PERSONS and value else None
    found = people.access_record(desk.actor, page_of(request.POST.get("page", "")), about)
    if isinstance(found, Denied):
        return refused(found.code)
    cases = [row.case for row in found.rows if row.case]
    numbers = {
        str(pk): number for pk, number in Case.objects.filter(pk__in=cases).values_list("pk", "number")
    }
    rows = [(row, numbers.get(row.case, ""), PERSONS.get(row.field, row.field)) for row in found.rows]
    body = {
        "section": "accesses", "page": found, "rows": rows, "kinds": PERSONS.items(), "asked": {"kind": kind, "value": value},
    }  # fmt: skip
    return render(request, "desk/accesses.html", body)
