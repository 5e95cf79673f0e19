"""A pytest plugin that gives every test process a home folder of its own, before Django's settings are read.

Named in ``addopts`` (``-p tests.support.home``), because pytest-django reads the settings before any conftest is
loaded, and the settings make a secret in the home folder. Nothing of the person's own set-up reaches the tests:
``DATABASE_URL`` alone is kept, for it chooses between SQLite and PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

for _name in [name for name in os.environ if name.startswith("GOLDTHREAD_") and name != "GOLDTHREAD_SHARED"]:
    del os.environ[_name]
_folder = tempfile.mkdtemp(prefix="goldthread-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["GOLDTHREAD_HOME"] = _folder
os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["NO_COLOR"] = "1"
os.environ["GOLDTHREAD_STRICT"] = "true"
