"""Addresses of risks."""

from django.urls import path

from goldthread.web.pages.risks import views, writing

urlpatterns = [
    path("risks/", views.register, name="risks"),
    path("risks.csv", views.as_csv, name="risks_csv"),
    path("risks/report.<slug:form>", views.as_report, name="risks_report"),
    path("risks/new/", writing.new, name="risk_new"),
    path("risks/register-printed/", writing.register_printed, name="risks_printed"),
    path("risks/matrix/", writing.matrix, name="risk_matrix"),
    path("risks/<str:reference>/", views.risk, name="risk"),
    path("risks/<str:reference>/score/", writing.score, name="risk_score"),
    path("risks/<str:reference>/treatment/", writing.treatment, name="risk_treatment"),
]
