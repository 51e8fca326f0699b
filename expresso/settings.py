"""Settings of every deployment. Everything that differs between deployments is read from environment variables.

Without DATABASE_URL, REDIS_URL and the three Twilio settings, everything runs in one web process. It uses SQLite, an
in-memory channel layer, and the phone simulator instead of Twilio."""

from __future__ import annotations

import re
import socket
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from expresso import databases, env, logs

BASE_DIR = Path(__file__).resolve().parent.parent
E164 = re.compile(r"^\+[1-9]\d{6,14}$")

try:
    DEBUG = env.flag("DEBUG")
    SECRET_KEY = env.text(
        "SECRET_KEY", hint="Give a long random text: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
    ENCRYPTION_KEYS = env.secret_keys(
        "ENCRYPTION_KEYS", hint="Give a random text as for SECRET_KEY; to replace it put the new one in front: new,old"
    )
    PUBLIC_URL = env.origin(
        "PUBLIC_URL", hint="It is the address Twilio and phones use, such as https://coffee.example.org"
    )
    ALLOWED_HOSTS = env.words(
        "ALLOWED_HOSTS", hint="List the host names to answer for, such as coffee.example.org,10.0.0.5"
    )
    VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
    LOG_FORMAT = env.choice("LOG_FORMAT", "console" if DEBUG else "json", among=("json", "console"))
    REDIS_URL = env.url("REDIS_URL", schemes=("redis", "rediss", "unix"), example="redis://localhost:6379/0")
    postgres = env.postgres("DATABASE_URL")
    SQLITE_SYNCHRONOUS = env.choice("SQLITE_SYNCHRONOUS", "full", among=("full", "normal"))
    API_SIGNING_KEYS = env.secret_keys(
        "API_SIGNING_KEYS", hint="Give a random text as for SECRET_KEY; to replace it put the new one in front: new,old"
    )
    API_ORIGINS = env.origins(
        "API_ORIGINS", hint="List the websites that may call the API, such as https://app.example.org"
    )
    PROXIES = env.integer("PROXIES", 0)
    HSTS = env.choice("HSTS", "host", among=("host", "subdomains", "preload"))
    METRICS_PORT = env.integer("METRICS_PORT", 0)
    replicas = env.postgres_list("DATABASE_REPLICA_URLS")
    mail = env.mail("EMAIL_URL")
    DEFAULT_FROM_EMAIL = env.text(
        "EMAIL_FROM", None if mail else "expresso@localhost", hint="Give the address that mails come from."
    )
    SENTRY_DSN = env.url("SENTRY_DSN", schemes=("https", "http"), example="https://key@sentry.example.org/1")
    TRACE_COLLECTOR = env.url(
        "OTEL_EXPORTER_OTLP_ENDPOINT", schemes=("https", "http"), example="http://collector.example.org:4318"
    )
    BROKER_URL = env.url(
        "BROKER_URL",
        schemes=("amqp", "amqps", "kafka"),
        example="amqp://user:password@broker.example.org/ or kafka://broker.example.org:9092",
    )
    PROCESS_NAME = env.text("PROCESS_NAME", socket.gethostname())
    DB_POOL_SIZE = env.integer("DB_POOL_SIZE", 4, least=1)
    _twilio = env.together("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBER")
    _stripe = env.together("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET")
    if _twilio and not E164.match(_twilio[2]):
        raise env.EnvError("TWILIO_NUMBER must be in the form +15551234567.")
    if DEBUG and (_twilio or PUBLIC_URL.startswith("https:")):
        raise env.EnvError("DEBUG shows settings and code to strangers. Unset it, or PUBLIC_URL's https and Twilio.")
    if len(SECRET_KEY) < 32:
        raise env.EnvError("SECRET_KEY is too short; give at least 32 random characters.")
except env.EnvError as error:
    env.refuse(error)

# Set the folder of metrics now, because prometheus_client reads the setting when it is first imported.
METRICS_DIR = env.share_metrics(VAR_DIR)

if not TRACE_COLLECTOR:
    # Make the import of these modules fail: Python refuses a module that is None. Otherwise the Redis client would
    # import them without using them, and every process would start later.
    sys.modules |= dict.fromkeys(("opentelemetry.metrics", "opentelemetry.sdk.metrics"))  # type: ignore[arg-type]

HTTPS = urlsplit(PUBLIC_URL).scheme == "https"

# Without a Twilio account, the phone simulator signs its texts with this token. So they pass the same check as
# Twilio's.
TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_NUMBER = _twilio or ("", f"simulator-{SECRET_KEY}", "")
SIMULATOR = _twilio is None
STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET = _stripe or ("", "")
STRIPE_API, STRIPE_CHECKOUT = "https://api.stripe.com", "https://checkout.stripe.com"

INSTALLED_APPS = [
    # Only `runserver` needs Daphne as an app. It would double the time in which other processes start.
    *(["daphne"] if DEBUG else []),
    "expresso.apps.BackofficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    *(["corsheaders"] if API_ORIGINS else []),
    "expresso",
    "expresso.api",
    "accounts",
    "stations",
    "inventory",
    "orders",
    "sms",
    "expresso.payments",
    "expresso.reports",
    "expresso.setup",
    "expresso.planner",
    "expresso.facts",
]

MIDDLEWARE = [
    "expresso.health.by_any_name",
    "expresso.logs.RequestIdMiddleware",
    *(["expresso.replicas.ReadReplicas"] if replicas else []),
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["corsheaders.middleware.CorsMiddleware"] if API_ORIGINS else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "expresso.bad_input.RefuseOddInput",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "expresso.urls"
CSRF_FAILURE_VIEW = "expresso.error_pages.form_too_old"
ASGI_APPLICATION = "expresso.asgi.application"
WSGI_APPLICATION = "expresso.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# -- databases, channel layer, cache and tasks ---------------------------------------------

if postgres:
    DATABASES = databases.on_postgres(postgres, replicas, connections=DB_POOL_SIZE)
else:
    DATABASES = databases.on_sqlite(VAR_DIR / "expresso.sqlite3", synchronous=SQLITE_SYNCHRONOUS)
DATABASE_ROUTERS = ["expresso.replicas.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: Seconds after which a process is removed from a group of the channel layer unless it joins again. Running processes
#: join again each minute (`orders.live.hub`), so this removes only dead ones.
GROUP_EXPIRY = 180
if REDIS_URL:
    CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            # No time limit for the socket, because a single call of the channel layer waits for up to 5 s.
            "CONFIG": {
                "hosts": [{"address": REDIS_URL, "socket_timeout": None, "socket_connect_timeout": 2}],
                "group_expiry": GROUP_EXPIRY,
            },
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
        },
        # A short time limit. Each page reads its user's session, so it must not wait long for a Redis that does not
        # answer.
        "sessions": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
        },
    }
    SESSION_ENGINE, SESSION_CACHE_ALIAS = "accounts.cached_sessions", "sessions"
