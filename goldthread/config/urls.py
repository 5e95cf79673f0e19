"""The URL map: the addresses of every folder of pages, in the order of their names."""

from pathlib import Path

from django.urls import include, path

import goldthread.web.pages

_PAGES = Path(goldthread.web.pages.__path__[0])

urlpatterns = [
    path("", include(f"{goldthread.web.pages.__name__}.{folder.parent.name}.urls"))
    for folder in sorted(_PAGES.glob("*/urls.py"))
]
