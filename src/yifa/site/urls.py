"""Routes. Pages are added by the desk, the portal and the API."""

from django.urls import URLPattern, URLResolver, include, path

from yifa.platform import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("yifa.portal.urls")),
    path("", include("yifa.desk.urls")),
]
