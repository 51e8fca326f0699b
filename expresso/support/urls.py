from django.urls import path

from expresso.support import views

urlpatterns = [
    path("events/<slug:slug>/support/", views.support_inbox, name="support"),
    path("events/<slug:slug>/support/<int:talk>/", views.support_talk, name="support-talk"),
    path("stations/<slug:slug>/calls/<int:talk>/", views.see_to_call, name="see-to-call"),
    path("events/<slug:slug>/support/<int:talk>/number/", views.uncover_number, name="support-number"),
    path("events/<slug:slug>/support/<int:talk>/<slug:act>/", views.support_act, name="support-act"),
    path("events/<slug:slug>/support/texts/<int:text>/", views.reading_page, name="support-reading"),
    path("events/<slug:slug>/support/texts/<int:text>/again/", views.resend_failed, name="support-resend"),
    path("events/<slug:slug>/support/orders/<int:order>/", views.support_order, name="support-order"),
    path("events/<slug:slug>/support/orders/<int:order>/<slug:act>/", views.order_act, name="support-order-act"),
]
