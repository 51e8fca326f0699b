from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from accounts.preferences import preferences
from accounts.sign_in import SignIn
from expresso import health, shell
from expresso.views import home

handler500 = "expresso.views.server_error"
urlpatterns = [
    path("", home, name="home"),
    path("accounts/login/", SignIn.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/preferences/", preferences, name="preferences"),
    path("admin/", admin.site.urls),
    path("sw.js", shell.worker, name="worker"),
    path("offline/", shell.offline, name="offline"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("health", health.health, name="health"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/", include("expresso.api.urls")),
    path("", include("expresso.reports.urls")),
    path("", include("inventory.urls")),
    path("", include("orders.views.urls")),
    path("", include("sms.urls")),
]
