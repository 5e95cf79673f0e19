"""The report as data: counts that cannot disagree with its rows, and bytes that can be frozen."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bench.invented_reports import invented
from goldthread.reporting.canonical import FORMAT, NotAReport, from_json, to_json
from goldthread.reporting.figures import figures, warnings
from goldthread.reporting.model import Lead, Report, summarise
from tests.reporting.conftest import HOSTILE, report_saying


def test_the_summary_counts_the_rows_behind_it(report: Report) -> None:
    actions = [action for *_, block in report.objectives() for action in block.actions]
    summary = report.summary
    assert summary.actions == len(actions) + len(report.completed) == 40
    assert summary.done == len(report.completed)
    assert summary.late == sum(action.late for action in actions)
    assert summary.no_date == sum(action.due_on is None for action in actions)
    assert summary.no_owner == sum(not action.leads for action in actions)
    assert summary.recommendations == len(list(report.recommendation_rows()))
    assert 0 < summary.not_checked <= summary.entries


def test_a_printed_name_counts_once_however_often_it_leads() -> None:
    report = report_saying("Perpetua Vane")
    assert report.summary.unmatched_names == 1


def test_everything_unchecked_is_counted_objectives_and_criteria_too() -> None:
    report = report_saying("words")
    # an action, a completed action, a recommendation, another entry, an objective, a criterion
    assert (report.summary.not_checked, report.summary.entries) == (6, 6)


def test_the_cover_warns_of_what_nobody_checked(report: Report) -> None:
    said = " ".join(warnings(report))
    assert f"{report.summary.not_checked} of {report.summary.entries} entries" in said
    assert "not yet checked by anybody" in said


def test_a_checked_report_has_no_warning() -> None:
    clean = invented(0)
    assert summarise(clean.themes, (), ()).not_checked == 0
    assert "empty" in warnings(clean)[0]


def test_a_post_without_holder_is_vacant_and_a_body_never_is() -> None:
    assert Lead("Director of Places").vacant
    assert not Lead("Director of Places", ("Bram Quillfeather",)).vacant
    assert not Lead("Housing board", held_by_people=False).vacant
    assert not Lead(printed="Perpetua Vane").vacant


def test_every_figure_has_words(report: Report) -> None:
    assert all(figure.label and figure.meaning for figure in figures(report))
    assert len({figure.name for figure in figures(report)}) == len(figures(report))


def test_canonical_bytes_come_back_as_the_same_report(report: Report) -> None:
    data = to_json(report)
    again = from_json(data)
    assert again == report
    assert to_json(again) == data


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_comes_back_from_canonical_bytes(text: str) -> None:
    report = report_saying(text)
    assert from_json(to_json(report)) == report


def test_the_same_report_is_the_same_bytes_and_another_is_not(report: Report) -> None:
    assert to_json(report) == to_json(invented(40))
    assert to_json(report) != to_json(replace(report, title="Another plan"))


def test_canonical_keys_are_sorted_and_named() -> None:
    values = json.loads(to_json(invented(5)))
    assert values["format"] == FORMAT
    assert list(values["report"]) == sorted(values["report"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x00\x01", "not JSON"),
        (b"[]", "something without a format"),
        (b'{"format":"goldthread-reading/1"}', "goldthread-reading/1"),
        (b'{"format":"goldthread-report/1"}', "shape"),
        (b'{"format":"goldthread-report/1","report":{"title":"x"}}', "shape"),
        (b'{"format":"goldthread-report/1","report":{"unheard of":1}}', "shape"),
    ],
)
def test_bytes_that_are_no_report_are_refused_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(NotAReport, match=said):
        from_json(data)
