"""Hand-offs, and the coverage of published checklists."""

from __future__ import annotations

from macros.derive.coverage import coverage
from macros.derive.dependencies import between_roles, most_awaited_answers
from macros.model.question import Coverage, Playbook
from macros.model.reference import Cause, Failure
from macros.render.checklist_pages import checklist_pages
from macros.render.pages import checklists, evidence, hand_offs, law
from macros.render.renderer import PageContext, Renderer
from tests.markdown_page import Page, site_markdown
from tests.tiny import real_playbook

BOOK = real_playbook()


def page(text: str) -> Page:
    return Page(site_markdown().reset().convert(text))


# Hand-offs


def test_an_answer_is_handed_to_the_role_that_waits_for_it(tiny: Playbook) -> None:
    found = {
        pair: [(needed.id, [question.id for question in waiting]) for needed, waiting in rows]
        for pair, rows in between_roles(tiny).items()
    }
    assert found == {
        ("kitchen", "kitchen"): [],
        ("kitchen", "hall"): [],
        ("hall", "kitchen"): [("guest-count", ["soup-heat"])],
        ("hall", "hall"): [],
    }


def test_the_matrix_counts_the_questions_that_wait(renderer: Renderer) -> None:
    shown = page(hand_offs.handoff_matrix(renderer, PageContext()))
    assert shown.texts("td") == ["", "0", "0", "1 Kitchen question waits for Hall", "0"]
    assert shown.links == ["#hall-to-kitchen"]


def test_a_cell_of_the_matrix_leads_to_its_list() -> None:
    renderer, context = Renderer(BOOK), PageContext()
    cells = page(hand_offs.handoff_matrix(renderer, context)).links
    listed = page(hand_offs.handoff_lists(renderer, context)).ids
    assert cells
    assert {link.removeprefix("#") for link in cells} <= set(listed)


def test_the_most_awaited_answers_are_named_over_all_roles() -> None:
    [first, *_] = awaited = most_awaited_answers(BOOK, 5)
    assert len(awaited) == min(5, len(BOOK.live))
    assert first[1] == max(len(names) for names in BOOK.needed_by.values())
    shown = page(hand_offs.most_awaited(Renderer(BOOK), PageContext())).texts("li")
    assert shown[0].startswith(f"{first[0].title}: {first[1]} questions wait")


# Checklists


def checklist(renderer: Renderer) -> Page:
    """The page of the tiny playbook's checklist."""
    pages = checklist_pages(renderer.playbook)
    return page(pages["reference/checklists/safe-food.md"].partition("\n---\n")[2])


def cells(renderer: Renderer) -> list[str]:
    return checklist(renderer).texts("td")


def test_an_item_is_covered_by_questions_or_is_outside_or_a_gap(tiny: Playbook) -> None:
    [(framework, rows)] = coverage(tiny)
    assert framework.id == "safe-food"
    assert [(row.item.id, row.state, [(q.id, why) for q, why in row.whole]) for row in rows] == [
        ("A.1", "covered", [("soup-heat", "It asks who measures.")]),
        ("A.2", "gap", []),
    ]


def test_what_covers_a_part_of_an_item_is_shown_and_does_not_count(tiny: Playbook) -> None:
    soup, *others = tiny.questions
    [mapped] = soup.maps_to
    changed = soup.model_copy(update={"maps_to": (mapped.model_copy(update={"extent": "part"}),)})
    renderer = Renderer(tiny.model_copy(update={"questions": (changed, *others)}))
    context = PageContext()
    counted = page(checklists.checklist_summary(renderer, context)).texts("td")
    assert counted == ["2", "0", "0", "1", "1", "0"] * 2
    assert cells(renderer)[1] == "In part: Soup heat: It asks who measures."
    assert renderer.covered(changed) == []


def test_what_covers_an_item_together_is_counted_apart(tiny: Playbook) -> None:
    [framework] = tiny.frameworks
    first, *items = framework.items
    soup, menu = tiny.live[:2]
    item = first.model_copy(update={"together": (soup.id, menu.id)})
    part = (Coverage(item="safe-food:A.1", reason="It asks.", extent="part"),)
    frameworks = (framework.model_copy(update={"items": (item, *items)}),)
    for covering, counts in (({soup.id, menu.id}, "010"), ({soup.id}, "001")):
        questions = tuple(
            each.model_copy(update={"maps_to": part if each.id in covering else ()})
            for each in tiny.questions
        )
        changed = tiny.model_copy(update={"frameworks": frameworks, "questions": questions})
        renderer = Renderer(changed)
        counted = page(checklists.checklist_summary(renderer, PageContext())).texts("td")
        assert counted == ["2", *counts, "1", "0"] * 2
        assert cells(renderer)[1].count("Together:") == (1 if counts == "010" else 0)


