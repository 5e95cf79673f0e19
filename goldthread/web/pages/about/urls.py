"""Addresses of the pages about the site."""

from django.urls import path

from goldthread.web.pages.about import views

urlpatterns = [path("accessibility/", views.accessibility, name="accessibility")]
