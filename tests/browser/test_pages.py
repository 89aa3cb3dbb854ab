"""Claims about the pages in a real browser: axe, keyboard, search, both themes, a phone, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.pages import write
from autograder.report import State, Verdict
from tests.helpers import browser, paged_class
from tests.helpers.paged_class import PagedClass, check

pytestmark = pytest.mark.browser

SOURCE = "def discount_rewards(rewards, gamma):\n    # a comment\n    return rewards"
SAID = "It stopped with ValueError: no. (line 3 of the cell returns)."
PHONE, DESK = (390, 844), (1280, 900)


def everyday(root: Path) -> PagedClass:
    """A class as it mostly is: most are right, some share a mistake, one is not to be graded."""
    made = paged_class.lay_out(root)
    wrong = [
        check("values"),
        check("steps", Verdict.ERROR, SAID),
        check("more", Verdict.FAILED, "Not this.", charged_to="steps"),
    ]
    right = [check("values"), check("steps"), check("more")]
    for number in range(12):
        source = SOURCE + f" + {number}"
        checks = wrong if number < 4 else right
        made.add(
            f"student {number:02}", source, "My answer.", checks=checks,
            state=State.ATTEMPTED if number % 2 else State.UNTOUCHED,
        )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of that class."""
    root = tmp_path_factory.mktemp("pages")
    write.for_instructor(everyday(root / "course").material(), root / "pages")
    return root / "pages"


@pytest.fixture(scope="module")
def opened(unless: Callable[[bool, str], None], folder: Path) -> Iterator[Any]:
    """A browser that reaches the folder alone."""
    problem = browser.missing()
    unless(problem is None, str(problem))
    with browser.page(lambda address: address.startswith(folder.as_uri()), *DESK) as page:
        yield page


@pytest.fixture
def window(opened: Any) -> Any:
    """Its window on a desk, by day."""
    opened.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    opened.emulate_media(color_scheme="light", media="screen")
    return opened


def shown(window: Any) -> list[str]:
    """The students whose rows are to be seen, in their order."""
    names: list[str] = window.locator("#class tbody tr:visible th").all_inner_texts()
    return names


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["index.html", "students/student%2001.html"])
def test_axe_finds_nothing(
    page: str, scheme: str, size: tuple[int, int], window: Any, folder: Path
):
    """No rule of axe-core is violated, with everything on the page opened."""
    from axe_playwright_python.sync_playwright import Axe

    window.emulate_media(color_scheme=scheme)
    window.set_viewport_size({"width": size[0], "height": size[1]})
    window.goto(f"{folder.as_uri()}/{page}")
    window.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = Axe().run(window).response
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) > 15  # it did look


def test_columns_are_sorted_from_the_keyboard(window: Any, folder: Path):
    """A heading is a button; Enter sorts, Enter again turns the order around, and both are announced."""
    window.goto(f"{folder.as_uri()}/index.html")
    heading = window.locator("#class th", has_text="Score").first
    heading.locator("button").focus()
    window.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    rising = window.locator("#class tbody td:nth-child(3)").all_inner_texts()
    window.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    assert window.locator("#class tbody td:nth-child(3)").all_inner_texts() == rising[::-1]
    assert [float(each) for each in rising] == sorted(float(each) for each in rising)
    assert len(set(rising)) > 1


def test_the_first_key_leads_past_the_navigation(window: Any, folder: Path):
    """Tab reaches a link to the content, which can be seen then."""
    window.goto(f"{folder.as_uri()}/index.html")
    window.keyboard.press("Tab")
    link = window.locator(":focus")
    assert link.inner_text() == "Skip to the content"
    assert link.bounding_box()["x"] >= 0
    window.keyboard.press("Enter")
    assert window.url.endswith("#main")


def test_students_are_searched_and_filtered(window: Any, folder: Path):
    """By name, by status and by the exercise in which points were lost; how many are shown is said."""
    window.goto(f"{folder.as_uri()}/index.html")
    assert len(shown(window)) == 12
    window.fill("#search", "STUDENT 07")
    assert shown(window) == ["student 07"]
    window.fill("#search", "")
    window.select_option("#lost", label="returns")
    assert shown(window) == ["student 01", "student 03", "student 00", "student 02"]
    window.select_option("#status", "waits for you")
    assert shown(window) == ["student 01", "student 03"]
    assert window.inner_text("#shown") == "2 of 12 shown"


def test_a_shared_mistake_is_side_by_side_with_its_students_one_click_away(
    window: Any, folder: Path
):
    """The idea says how many have it, shows their code, and a name leads to the student's page."""
    window.goto(f"{folder.as_uri()}/index.html")
    idea = window.locator(".idea").first
    assert "4 students" in idea.inner_text()
    idea.locator("summary").click()
    assert idea.locator("figure").count() == 4
    idea.locator(".people a", has_text="student 02").click()
    assert window.locator("h1").inner_text() == "student 02"


def test_a_sentence_stands_at_its_line(window: Any, folder: Path):
    """What stopped in line 3 is said in line 3, with the checks that it cost."""
    window.goto(f"{folder.as_uri()}/students/student%2001.html")
    line = window.locator(".code li").nth(2)
    assert "return rewards" in line.inner_text()
    assert "ValueError: no" in line.locator(".note").inner_text()
    assert "steps" in line.locator("small").inner_text()
    assert window.locator(".code .note").count() == 1


def test_nothing_is_as_wide_as_to_be_missed_on_a_phone(window: Any, folder: Path):
    """Pages fit a phone's width; a table that does not is scrolled in its own frame."""
    window.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for page in ("index.html", "students/student%2001.html"):
        window.goto(f"{folder.as_uri()}/{page}")
        assert window.evaluate("() => document.documentElement.scrollWidth") <= PHONE[0]


def test_both_themes_are_the_readers(window: Any, folder: Path):
    """Paper is white by day and on paper, and dark by night."""
    window.goto(f"{folder.as_uri()}/students/student%2001.html")
    paper = "() => getComputedStyle(document.body).backgroundColor"
    window.emulate_media(color_scheme="light")
    light = window.evaluate(paper)
    window.emulate_media(color_scheme="dark")
    dark = window.evaluate(paper)
    window.emulate_media(color_scheme="dark", media="print")
    assert light == window.evaluate(paper) == "rgb(255, 255, 255)"
    assert dark == "rgb(20, 24, 29)"
    assert not window.locator("nav").is_visible()


def test_a_students_page_is_one_sheet_of_paper(window: Any, folder: Path):
    """As PDF it has one page."""
    window.goto(f"{folder.as_uri()}/students/student%2001.html")
    assert window.pdf(format="A4").count(b"/Type /Page\n") == 1
