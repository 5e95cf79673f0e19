"""Addresses of the objectives of posts."""

from django.urls import path

from goldthread.web.pages.workforce import views

urlpatterns = [
    path("organisation/posts/<int:pk>/objectives/", views.objectives, name="post_objectives"),
    path("organisation/posts/<int:pk>/objectives/new/", views.new, name="post_objective_new"),
    path("organisation/posts/<int:pk>/objectives/<str:reference>/", views.close, name="post_objective_close"),
]
