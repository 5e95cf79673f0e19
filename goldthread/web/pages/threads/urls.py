"""Addresses of threads and of their coverage."""

from django.urls import path

from goldthread.web.pages.threads import covering, views

urlpatterns = [
    path("records/<str:reference>/thread/", views.thread_page, name="thread"),
    path("records/<str:reference>/thread.svg", views.thread_picture, name="thread_svg"),
    path("records/<str:reference>/thread.csv", views.thread_table, name="thread_csv"),
    path("records/<str:reference>/thread.json", views.thread_json, name="thread_json"),
    path("coverage/", covering.figures, name="coverage"),
    path("coverage/<slug:measure>/", covering.those_lacking, name="coverage_lacking"),
]
