"""Addresses of the portal."""

from django.urls import URLPattern, path

from yifa.portal import verify

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("verify/", verify.ask, name="ask"),
    path("verify/<str:code>", verify.show, name="verify"),
]
