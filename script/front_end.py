"""Copy the few front-end files that the pages and reports use out of an npm folder, made fit for a council.

    python script/front_end.py NODE_MODULES REPOSITORY

Fills `goldthread/web/static/vendor/` and `goldthread/reporting/fonts/`, both ignored by git. Standard library only: it
runs before anything is installed into the environment. Ends with status 1 and one sentence when a file is not as
expected, which happens when a new version of a package has changed its shape.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

STYLES_AND_SCRIPTS = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "accessible-autocomplete/dist/accessible-autocomplete.min.css": "accessible-autocomplete.min.css",
    "accessible-autocomplete/dist/accessible-autocomplete.min.js": "accessible-autocomplete.min.js",
    "accessible-autocomplete/LICENSE.txt": "accessible-autocomplete.LICENSE.txt",
}
FONTS = {
    "400Regular/SourceSans3_400Regular.ttf": "SourceSans3-Regular.ttf",
    "400Regular_Italic/SourceSans3_400Regular_Italic.ttf": "SourceSans3-Italic.ttf",
    "700Bold/SourceSans3_700Bold.ttf": "SourceSans3-Bold.ttf",
    "700Bold_Italic/SourceSans3_700Bold_Italic.ttf": "SourceSans3-BoldItalic.ttf",
    "LICENSE_FONT": "OFL.txt",
}

_FONT_FACE = re.compile(r"(?:/\*[^*]*exclusive use on gov\.uk[^*]*\*/\s*)?@font-face\{[^}]*GDS Transport[^}]*\}")
_CREST = re.compile(r"(?:background-image|-webkit-mask-image|mask-image):url\(/assets/images/govuk-crest\.svg\);?")
_SOURCE_MAP = re.compile(r"\s*(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)\s*$")


def without_government_marks(css: str) -> str:
    """The stylesheet without GDS Transport and without the royal crest, which only GOV.UK services may carry."""
    css = _FONT_FACE.sub("", css)
    css = css.replace("GDS Transport,arial", "arial")
    return _CREST.sub("", css)


def without_source_map(text: str) -> str:
    """The file without its last comment, which names a map that is not shipped (static collection stops at it)."""
    return _SOURCE_MAP.sub("\n", text)


def with_relative_addresses(css: str) -> str:
    """`url(/assets/…)` as `url(assets/…)`, so that the stylesheet works under any prefix."""
    return re.sub(r"url\((['\"]?)/assets/", r"url(\1assets/", css)


def fitted(name: str, text: str) -> str:
    """The text of a front-end file as it is served. Raises ValueError when something forbidden is left in it."""
    text = without_source_map(text)
    if name.endswith(".css"):
        text = with_relative_addresses(without_government_marks(text))
        for forbidden in ("GDS Transport", "govuk-crest", "@font-face", "url(assets/"):
            if forbidden in text:
                raise ValueError(f"{name} still holds {forbidden!r}: adapt script/front_end.py to this version.")
    return text


def copy_all(node_modules: Path, root: Path) -> list[Path]:
    """Copy every file to its place, each folder swapped in whole. Gives the files written."""
    vendor = root / "goldthread/web/static/vendor"
    fonts = root / "goldthread/reporting/fonts"
    written = []
    for folder in (vendor, fonts):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for source, name in STYLES_AND_SCRIPTS.items():
        text = (node_modules / source).read_text(encoding="utf-8")
        (vendor / name).write_text(fitted(name, text), encoding="utf-8")
        written.append(vendor / name)
    for source, name in FONTS.items():
        shutil.copyfile(node_modules / "@expo-google-fonts/source-sans-3" / source, fonts / name)
        written.append(fonts / name)
    return written


def main(arguments: list[str]) -> int:
    """Run from the command line; 0 when every file is in place."""
    node_modules, root = Path(arguments[0]), Path(arguments[1])
    try:
        written = copy_all(node_modules, root)
    except (OSError, ValueError) as problem:
        print(f"The front-end files could not be put in place: {problem}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in written)
    print(f"{len(written)} files, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
