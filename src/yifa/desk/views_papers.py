"""What lies in a file: documents and materials, opened with permission and on record, and the whole file as one PDF."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from yifa.casework import documents, materials
from yifa.casework.documents import Opened
from yifa.casework.models import Case
from yifa.casework.requests import NotDone
from yifa.desk.opening import held, opened, refused
from yifa.desk.session import Desk, at_desk
from yifa.language.messages import kernel_catalogue
from yifa.language.messages import render as in_words
from yifa.people.permissions import Denied
from yifa.platform.headers import POLICY

FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


@at_desk
def paper(request: HttpRequest, desk: Desk, case: UUID, seq: int, code: str) -> HttpResponseBase:
    """A document beside the others of its file: in the browser's own viewer on office screens, by a link on phones."""
    file = opened(desk, case)
    if isinstance(file, HttpResponse):
        return file
    papers = held(case, desk)
    found = next((p for p in papers.documents if (p.seq, p.document) == (seq, code)), None)
    if found is None:
        raise Http404
    body = {"section": "cases", "file": file, "held": papers, "paper": found}
    return render(request, "desk/paper.html", body)


@at_desk
def document(request: HttpRequest, desk: Desk, case: UUID, seq: int, code: str) -> HttpResponseBase:
    """A document as PDF; pages of ours may frame it."""
    if not Case.objects.filter(id=case).exists():
        raise Http404
    return _shown(documents.open_document(desk.actor, case, seq, code, desk.world), "application/pdf")


@at_desk
def material(request: HttpRequest, desk: Desk, case: UUID, seq: int, place: int) -> HttpResponseBase:
    """A material as it was sent, to be saved: what others sent in is never shown as a page of ours."""
    if not Case.objects.filter(id=case).exists():
        raise Http404
    return _shown(
        materials.open_material(desk.actor, case, seq, place, desk.world), "application/octet-stream"
    )


def _shown(found: Opened | Denied | NotDone, kind: str) -> HttpResponse:
    if isinstance(found, Denied):
        return refused(found.code)
    if isinstance(found, NotDone):
        texts = "\n".join(in_words(problem, kernel_catalogue()) for problem in found.problems)
        return HttpResponse(texts, status=409, content_type="text/plain; charset=utf-8")
    response = HttpResponse(found.content, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if kind == "application/pdf":
        response.headers["Content-Security-Policy"] = FRAMED
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    else:
        response.headers["Content-Disposition"] = "attachment"
    return response