def test_the_page_counts_what_is_covered_and_shows_gaps_as_gaps(renderer: Renderer) -> None:
    context = PageContext(root="../../")
    assert (
        page(checklists.checklist_summary(renderer, context)).texts("td")
        == ["2", "1", "0", "0", "1", "0"] * 2
    )
    assert cells(renderer)[1] == "Soup heat: It asks who measures."
    assert cells(renderer)[3] == "A gap: no question covers it."


def test_a_checklist_says_where_it_is_published_and_how_it_was_read(tiny: Playbook) -> None:
    [framework] = tiny.frameworks
    noted = framework.model_copy(update={"note": "We read <half> of it."})
    changed = tiny.model_copy(update={"frameworks": (noted,)})
    shown = checklist(Renderer(changed))
    assert framework.url in shown.links
    assert "We read <half> of it." in shown.texts("p")


def test_an_item_outside_a_kickoff_says_why(tiny: Playbook) -> None:
    [framework] = tiny.frameworks
    items = [item.model_copy(update={"outside": "It is <later> work."}) for item in framework.items]
    changed = framework.model_copy(update={"items": tuple(items)})
    renderer = Renderer(tiny.model_copy(update={"frameworks": (changed,)}))
    assert cells(renderer)[3] == "Outside a kickoff: It is <later> work."


# Claims, failures and law


def test_a_claim_says_what_is_said_what_is_so_and_what_to_say(renderer: Renderer) -> None:
    shown = page(evidence.claims(renderer, PageContext(root="../../")))
    assert shown.texts("h2") == ["87 % of soups are <cold> | {{ never }} eaten."]
    assert shown.texts("dd") == [
        "Soup cools by half in ten minutes; nobody counted what is eaten. (Cook & Son, 2020)",
        "Soup cools by half in ten minutes.",
    ]


def test_a_failure_says_what_was_known_and_is_filtered_by_its_questions(tiny: Playbook) -> None:
    causes = tuple(Cause(id=name, label=name.title()) for name in ("heat", "guests", "nobody"))
    cold = Failure(
        id="wedding-soup",
        cause="heat",
        title="Cold soup",
        story="It stood for an hour.",
        knowable="Speeches are long.",
        held_by="Any waiter.",
        consequence="Nobody ate.",
        sources=("cook-2020",),
        questions=("soup-heat", "guest-count"),
    )
    few = cold.model_copy(update={"id": "few-plates", "cause": "guests", "title": "Few plates"})
    failures = (few, cold)
    renderer = Renderer(tiny.model_copy(update={"causes": causes, "failures": failures}))
    shown = page(evidence.failures(renderer, PageContext(root="../../")))
    assert shown.texts("h2") == ["Heat", "Guests"]
    assert shown.texts("h3") == ["Cold soup", "Few plates"]
    assert shown.texts("dd")[:4] == [
        "Speeches are long.",
        "Any waiter.",
        "Nobody ate.",
        "Soup heat, Guest count",
    ]
    assert shown.links[1:3] == ["../../q/soup-heat/", "../../q/guest-count/"]
    rows = [each.attributes for each in shown.all("section") if "data-role" in each.attributes]
    assert [[row[f"data-{axis}"] for axis in ("role", "stage", "cause")] for row in rows] == [
        ["kitchen hall", "serve plan", "heat"],
        ["kitchen hall", "serve plan", "guests"],
    ]
    offered = shown.texts("option")
    assert offered == ["All", "Kitchen", "Hall", "All", "Plan", "Serve", "All"] + [
        cause.label for cause in causes
    ]


def test_law_is_printed_by_its_day_with_whom_it_binds_and_where_to_look(renderer: Renderer) -> None:
    shown = page(law.law(renderer, PageContext(root="../../"), "table"))
    assert shown.texts("h3") == ["From 1 December 2026", "Not decided yet"]
    assert shown.texts("p") == [
        "Cooks: Serve soup warm.",
        "Soup Act 2025, section 1 (Cook & Son, 2020). Ask: Guest count. "
        "To be checked again by 24 November 9926.",
        "Hosts & waiters: Say which dishes are <cold> | and {{ why }}.",
        "Soup Bill, clause 2 (Cook & Son, 2020). Ask: Guest count. "
        "To be checked again by 24 November 9926.",
    ]
    assert "../../q/guest-count/" in shown.links
    assert law.law_as_of(renderer, PageContext()) == "20 November 2026"
