"""Office files that are the same bytes whenever they are made: their archive carries no time of making."""

from __future__ import annotations

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can say


def settled(archive: bytes) -> bytes:
    """The same archive with every part at one fixed time, in the same order."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for part in source.infolist():
            plain = zipfile.ZipInfo(part.filename, _EPOCH)
            plain.compress_type, plain.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(plain, source.read(part))
    return out.getvalue()
