"""What every test stands on: quick settings, and the order and marks of the tests."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from tests.support.shared import shared_folder

pytest_plugins = ["tests.support.accounts", "tests.support.ready"]

TESTS = Path(__file__).parent
JOURNEYS = TESTS / "journeys"


def pytest_configure(config: pytest.Config) -> None:
    """Marks that conftest gives by itself, and settings that only cost time in a test.

    Property tests have no clock (a machine may be busy); where everything must run they try the same examples every time,
    so that a run that passed passes again, and elsewhere other ones each time.
    """
    hypothesis.settings.register_profile(
        "suite",
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
        derandomize=os.environ.get("CI") in {"true", "1"},
    )
    hypothesis.settings.load_profile("suite")
    config.addinivalue_line("markers", "database: touches the database; run again on PostgreSQL (given by itself)")
    config.addinivalue_line("markers", "journey: drives a real browser (given by itself)")
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database and what drives a browser; journeys come last.

    Last, because a running browser session keeps an event loop in the thread, and Django refuses queries beside one.
    """
    for item in items:
        if item.path.is_relative_to(JOURNEYS):
            item.add_marker("journey")
        elif item.get_closest_marker("django_db") or _asks_for_database(item):
            item.add_marker("database")
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


def _asks_for_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return bool({"db", "transactional_db", "django_db_setup"} & set(fixtures))


@pytest.fixture
def shared_documents() -> Path:
    """The folder of real public documents that may stand beside the checkout; the test is skipped without it."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the folder of real documents (GOLDTHREAD_SHARED, or ../shared) is not here")
    return folder / "documents"


@pytest.fixture(scope="session")
def on_postgresql() -> bool:
    """Whether the tests run on PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")
