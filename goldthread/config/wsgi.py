"""The door for a WSGI server: ``gunicorn goldthread.config.wsgi``."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

TURN = 0.001
"""Seconds after which a thread that computes gives way to one that waits. After each statement of a transaction a request
waits for its turn while others wait for its rows: Python's own 5 ms, with four threads, add up (``bench/saving.py``)."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
sys.setswitchinterval(TURN)
application = get_wsgi_application()
# All pages are loaded now and not with the first request. What stands then, stands for good: the search for garbage
# leaves it out, which took a seventh of a second in the middle of somebody's transaction.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
