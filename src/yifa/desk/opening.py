"""Opening files for pages: the file with what lies in it, or the page that says why it stays closed."""

from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse
from django.template import loader

from yifa.casework import materials, matters, selectors
from yifa.casework.models import Case
from yifa.casework.selectors import File
from yifa.desk.session import Desk
from yifa.people.permissions import MESSAGES, Denied


def opened(desk: Desk, case: UUID) -> File | HttpResponse:
    """The file, or the page that says why not."""
    file = selectors.open_file(desk.reader, case, desk.world)
    if isinstance(file, File):
        return file
    if isinstance(file, Denied):
        return refused(file.code)
    raise Http404


def refused(code: str) -> HttpResponse:
    """The page that says why a file stays closed."""
    body = loader.render_to_string("desk/refused.html", {"text": MESSAGES[code]})
    return HttpResponse(body, status=403)


class Held(NamedTuple):
    """What a file holds: documents issued, materials taken in."""

    documents: list[matters.Issued]
    materials: list[materials.Filed]


def held(case: UUID, desk: Desk) -> Held:
    """What an opened file holds."""
    row = Case.objects.get(id=case)
    log = matters.log_of(row, desk.world)
    return Held(matters.issued(row, log, desk.world), materials.of_log(log))
