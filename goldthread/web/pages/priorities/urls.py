"""Address of the priorities."""

from django.urls import path

from goldthread.web.pages.priorities import views

urlpatterns = [path("priorities/", views.priority_list, name="priorities")]
