"""Addresses of plans."""

from django.urls import path

from goldthread.web.pages.plans import slips, tolerance, views

urlpatterns = [
    path("plans/", views.plan_list, name="plans"),
    path("plans/slips/", slips.slips, name="slips"),
    path("plans/slips.csv", slips.slips_csv, name="slips_csv"),
    path("plans/effects/", tolerance.revisit, name="revisit"),
    path("plans/<str:reference>/", views.plan, name="plan"),
    path("plans/<str:reference>/tolerance/", tolerance.tolerance, name="plan_tolerance"),
    path("plans/<str:reference>/dates/", tolerance.notice, name="plan_notice"),
    path("plans/<str:reference>/report.<slug:form>", views.report, name="plan_report"),
]
