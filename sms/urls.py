from django.urls import URLPattern, path

from sms import privacy, simulator, subscribing, views

# Each URL works with and without a slash at the end, because a redirect would make Twilio's signature invalid.
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
