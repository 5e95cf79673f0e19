"""Addresses of single records and of what is done to them."""

from django.urls import path

from goldthread.web.pages.records import adding, assurance, changing, views, writing

urlpatterns = [
    path("records/change/", changing.choose, name="choose"),
    path("records/change/<slug:verb>/", changing.change, name="change"),
    path("records/new/<slug:kind>/", adding.add, name="entry_first"),
    path("records/unchecked/", views.unchecked, name="unchecked"),
    path("records/<str:reference>/", views.record, name="record"),
    path("records/<str:reference>/update/", writing.update, name="record_update"),
    path("records/<str:reference>/edit/", writing.edit, name="record_edit"),
    path("records/<str:reference>/rating/", writing.rating, name="record_rating"),
    path("records/<str:reference>/link/", writing.link, name="record_link"),
    path("records/<str:reference>/unlink/", writing.unlink, name="record_unlink"),
    path("records/<str:reference>/evidence/", assurance.evidence, name="record_evidence"),
    path("records/<str:reference>/evidence/<int:number>/", assurance.evidence_file, name="record_evidence_file"),
    path("records/<str:reference>/verify/", assurance.verify, name="record_verify"),
    path("records/<str:reference>/effect/", assurance.effect, name="record_effect"),
    path("records/<str:reference>/dates/propose/", assurance.propose, name="record_propose"),
    path("records/<str:reference>/dates/<int:number>/", assurance.decide, name="record_decide"),
    path("records/<str:reference>/confirm/", writing.confirm, name="record_confirm"),
    path("records/<str:reference>/new/<slug:kind>/", adding.add, name="entry_new"),
    path("undo/<int:event>/", writing.undo, name="undo"),
]
