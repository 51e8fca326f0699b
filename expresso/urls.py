from django.contrib import admin
from django.urls import include, path

from accounts.preferences import preferences
from accounts.sign_in import CodeView, SignOutView
from expresso import health, metrics, own_account, password_reset, shell, sign_in_cards
from expresso.views import home

handler400 = "expresso.error_pages.bad_request"
handler403 = "expresso.error_pages.forbidden"
handler404 = "expresso.error_pages.not_found"
handler500 = "expresso.error_pages.server_error"
urlpatterns = [
    path("", home, name="home"),
    path("accounts/login/", sign_in_cards.PasswordSignIn.as_view(), name="login"),
    path("accounts/card/", sign_in_cards.sign_in_by_card, name="card"),
    path("events/<slug:slug>/sign-in/", sign_in_cards.sign_in_by_pin, name="pin"),
    path("events/<slug:slug>/cards/", sign_in_cards.sign_in_cards, name="cards"),
    path("accounts/code/", CodeView.as_view(), name="code"),
    path("accounts/you/", own_account.own_account, name="account"),
    path("accounts/you/authenticator/", own_account.own_authenticator, name="authenticator"),
    path("accounts/reset/", password_reset.ask_for_reset, name="password-reset"),
    path("accounts/reset/<str:uidb64>/<str:token>/", password_reset.NewPasswordView.as_view(), name="new-password"),
    path("accounts/logout/", SignOutView.as_view(), name="logout"),
    path("accounts/preferences/", preferences, name="preferences"),
    path("admin/", admin.site.urls),
    path("sw.js", shell.worker, name="worker"),
    path("offline/", shell.offline, name="offline"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("metrics", metrics.metrics, name="metrics"),
    path("health", health.health, name="health"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/", include("expresso.api.urls")),
    path("", include("expresso.reports.urls")),
    path("", include("expresso.setup.urls")),
    path("", include("expresso.planner.urls")),
    path("", include("expresso.overview.urls")),
    path("", include("expresso.support.urls")),
    path("", include("inventory.urls")),
    path("", include("orders.views.urls")),
    path("", include("expresso.payments.urls")),
    path("", include("sms.urls")),
]
