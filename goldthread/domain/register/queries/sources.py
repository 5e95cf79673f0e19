"""Who may open a source file as a whole: it holds every word, those of restricted records too."""

from __future__ import annotations

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.register.models import SourceFile
from goldthread.domain.register.queries import source_files


def source_by_id(pk: int, *, viewer: Viewer) -> SourceFile | None:
    """One source file, None where the viewer may see nothing of it."""
    return source_files(viewer=viewer).filter(pk=pk).first()


def may_open_whole(viewer: Viewer) -> bool:
    """Whether the viewer may have the file itself: who sees everything there is, or who brings documents in."""
    return viewer.may_everywhere(Permission.SEE_RESTRICTED) or viewer.may_everywhere(Permission.IMPORT_DOCUMENTS)
