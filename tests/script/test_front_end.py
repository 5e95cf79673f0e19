"""The front-end files as they are served: nothing in them that only GOV.UK may use, or that stops static collection."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def front_end():
    specification = importlib.util.spec_from_file_location("front_end", ROOT / "script" / "front_end.py")
    module = importlib.util.module_from_spec(specification)
    sys.modules["front_end"] = module
    specification.loader.exec_module(module)
    return module


STYLES = (
    "a{color:red}/* This cut is for exclusive use on gov.uk. */@font-face{font-family:GDS Transport;src:"
    "url(/assets/fonts/light.woff2)}@font-face{font-family:GDS Transport;font-weight:700;src:url(/assets/fonts/b.woff)}"
    ".govuk-body{font-family:GDS Transport,arial,sans-serif}"
    ".logo:before{width:100%;background-image:url(/assets/images/govuk-crest.svg);padding-top:1px}"
    "\n/*# sourceMappingURL=govuk-frontend.min.css.map */"
)


def test_styles_lose_the_typeface_the_crest_and_the_map(front_end):
    served = front_end.fitted("govuk-frontend.min.css", STYLES)
    assert served == ("a{color:red}.govuk-body{font-family:arial,sans-serif}.logo:before{width:100%;padding-top:1px}\n")


def test_a_picture_that_nobody_expected_stops_the_set_up(front_end):
    with pytest.raises(ValueError, match=r"adapt script/front_end\.py"):
        front_end.fitted("new.css", "a{background:url(/assets/images/new.png)}")


def test_a_script_loses_only_its_map(front_end):
    assert front_end.fitted("x.js", "export{a};//# sourceMappingURL=x.js.map\n") == "export{a};\n"


@pytest.mark.parametrize("name", ["govuk-frontend.min.css", "accessible-autocomplete.min.css"])
def test_the_files_in_place_carry_no_government_marks(name):
    text = (ROOT / "goldthread/web/static/vendor" / name).read_text(encoding="utf-8")
    assert ".govuk-" in text or ".autocomplete" in text
    for forbidden in ("GDS Transport", "crest", "sourceMappingURL", "/assets/"):
        assert forbidden not in text


def test_lock_files_name_no_registry():
    for name in ("package-lock.json", "requirements/runtime.txt", "requirements/dev.txt", "requirements/node.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert '"resolved"' not in text
        assert "index-url" not in text
        assert "://" not in text.replace("https://opencollective", "")
