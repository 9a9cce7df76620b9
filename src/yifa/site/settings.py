"""Django settings. The environment is read here and nowhere else."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from yifa.platform import embedded, keys

VAR = Path(os.environ.get("YIFA_VAR", "var")).resolve()
PRODUCTION = os.environ.get("YIFA_ENV") == "production"
DEBUG = False
SECRET_KEY = keys.secret(VAR, "YIFA_SECRET_KEY", production=PRODUCTION)
DATA_KEY = keys.secret(VAR, "YIFA_DATA_KEY", production=PRODUCTION)
BLIND_KEY = keys.secret(VAR, "YIFA_BLIND_KEY", production=PRODUCTION)
LOG_KEY = keys.secret(VAR, "YIFA_LOG_KEY", production=PRODUCTION)
LOG_ORIGIN = os.environ.get("YIFA_LOG_ORIGIN", "yifa.example/city")
ALLOWED_HOSTS = os.environ.get("YIFA_HOSTS", "127.0.0.1,localhost").split(",")
DATABASE_URL = os.environ.get("DATABASE_URL") or embedded.ensure_running(VAR / "pg")


def _database(url: str) -> dict[str, object]:
    """Django's form of a libpq URI."""
    parts = urlsplit(url)
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": _database(DATABASE_URL)}
INSTALLED_APPS = ["yifa.casework.apps.CaseworkConfig"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "yifa.site.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
X_FRAME_OPTIONS = "DENY"
