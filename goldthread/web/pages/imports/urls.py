"""Addresses of imports."""

from django.urls import path

from goldthread.web.pages.imports import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:pk>/", views.review, name="import"),
    path("imports/<int:pk>/progress/", views.progress, name="import_progress"),
    path("imports/<int:pk>/decide/", views.decide, name="import_decide"),
    path("imports/<int:pk>/day/", views.day, name="import_day"),
    path("imports/<int:pk>/again/", views.again, name="import_again"),
    path("imports/<int:pk>/left-over/", views.left_over, name="import_left_over"),
    path("imports/<int:pk>/<slug:key>/", views.proposal, name="proposal"),
]
