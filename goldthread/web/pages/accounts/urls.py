"""Addresses of sign-in, one's own account, and the people who have one.

allauth's views stand here one by one: what is not listed (signing up, adding addresses, connecting accounts) is not there.
"""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app_codes
from allauth.socialaccount import views as social
from django.urls import path, re_path

from goldthread.web.pages.accounts import people, views

urlpatterns = [
    path("sign-in/", allauth_views.login, name="account_login"),
    path("sign-in/code/", allauth_views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/enter/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", allauth_views.account_inactive, name="account_inactive"),
    path("sign-in/link/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("sign-in/with/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/with/error/", social.login_error, name="socialaccount_login_error"),
    path("sign-in/with/<slug:provider_id>/", views.single_sign_on, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", views.single_sign_on_back, name="openid_connect_callback"),
    path("sign-out/", allauth_views.logout, name="account_logout"),
    path("password/forgotten/", allauth_views.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/forgotten/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/", views.account, name="account"),
    path("account/confirm/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/password/", allauth_views.password_change, name="account_change_password"),
    path("account/password/set/", allauth_views.password_set, name="account_set_password"),
    path("account/second-step/", views.second_step, name="mfa_index"),
    path("account/second-step/on/", app_codes.activate_totp, name="mfa_activate_totp"),
    path("account/second-step/off/", app_codes.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("people/", people.people, name="accounts"),
    path("people/add/", people.add, name="account_add"),
    path("people/<int:number>/", people.person, name="account_of"),
    path("people/<int:number>/role/", people.give_role, name="account_give_role"),
    path("people/<int:number>/role/<int:grant>/end/", people.end_role, name="account_end_role"),
    path("people/<int:number>/holder/", people.holder, name="account_holder"),
    path("people/<int:number>/close/", people.close, name="account_close"),
    path("people/<int:number>/open/", people.reopen, name="account_open"),
]
