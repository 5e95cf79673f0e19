"""Addresses of what a structure was to bring."""

from django.urls import path

from goldthread.web.pages.promises import views

urlpatterns = [
    path("organisation/structures/<int:pk>/promises/", views.promises_of, name="promises"),
    path("organisation/structures/<int:pk>/promises.csv", views.as_csv, name="promises_csv"),
    path("organisation/structures/<int:pk>/promises/<str:reference>/", views.answer, name="promise_answer"),
]
