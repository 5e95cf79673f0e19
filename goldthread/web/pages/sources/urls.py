"""Addresses of source files."""

from django.urls import path

from goldthread.web.pages.sources import views

urlpatterns = [
    path("sources/", views.source_list, name="sources"),
    path("sources/<int:number>/", views.source, name="source"),
    path("sources/<int:number>/file", views.download, name="source_file"),
]
