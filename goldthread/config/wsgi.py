"""The door for a WSGI server: ``gunicorn goldthread.config.wsgi``."""

import os
import sys

from django.core.wsgi import get_wsgi_application

TURN = 0.001
"""Seconds after which a thread that computes gives way to one that waits. After each statement of a transaction a request
waits for its turn while others wait for its rows: Python's own 5 ms, with four threads, add up (``bench/saving.py``)."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
sys.setswitchinterval(TURN)
application = get_wsgi_application()
