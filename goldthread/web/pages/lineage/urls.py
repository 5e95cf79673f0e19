"""Addresses of what comes back, of what may answer, and of lineages."""

from django.urls import path

from goldthread.web.pages.lineage import deciding, views

urlpatterns = [
    path("lineages/", views.all_lineages, name="lineages"),
    path("records/<str:reference>/lineage/", views.lineage_page, name="lineage"),
    path("records/<str:reference>/lineage.svg", views.lineage_picture, name="lineage_svg"),
    path("records/<str:reference>/lineage.json", views.lineage_json, name="lineage_json"),
    path("records/<str:reference>/repeats/", deciding.what_repeats, name="repeats"),
    path("records/<str:reference>/repeats/<str:earlier>/", deciding.decide_repeat, name="decide_repeat"),
    path("records/<str:reference>/may-answer/", deciding.what_answers, name="may_answer"),
    path("records/<str:reference>/may-answer/<str:offered>/", deciding.decide_answer, name="decide_answer"),
]
