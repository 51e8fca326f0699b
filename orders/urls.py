from django.urls import path

from orders import views

urlpatterns = [
    path("stations/<slug:slug>/", views.board, name="board"),
    path("stations/<slug:slug>/orders/<int:pk>/<slug:verb>/", views.act, name="act"),
    path("stations/<slug:slug>/batch/", views.start_batch, name="start-batch"),
    path("events/<slug:slug>/wall/", views.wall_page, name="wall"),
    path("orders/<str:token>/", views.tracking, name="tracking"),
]
