"""Addresses of structures and of drafts of new ones."""

from django.urls import path

from goldthread.web.pages.structures import comparing, drafting, drafts, filling, views

_S = "organisation/structures/"
_D = "organisation/drafts/"

urlpatterns = [
    path(_S, views.structures_page, name="structures"),
    path(f"{_S}import/", views.bring_in, name="posts_import"),
    path(f"{_S}compare/", comparing.choose, name="structures_compare"),
    path(f"{_S}<int:pk>/", views.structure, name="structure"),
    path(f"{_S}<int:pk>/chart/", views.chart, name="structure_chart"),
    path(f"{_S}<int:pk>/stage/", views.stage, name="structure_stage"),
    path(f"{_S}<int:pk>/posts/<int:number>/", views.listing, name="structure_post"),
    path(f"{_S}<int:pk>/published/<slug:form>/", views.published_file, name="structure_published"),
    path(f"{_S}<int:pk>/compared/<int:number>/", comparing.compared, name="structures_compared"),
    path(f"{_S}<int:pk>/compared/<int:number>/charts/", comparing.charts, name="structures_charts"),
    path(f"{_S}<int:pk>/compared/<int:number>/decide/", comparing.decide, name="structures_decide"),
    path(f"{_S}<int:pk>/compared/<int:number>/confirm/", comparing.confirm, name="structures_confirm"),
    path(f"{_S}<int:pk>/compared/<int:number>/report.<slug:form>", comparing.report, name="structures_report"),
    path(f"{_D}new/", drafting.start, name="draft_new"),
    path(f"{_D}<int:pk>/", drafts.draft, name="draft"),
    path(f"{_D}<int:pk>/charts/", drafts.charts, name="draft_charts"),
    path(f"{_D}<int:pk>/edit/<slug:kind>/", drafting.edit, name="draft_edit"),
    path(f"{_D}<int:pk>/take-back/<int:number>/", drafting.take_back, name="draft_take_back"),
    path(f"{_D}<int:pk>/successor/<int:number>/", drafting.successor, name="draft_successor"),
    path(f"{_D}<int:pk>/posts/<int:number>/", filling.fill, name="draft_fill"),
    path(f"{_D}<int:pk>/posts/take-back/<int:number>/", filling.take_back, name="draft_fill_back"),
    path(f"{_D}<int:pk>/people/", drafting.people, name="draft_people"),
    path(f"{_D}<int:pk>/step/<slug:kind>/", drafting.step, name="draft_step"),
]
