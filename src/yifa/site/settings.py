"""Django settings. What differs between installations is declared in `yifa.platform.config`, nowhere else."""

import os

from yifa.platform import config, logs

_config = config.Config(os.environ)
_invalid = [trouble for trouble in _config.troubles() if trouble.id != "settings.unknown"]
if _invalid:
    raise config.SettingsError(_invalid)

VAR = _config[config.VAR]
FILES = VAR / "files"  # uploads and documents, named by the hash of their content
PRODUCTION = _config.production
DEBUG = False
SECRET_KEY = _config[config.SECRET_KEY]
DATA_KEY = _config[config.DATA_KEYS][0].hex()
BLIND_KEY = _config[config.BLIND_KEY].hex()
LOG_KEY = _config[config.LOG_KEY].hex()
LOG_ORIGIN = _config[config.LOG_ORIGIN]
UNFINISHED_DAYS = _config[config.UNFINISHED_DAYS]
UPLOAD_LIMIT = _config[config.UPLOAD_MB] * 1_000_000
PUBLIC_URL = _config[config.PUBLIC_URL].rstrip("/")
ALLOWED_HOSTS = _config[config.HOSTS]
CSRF_TRUSTED_ORIGINS = _config[config.TRUSTED_ORIGINS]

DATABASES = {"default": config.django_database(_config[config.DATABASE_URL], VAR / "pg")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "yifa.people.apps.PeopleConfig",
    "yifa.casework.apps.CaseworkConfig",
    "yifa.registers.apps.RegistersConfig",
    "yifa.statistics.apps.StatisticsConfig",
    "yifa.portal",
    "yifa.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yifa.platform.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# Who answers the needs that casework cannot answer itself; casework and registers do not know each other.
NEED_PORTS = {"registers": "yifa.registers.answers.RegistersPort"}
ROOT_URLCONF = "yifa.site.urls"
WSGI_APPLICATION = "yifa.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yifa.desk.session.context",
            ]
        },
    }
]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files are served from the packages themselves: nothing to collect
LOGIN_URL = "desk:login"
DEMO_DAY = _config[config.DEMO_DAY]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

AUTH_USER_MODEL = "people.User"
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _VALIDATION + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "display_name")},
    },
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
PASSWORD_HASHERS = [  # scrypt is memory-hard and in the standard library (RFC 7914)
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LOGIN_FAILURES = _config[config.LOGIN_FAILURES]
LOGIN_ADDRESS_FAILURES = _config[config.LOGIN_ADDRESS_FAILURES]
LOGIN_LOCK_MINUTES = _config[config.LOGIN_LOCK_MINUTES]
SECOND_FACTOR = _config[config.SECOND_FACTOR]
PROXY_ADDRESS = _config[config.PROXY_ADDRESS]
SESSION_COOKIE_AGE = _config[config.SESSION_MINUTES] * 60
SESSION_SAVE_EVERY_REQUEST = True  # the minutes count from the last request
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # a load balancer asks without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _config[config.PROXY_TLS] else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

_mail = _config[config.MAIL]
EMAIL_BACKEND = "django.core.mail.backends." + ("smtp.EmailBackend" if _mail else "filebased.EmailBackend")
EMAIL_FILE_PATH = str(VAR / "mail")  # where mail lies while no server is set
EMAIL_HOST, EMAIL_PORT = _mail.get("host", ""), _mail.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("user", ""), _mail.get("password", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.get("ssl", False), _mail.get("tls", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _config[config.MAIL_FROM]

LOGGING = logs.django_logging(_config[config.LOG_LEVEL], _config[config.LOG_FORMAT])
logs.configure()
