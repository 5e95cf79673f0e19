"""Addresses of the organisation."""

from django.urls import path

from goldthread.web.pages.organisation import design, duties, partners, people, reported, views, writing

urlpatterns = [
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/posts/<int:pk>/", views.owner, name="post"),
    path("organisation/structures/<int:pk>/design/", design.design, name="design_check"),
    path("organisation/updates/", reported.reported, name="owner_updates"),
    path("organisation/updates.csv", reported.reported_csv, name="owner_updates_csv"),
    path("organisation/people/", people.people_list, name="people"),
    path("organisation/people/<int:pk>/", people.person, name="person"),
    path("organisation/statutory-roles/", duties.statutory, name="statutory"),
    path("organisation/statutory-roles/printed/", duties.confirm_printed, name="statutory_printed"),
    path("organisation/statutory-roles/end/<int:pk>/", duties.end, name="statutory_end"),
    path("organisation/statutory-roles/<slug:role>/", duties.give, name="statutory_give"),
    path("organisation/restricted-posts/", duties.restricted, name="restricted_posts"),
    path("organisation/other-bodies/", partners.partner_list, name="partners"),
    path("organisation/other-bodies/<int:pk>/", partners.partner_page, name="partner"),
    path("organisation/other-bodies/<int:pk>/arrangement/", partners.arrangement, name="partner_arrangement"),
    path("organisation/other-bodies/<int:pk>/reviewed/", partners.reviewed, name="partner_reviewed"),
    path("organisation/other-bodies/<int:pk>/interest/", partners.interest, name="partner_interest"),
    path("organisation/names/", writing.names, name="names"),
    path("organisation/new/<slug:kind>/", writing.add, name="organisation_new"),
    path("organisation/posts/<int:pk>/edit/", writing.edit, name="post_edit"),
    path("organisation/posts/<int:pk>/appoint/", writing.appoint, name="post_appoint"),
    path("organisation/posts/<int:pk>/end/<int:appointment>/", writing.end, name="post_end"),
    path("organisation/posts/<int:pk>/member/", writing.member, name="body_member"),
]