else:
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"group_expiry": GROUP_EXPIRY}}
    }
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    SESSION_ENGINE = "accounts.sessions"
#: Seconds between two heartbeats to live pages, and between two checks of a socket's session. A copy of a session in
#: Redis is not used for longer than this.
PULSE = 3.0

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# -- users and sign-in ---------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "accounts.cards.CardBackend",
]
# New passwords are hashed by the first of these hashers. Other hashes are replaced when their users sign in.
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("BCryptSHA256", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# How long a mailed link can be used to set a new password. A link works only once.
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=3).total_seconds())
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
# A tablet stays signed in during an event of several days.
SESSION_COOKIE_AGE = int(timedelta(days=7).total_seconds())
# Lock a user at an IP address, and never an address alone, because all tablets of a venue share one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_RESET_ON_SUCCESS = True
# Attempts during a lock do not make the lock longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "expresso.bad_input.username_tried"
AXES_CLIENT_IP_CALLABLE = "accounts.access.client_address"
AXES_LOCKOUT_CALLABLE = "expresso.views.locked_out"
AXES_VERBOSE = False
# Form fields that django-axes must not store when it records a failed sign-in.
AXES_SENSITIVE_PARAMETERS = ["pin", "card", "code", "old_password", "new_password1", "new_password2"]
# Successful sign-ins are recorded in the audit log already.
AXES_DISABLE_ACCESS_LOG = True
# Hide the tables of django-axes from the admin. Organizers unlock a user by an action on the list of users.
AXES_ENABLE_ADMIN = False

