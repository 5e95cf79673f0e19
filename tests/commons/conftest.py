"""The small plan of the rooms' tests, for what the services do with it."""

from tests.domain.conftest import coordinator, looking, small_plan  # noqa: F401
