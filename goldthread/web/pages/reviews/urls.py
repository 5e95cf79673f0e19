"""Addresses of reviews."""

from django.urls import path

from goldthread.web.pages.reviews import answering, facts, told, views

urlpatterns = [
    path("reviews/", views.review_list, name="reviews"),
    path("reviews/clocks/", views.clock_list, name="review_clocks"),
    path("reviews/told/", told.told_page, name="told"),
    path("reviews/told.csv", told.told_csv, name="told_csv"),
    path("reviews/respond/", answering.respond, name="respond"),
    path("reviews/answers/<str:reference>/", answering.tie, name="tie_answers"),
    path("reviews/<str:reference>/", views.review, name="review"),
    path("reviews/<str:reference>/particulars/", facts.particulars, name="review_particulars"),
    path("reviews/<str:reference>/dates/", facts.dates, name="review_dates"),
    path("reviews/<str:reference>/judgement/", facts.judgement, name="review_judgement"),
]
