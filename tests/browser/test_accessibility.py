"""The built pages under axe-core: nothing serious or critical, for eyes, ears and keyboards."""

import pytest
from test_book_pages import open_page

from tests.conftest import REPOSITORY
from tests.contents import CHAPTERS, PAGES

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light")]

pytestmark = pytest.mark.browser


def findings(page):
    """What axe-core calls serious or critical: rule, how often, and the first place."""
    if not AXE.is_file():
        pytest.skip("npm was not there when the book was built, and axe-core comes with it")
    page.wait_for_function("performance.timing.loadEventEnd > 0")  # our script ran
    page.add_script_tag(path=str(AXE))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert result["passes"], "axe-core looked at something"
    return [
        f"{found['impact']}: {found['id']} ({len(found['nodes'])}): {found['nodes'][0]['target']}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_used_by_all(page, address, name):
    looks = LOOKS if name in CHAPTERS else LOOKS[:1]
    for width, theme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        open_page(page, address, name, theme)
        assert findings(page) == [], f"{width} px, {theme}"


def test_axe_finds_what_is_wrong(page):
    page.set_content("<html><body><img src='data:,'><button></button></body></html>")
    found = " ".join(findings(page))
    assert "image-alt" in found
    assert "button-name" in found
