"""Reading lists in the browser: what is typed there is written into the text."""

import re

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import Visit, hrefs, markup, text, visit

from kb.library import Library

__all__ = ["visit"]  # a fixture

LIST = "cport-validation"
WORK = "brankley2021stable"


def order(app: AppTest) -> list[str]:
    """The citekeys on a list's page, in order."""
    return re.findall(r'kb-title" href="work\?work=([^"]+)"', markup(app))


def test_a_list_stands_in_its_order_with_sections_reasons_and_roles(shipped: Library, visit: Visit) -> None:
    """As the file has it."""
    written = (shipped.notes / "lists" / f"{LIST}.md").read_text("utf-8")
    app = visit(shipped, "lists", list=LIST)

    assert order(app) == re.findall(r"^- \[@(\w+)\]", written, re.MULTILINE)
    assert all(section in text(app) for section in re.findall(r"^## (.+)$", written, re.MULTILINE))
    assert "Dissent" in text(app)


def test_a_work_is_added_to_a_list_with_a_reason(copied: Library, visit: Visit) -> None:
    """The file has it, the message leads there, and the fields are empty again."""
    app = visit(copied, "work", work=WORK)
    app.selectbox(key="shelf-list").set_value(LIST).run()
    app.text_area(key="shelf-reason").set_value("It is large.")
    app.text_input(key="shelf-section").set_value("Further on")
    app.selectbox(key="shelf-role").set_value("background")
    app.number_input(key="shelf-minutes").set_value(25)
    app.button[0].click().run()

    assert not app.exception
    written = (copied.notes / "lists" / f"{LIST}.md").read_text("utf-8")
    assert f"[@{WORK}] It is large. {{role=background minutes=25}}" in written
    assert f"lists?list={LIST}" in hrefs(app)
    assert "Added to" in text(app)
    assert not app.text_area(key="shelf-reason").value
    shown = text(visit(copied, "lists", list=LIST))
    assert "It is large." in shown
    assert "25 min" in shown


def test_a_new_list_is_begun_with_its_first_work(copied: Library, visit: Visit) -> None:
    """One form, one file."""
    app = visit(copied, "work", work=WORK)
    app.selectbox(key="shelf-list").set_value("").run()
    app.text_input(key="shelf-title").set_value("To read on Monday")
    app.text_area(key="shelf-reason").set_value("It is large.")
    app.button[0].click().run()

    assert "lists?list=to-read-on-monday" in hrefs(app)
    assert order(visit(copied, "lists", list="to-read-on-monday")) == [WORK]


@pytest.mark.parametrize(
    ("title", "reason", "said"),
    [
        ("A list", "  ", "a reason is needed"),
        (" ", "Because.", "needs a title"),
        ("!!", "Because.", "Nothing"),
    ],
)
def test_what_cannot_be_written_is_said_and_what_was_typed_stays(
    copied: Library, visit: Visit, title: str, reason: str, said: str
) -> None:
    """No file is made, and nobody types it twice."""
    before = sorted((copied.notes / "lists").iterdir())
    app = visit(copied, "work", work=WORK)
    app.selectbox(key="shelf-list").set_value("").run()
    app.text_input(key="shelf-title").set_value(title)
    app.text_area(key="shelf-reason").set_value(reason)
    app.button[0].click().run()

    assert not app.exception
    assert said in text(app)
    assert sorted((copied.notes / "lists").iterdir()) == before
    assert app.text_area(key="shelf-reason").value == reason


def test_items_move_up_and_down_and_off(copied: Library, visit: Visit) -> None:
    """The first cannot move up, the last cannot move down."""
    app = visit(copied, "lists", list=LIST, edit="1")
    first, second, *rest = order(app)
    assert app.button(key="Move up-1").disabled
    assert app.button(key=f"Move down-{len(rest) + 2}").disabled

    app.button(key="Move down-1").click().run()
    assert order(app)[:2] == [second, first]

    app.button(key="off-2").click().run()
    assert order(app) == [second, *rest]
    assert f"@{first}]" not in (copied.notes / "lists" / f"{LIST}.md").read_text("utf-8")


def test_what_was_said_of_a_work_taken_off_can_be_put_back(copied: Library, visit: Visit) -> None:
    """One click loses nothing: the form below has it, and Add writes it again."""
    file = copied.notes / "lists" / f"{LIST}.md"
    app = visit(copied, "lists", list=LIST, edit="1")
    second = order(app)[1]
    line = next(line for line in file.read_text("utf-8").splitlines() if f"@{second}]" in line)

    app.button(key="off-2").click().run()
    assert "To put it back" in text(app)
    assert app.text_input(key="shelf-work").value == second
    app.button[-1].click().run()

    assert not app.exception
    assert line in file.read_text("utf-8").splitlines()


def test_each_button_says_which_work_it_moves(shipped: Library, visit: Visit) -> None:
    """Who hears nineteen times “Move up” does not know what goes where."""
    labels = [button.label for button in visit(shipped, "lists", list=LIST, edit="1").button]

    assert len(labels) == len(set(labels))
    assert "Move up *number 2*" in labels


def test_a_change_to_a_list_that_went_away_is_answered(copied: Library, visit: Visit) -> None:
    """Another window, or another hand, may have removed the file."""
    app = visit(copied, "lists", list=LIST, edit="1")
    (copied.notes / "lists" / f"{LIST}.md").unlink()

    app.button(key="Move down-1").click().run()

    assert not app.exception
    assert "There is no reading list" in text(app)
    assert "Nothing goes by that name" in text(app)


def test_a_list_is_only_changed_where_one_asked_to_change_it(shipped: Library, visit: Visit) -> None:
    """A reader meets no buttons that alter the text."""
    assert not visit(shipped, "lists", list=LIST).button
    assert f"lists?list={LIST}&edit=1" in hrefs(visit(shipped, "lists", list=LIST))


def test_a_work_is_put_on_a_list_by_its_doi(copied: Library, visit: Visit) -> None:
    """On the list's own page, under any name that the work goes by; an unknown one is said."""
    app = visit(copied, "lists", list=LIST, edit="1")
    app.text_input(key="shelf-work").set_value("no-such-work-at-all")
    app.text_area(key="shelf-reason").set_value("Because.")
    app.button[-1].click().run()
    assert "Nothing was written" in text(app)

    app.text_input(key="shelf-work").set_value("https://doi.org/10.1177/10731911211063228")
    app.button[-1].click().run()
    assert not app.exception


def test_a_list_is_begun_empty(copied: Library, visit: Visit) -> None:
    """Title, for whom, what for."""
    app = visit(copied, "lists")
    app.text_input(key="shelf-title").set_value("For a talk: part 1")
    app.text_input(key="shelf-audience").set_value("students")
    app.button[0].click().run()

    assert "lists?list=for-a-talk-part-1" in hrefs(app)
    assert "students" in text(visit(copied, "lists", list="for-a-talk-part-1"))
