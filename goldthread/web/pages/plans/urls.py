"""Addresses of plans."""

from django.urls import path

from goldthread.web.pages.plans import views

urlpatterns = [
    path("plans/", views.plan_list, name="plans"),
    path("plans/<str:reference>/", views.plan, name="plan"),
    path("plans/<str:reference>/report.<slug:form>", views.report, name="plan_report"),
]
