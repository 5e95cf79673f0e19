"""Addresses of the lines of enquiry."""

from django.urls import path

from goldthread.web.pages.enquiries import views

urlpatterns = [
    path("enquiries/", views.plans, name="enquiries"),
    path("enquiries/<str:reference>/", views.enquiries, name="plan_enquiries"),
    path("enquiries/<str:reference>/briefing.<slug:form>", views.briefing, name="enquiries_briefing"),
    path("enquiries/<str:reference>/<slug:key>/", views.enquiry, name="enquiry"),
    path("enquiries/<str:reference>/<slug:key>/judge/", views.judge, name="enquiry_judge"),
]
