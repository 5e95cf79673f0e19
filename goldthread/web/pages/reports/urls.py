"""Addresses of reports."""

from django.urls import path

from goldthread.web.pages.reports import making, steps, views

urlpatterns = [
    path("reports/", views.issue_list, name="reports"),
    path("reports/new/", making.new, name="report_new"),
    path("reports/columns/", views.columns, name="report_columns"),
    path("reports/<str:reference>/", views.issue, name="issue"),
    path("reports/<str:reference>/progress/", views.progress, name="issue_progress"),
    path("reports/<str:reference>/files/<slug:kind>/", views.file, name="issue_file"),
    path("reports/<str:reference>/verify/", views.verify, name="issue_verify"),
    path("reports/<str:reference>/differences/", views.differences, name="issue_differences"),
    path("reports/<str:reference>/since/", views.since, name="issue_since"),
    path("reports/<str:reference>/make-files/", steps.make_files, name="issue_make_files"),
    path("reports/<str:reference>/publish/", steps.publish, name="issue_publish"),
    path("reports/<str:reference>/withdraw/", steps.withdraw, name="issue_withdraw"),
]
