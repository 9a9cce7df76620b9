"""Is the process alive (`/healthz`); can it do its work (`/readyz`)? Codes only: anyone may ask."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from yifa.platform.embedded import EmbeddedError


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200, or 503 with the codes of what is missing: database, migrations."""
    codes = unready()
    return JsonResponse(
        {"status": "unready" if codes else "ok", "codes": codes}, status=503 if codes else 200
    )


def unready() -> list[str]:
    """Codes of what keeps this process from working."""
    try:
        executor = MigrationExecutor(connection)
    except (DatabaseError, EmbeddedError):
        return ["database"]
    return ["migrations"] if executor.migration_plan(executor.loader.graph.leaf_nodes()) else []
