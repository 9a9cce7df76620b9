"""The site: health, headers, cookies, clean checks, and refusal of a bad environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client

from tests.platform.test_config import PRODUCTION
from yifa.people.models import User
from yifa.platform import health
from yifa.platform.embedded import EmbeddedError

pytestmark = pytest.mark.postgres
SOURCE = Path(__file__).resolve().parents[2] / "src"


def in_production(tmp_path: Path, *command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environ = {
        **PRODUCTION,
        "YIFA_VAR": str(tmp_path),
        "PYTHONPATH": str(SOURCE),
        "PATH": os.defpath,
        **changes,
    }
    return subprocess.run(
        [sys.executable, "-W", "error", *command], env=environ, capture_output=True, text=True
    )


def test_healthz_asks_nothing_of_the_database(client: Client) -> None:
    response = client.get("/healthz")  # without the db mark, a query would be refused
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readyz(client: Client) -> None:
    assert client.get("/readyz").json() == {"status": "ok", "codes": []}
    assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
def test_readyz_without_its_migrations(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("people", False)])
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "unready", "codes": ["migrations"]})


def test_readyz_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: object) -> None:
        raise EmbeddedError("/secret/place")

    monkeypatch.setattr(health, "MigrationExecutor", broken)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["codes"]) == (503, ["database"])
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Content-Security-Policy", "default-src 'self'"),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=()"),
        ("Cache-Control", "no-store"),
    ],
)
def test_headers(client: Client, name: str, says: str) -> None:
    assert says in client.get("/healthz").headers[name]


def test_a_stranger_host_is_refused() -> None:
    assert Client(SERVER_NAME="evil.example").get("/healthz").status_code == 400


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_production_passes_djangos_deployment_checks(tmp_path: Path) -> None:
    done = in_production(tmp_path, "-m", "yifa.site", "check", "--deploy", "--fail-level", "DEBUG")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_production_settings(tmp_path: Path) -> None:
    names = [
        "DEBUG",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_HTTPONLY",
    ]
    code = f"from yifa.site import settings as s; print([getattr(s, n) for n in {names!r}], s.DATABASES['default']['HOST'])"
    assert in_production(tmp_path, "-c", code).stdout.strip() == "[False, True, True, True, True] db"


def test_a_bad_environment_is_told_in_chinese_without_a_traceback(tmp_path: Path) -> None:
    done = in_production(tmp_path, "-m", "yifa.site", "check", YIFA_HOSTS="", YIFA_BLIND_KEY="kurz")
    assert done.returncode == 1
    assert "生产环境必须设置 YIFA_HOSTS" in done.stderr
    assert "YIFA_BLIND_KEY 的值不正确" in done.stderr
    assert "Traceback" not in done.stderr
    assert "kurz" not in done.stderr


def test_importing_the_settings_starts_no_server(tmp_path: Path) -> None:
    done = in_production(tmp_path, "-c", "import yifa.site.settings", YIFA_ENV="development", DATABASE_URL="")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "pg").exists()


def test_the_wsgi_entry_loads(tmp_path: Path) -> None:
    done = in_production(
        tmp_path, "-c", "from yifa.site.wsgi import application; print(callable(application))"
    )
    assert done.stdout.strip() == "True", done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANGUAGE_CODE", "zh-hans"),
        ("TIME_ZONE", "Asia/Shanghai"),
        ("USE_TZ", True),
        ("AUTH_USER_MODEL", "people.User"),
    ],
)
def test_settings(name: str, value: object) -> None:
    assert getattr(settings, name) == value


@pytest.mark.django_db
def test_log_in_by_any_case_with_a_memory_hard_hash() -> None:
    user = User(login="Tester", display_name="测试员")
    user.set_password("a-long-passphrase")
    user.save()
    assert user.password.startswith("scrypt$")
    assert authenticate(username="tester", password="a-long-passphrase") == user
    assert authenticate(username="tester", password="wrong") is None
