"""Addresses of reviews."""

from django.urls import path

from goldthread.web.pages.reviews import views

urlpatterns = [
    path("reviews/", views.review_list, name="reviews"),
    path("reviews/<str:reference>/", views.review, name="review"),
]
