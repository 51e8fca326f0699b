from django.urls import path

from orders.printing import cloudprnt, labels
from orders.views import attendee, board, history, order_detail, page_orders, posters, walkins

urlpatterns = [
    path("stations/<slug:slug>/", board.board, name="board"),
    path("stations/<slug:slug>/wall/", board.station_wall, name="station-wall"),
    path("stations/<slug:slug>/history/", history.history, name="history"),
    path("stations/<slug:slug>/history/<int:pk>/recall/", history.recall, name="recall"),
    path("stations/<slug:slug>/left-over/", board.left_over_closed, name="left-over"),
    path("stations/<slug:slug>/pages/", page_orders.page_orders, name="page-orders"),
    path("stations/<slug:slug>/new/", walkins.new, name="walk-in"),
    path("stations/<slug:slug>/orders/<int:pk>/", order_detail.detail, name="detail"),
    path("stations/<slug:slug>/orders/<int:pk>/talk/", order_detail.talk, name="talk"),
    path("stations/<slug:slug>/orders/<int:pk>/edit/", walkins.edit, name="edit"),
    path("stations/<slug:slug>/orders/<int:pk>/labels/", labels.labels, name="labels"),
    path("stations/<slug:slug>/orders/<int:pk>/<slug:verb>/", board.act, name="act"),
    path("stations/<slug:slug>/batch/", board.start_batch, name="start-batch"),
    path("events/<slug:slug>/", attendee.order_page, name="order"),
    path("events/<slug:slug>/qr.svg", posters.qr, name="qr"),
    path("events/<slug:slug>/look.css", posters.look, name="look"),
    path("logos/<slug:digest>/", posters.logo, name="logo"),
    path("events/<slug:slug>/posters/", posters.posters, name="posters"),
    path("events/<slug:slug>/poster.svg", posters.poster, name="poster"),
    path("events/<slug:slug>/kiosk/", attendee.kiosk, name="kiosk"),
    path("events/<slug:slug>/wall/", board.wall_page, name="wall"),
    path("orders/sw.js", attendee.service_worker, name="order-worker"),
    path("orders/<str:token>/", attendee.tracking, name="tracking"),
    path("orders/<str:token>/change/", attendee.change_order, name="change"),
    path("orders/<str:token>/drop/", attendee.drop, name="drop"),
    path("orders/<str:token>/answer/", attendee.answer_bar, name="answer"),
    # Accept the address without a trailing slash too. People type it into printers, and a printer follows no redirect.
    path("printers/<slug:key>/", cloudprnt.printer, name="printer"),
    path("printers/<slug:key>", cloudprnt.printer),
]
