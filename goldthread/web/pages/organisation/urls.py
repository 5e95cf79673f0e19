"""Addresses of the organisation."""

from django.urls import path

from goldthread.web.pages.organisation import views, writing

urlpatterns = [
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/posts/<int:pk>/", views.owner, name="post"),
    path("organisation/structures/<int:pk>/", views.structure, name="structure"),
    path("organisation/names/", writing.names, name="names"),
    path("organisation/new/<slug:kind>/", writing.add, name="organisation_new"),
    path("organisation/posts/<int:pk>/edit/", writing.edit, name="post_edit"),
    path("organisation/posts/<int:pk>/appoint/", writing.appoint, name="post_appoint"),
    path("organisation/posts/<int:pk>/end/<int:appointment>/", writing.end, name="post_end"),
    path("organisation/posts/<int:pk>/member/", writing.member, name="body_member"),
]
