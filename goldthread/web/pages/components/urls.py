"""Addresses of the gallery."""

from django.urls import path

from goldthread.web.pages.components import views

urlpatterns = [path("components/", views.gallery, name="components")]
