"""Addresses of imports."""

from django.urls import path

from goldthread.web.pages.imports import columns, comparing, deciding, proposals, views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/headings/", columns.headings, name="import_headings"),
    path("imports/headings/<int:heading>/forget/", columns.forget, name="import_heading_forget"),
    path("imports/<int:pk>/", views.review, name="import"),
    path("imports/<int:pk>/progress/", views.progress, name="import_progress"),
    path("imports/<int:pk>/decide/", deciding.decide, name="import_decide"),
    path("imports/<int:pk>/questions/<int:question>/", deciding.settle, name="import_settle"),
    path("imports/<int:pk>/questions/<int:question>/column/", columns.column, name="import_column"),
    path("imports/<int:pk>/column/", columns.any_column, name="import_any_column"),
    path("imports/<int:pk>/day/", views.day, name="import_day"),
    path("imports/<int:pk>/again/", views.again, name="import_again"),
    path("imports/<int:pk>/newer/", comparing.newer, name="import_newer"),
    path("imports/<int:pk>/compare/", comparing.compare, name="import_compare"),
    path("imports/<int:pk>/alone/", comparing.alone, name="import_alone"),
    path("imports/<int:pk>/left-over/", views.left_over, name="import_left_over"),
    path("imports/<int:pk>/pages/<int:number>.png", proposals.page, name="import_page"),
    path("imports/<int:pk>/<slug:key>/", proposals.proposal, name="proposal"),
    path("imports/<int:pk>/<slug:key>/printed/", proposals.printed, name="proposal_printed"),
    path("imports/<int:pk>/<slug:key>/part/", proposals.part, name="proposal_part"),
    path("imports/<int:pk>/<slug:key>/together/", proposals.together, name="proposal_together"),
]
