"""Address of the first page."""

from django.urls import path

from goldthread.web.pages.home import views

urlpatterns = [path("", views.home, name="home")]
