"""Addresses of the data checks."""

from django.urls import path

from goldthread.web.pages.checks import views

urlpatterns = [
    path("checks/", views.checks, name="checks"),
    path("checks/problems.csv", views.checks_csv, name="checks_csv"),
    path("checks/<str:number>/waive/", views.waive, name="check_waive"),
    path("checks/<str:number>/end/", views.end, name="check_end"),
]
