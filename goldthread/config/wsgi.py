"""The door for a WSGI server: ``gunicorn goldthread.config.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
application = get_wsgi_application()
