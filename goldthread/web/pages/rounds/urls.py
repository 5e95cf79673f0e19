"""Addresses of the reporting rounds: the update page, by sign-in or by a signed link; boards, checks and calendars."""

from django.urls import path

from goldthread.web.pages.rounds import board, calendars, checking, hands, links, planning, updates, views

urlpatterns = [
    path("updates/", updates.updates, name="updates"),
    path("updates/send/", updates.confirm, name="updates_send"),
    path("updates/<int:pk>/draft/", updates.draft, name="update_draft"),
    path("updates/<int:pk>/hand-over/", hands.hand_over, name="update_hand_over"),
    path("updates/<int:pk>/take-back/", hands.take_back, name="update_take_back"),
    path("updates/away/", hands.away, name="updates_away"),
    path("updates/away/<int:pk>/end/", hands.not_away, name="updates_not_away"),
    path("updates/calendar/", calendars.mine, name="updates_calendar"),
    path("updates/link/<str:token>/", links.landing, name="update_link"),
    path("updates/by-link/", links.updates, name="link_updates"),
    path("updates/by-link/send/", links.confirm, name="link_send"),
    path("updates/by-link/<int:pk>/draft/", links.draft, name="link_draft"),
    path("updates/by-link/leave/", links.leave, name="link_leave"),
    path("updates/by-link/new/<str:token>/", links.renew, name="link_renew"),
    path("calendar/<str:token>.ics", calendars.feed, name="calendar_feed"),
    path("rounds/", views.round_list, name="rounds"),
    path("rounds/plans/<str:reference>/", planning.cadence, name="round_cadence"),
    path("rounds/plans/<str:reference>/end/", planning.end, name="round_cadence_end"),
    path("rounds/plans/<str:reference>/new/", planning.add, name="round_new"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/open/", planning.open_now, name="round_open"),
    path("rounds/<int:pk>/call-off/", planning.call_off, name="round_call_off"),
    path("rounds/<int:pk>/board/", board.board, name="round_board"),
    path("rounds/<int:pk>/board.csv", board.as_csv, name="round_board_csv"),
    path("rounds/<int:pk>/remind/", board.remind, name="round_remind"),
    path("rounds/<int:pk>/people/<int:number>/", board.address, name="round_address"),
    path("rounds/<int:pk>/messages/", board.messages, name="round_messages"),
    path("rounds/<int:pk>/messages/<int:number>/again/", board.again, name="round_message_again"),
    path("rounds/<int:pk>/links/", board.links, name="round_links"),
    path("rounds/<int:pk>/links/<int:number>/revoke/", board.revoke, name="round_link_revoke"),
    path("rounds/<int:pk>/check/", checking.check, name="round_check"),
    path("rounds/<int:pk>/accept/", checking.accept, name="round_accept"),
    path("rounds/<int:pk>/dates/", checking.dates, name="round_dates"),
    path("rounds/<int:pk>/sign-off/", checking.sign_off, name="round_sign_off"),
    path("rounds/<int:pk>/freeze/", checking.freeze, name="round_freeze"),
    path("rounds/<int:pk>/issue/", checking.issue, name="round_issue"),
]
