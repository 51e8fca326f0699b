from django.urls import URLPattern, path

from sms import privacy, simulator, subscribing, views

# Each address works with and without a slash, because Twilio's signature does not hold after a redirect.
urlpatterns: list[URLPattern] = [
    path("sms", views.text_received, name="sms"),
    path("sms/", views.text_received),
    path("sms/status", views.delivery_reported, name="sms-status"),
    path("sms/status/", views.delivery_reported),
    path("orders/<str:token>/tell/", subscribing.subscribe, name="tell"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("simulator/", simulator.page, name="simulator"),
    path("simulator/phones/<int:n>/", simulator.phone, name="simulator-phone"),
]
