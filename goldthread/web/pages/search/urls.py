"""Address of the search."""

from django.urls import path

from goldthread.web.pages.search import views

urlpatterns = [path("search/", views.search_page, name="search")]
