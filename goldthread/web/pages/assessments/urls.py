"""Addresses of self-assessments."""

from django.urls import path

from goldthread.web.pages.assessments import views

urlpatterns = [
    path("self-assessments/", views.assessment_list, name="assessments"),
    path("self-assessments/new/", views.start, name="assessment_new"),
    path("self-assessments/score/<str:reference>/", views.score, name="assessment_score"),
    path("self-assessments/<str:reference>/", views.assessment, name="assessment"),
]
