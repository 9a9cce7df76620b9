"""What anybody may read: the procedures with their diagrams, and the ledger."""

from collections.abc import Iterable
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from yifa import registry
from yifa.casework import log
from yifa.desk.session import Desk, at_desk
from yifa.guide.diagram import svg
from yifa.guide.text import guide
from yifa.ledger import verifier

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@at_desk
def procedures(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """The lines there are."""
    lines = [registry.line(code) for code in registry.known()]
    return render(request, "desk/procedures.html", {"section": "procedures", "lines": lines})


@at_desk
def procedure(request: HttpRequest, desk: Desk, line: str) -> HttpResponseBase:
    """One procedure: its diagram and its guide."""
    if line not in registry.known():
        raise Http404
    found = registry.line(line)
    body = {
        "section": "procedures",
        "line": found,
        "guide": _html(guide(found)),
        "diagram": _trusted(svg(found)),
    }
    return render(request, "desk/procedure.html", body)


def _html(lines: Iterable[str]) -> SafeString:
    return _trusted(_MARKDOWN.render("\n".join(lines)))


def _trusted(markup: str) -> SafeString:
    """Markup made from our own declarations; raw HTML in them is escaped by its maker."""
    return mark_safe(markup)  # noqa: S308


@at_desk
def ledger(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """The city's log: its newest checkpoint, and what an outsider needs to check it."""
    note = log.latest()
    key = log.key()
    body = {
        "section": "ledger",
        "note": note.decode() if note else "",
        "size": log.log_size(),
        "key": str(key),
    }
    return render(request, "desk/ledger.html", body)


@at_desk
def verifier_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The stand-alone verifier, to keep and run elsewhere."""
    return _download(Path(verifier.__file__).read_bytes(), "verifier.py", "text/x-python; charset=utf-8")


@at_desk
def checkpoint_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The newest checkpoint as a file: whoever keeps it can show later that nothing was cut off or rewritten."""
    note = log.latest()
    if note is None:
        raise Http404
    return _download(note, f"checkpoint-{log.log_size()}.txt", "text/plain; charset=utf-8")


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