# -- mail ----------------------------------------------------------------------------------

# Without a mail server, nobody can reset a password by mail, and nothing else is mailed.
SENDS_MAIL = bool(mail)
# Define EMAIL_BACKEND, EMAIL_HOST and the other mail settings.
vars().update(mail)
EMAIL_TIMEOUT = 10

# -- browser security ----------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Do not redirect health checks to https. They come from inside the network by plain http, without the proxy's headers.
SECURE_REDIRECT_EXEMPT = [r"^health", r"^metrics$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
# These two settings also bind other sites of the same domain to https, and preload does so for ever. So both are
# optional.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and HSTS in ("subdomains", "preload")
SECURE_HSTS_PRELOAD = HTTPS and HSTS == "preload"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# -- the API -------------------------------------------------------------------------------

API_ACCESS_LIFETIME, API_REFRESH_LIFETIME = timedelta(minutes=15), timedelta(days=7)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["expresso.api.authentication.BearerAuthentication"],
    # Let every request pass here, because `ApiView` decides by role, event and scope.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["expresso.api.parsers.JsonBody"],
    "DEFAULT_SCHEMA_CLASS": "expresso.api.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["expresso.api.throttle.Throttle"],
    "DEFAULT_THROTTLE_RATES": {"api": "1200/min", "token": "30/min", "socket": "120/min"},
    "EXCEPTION_HANDLER": "expresso.api.problems.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Expresso",
    "DESCRIPTION": "Coffee orders at events. Errors are problem+json (RFC 9457); times are ISO 8601 in UTC.",
    "VERSION": "v1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "expresso.api.schema.complete",
    ],
}
if API_ORIGINS:
    CORS_ALLOWED_ORIGINS, CORS_URLS_REGEX = API_ORIGINS, r"^/api/"
    CORS_ALLOW_HEADERS = ["authorization", "content-type", "idempotency-key", "if-match", "x-request-id"]
    CORS_EXPOSE_HEADERS = ["etag", "location", "retry-after", "x-request-id", "idempotency-replayed"]

# -- features that are switched on for single events ----------------------------------------

# Read feature flags from the settings only. Reading django-flags' table would take one more SQL statement for every
# text. See `stations.features`.
FLAG_SOURCES = ["flags.sources.SettingsFlagsSource"]
FLAGS = {
    "order_for_later": [{"condition": "event has it", "value": "order_for_later", "required": True}],
    "payments": [
        {"condition": "event has it", "value": "payments", "required": True},
        {"condition": "is set up", "value": "payments", "required": True},
    ],
    "prediction": [{"condition": "event has it", "value": "prediction", "required": True}],
}

# -- static files, languages, request limits and logging -----------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "expresso.static_files.Storage"},
}
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
# Messages are written in English. Each catalog in locale/ adds a language in which customers can be answered.
LANGUAGES = [
    (code, LANG_INFO[code]["name_local"] if code in LANG_INFO else code)
    for code in (
        LANGUAGE_CODE,
        *sorted(catalog.parts[-3] for catalog in LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.mo")),
    )
]
FORMAT_MODULE_PATH = "expresso.formats"
USE_TZ = True
TIME_ZONE = "UTC"
# Maximum size of a request body in bytes. A text with all of Twilio's parameters has a few kilobytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Redirect pages to their URL with a slash. The webhook has URLs with and without one, so texts are never redirected.
APPEND_SLASH = True
LOGGING = logs.config(LOG_FORMAT)
