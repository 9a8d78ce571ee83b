"""The parts to play with: they compute what the scripts do, by keyboard, and say so politely."""

from __future__ import annotations

import io
import re
from functools import partial
from pathlib import Path

import chess
import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from macros.load.experiment_results import read_experiments
from tests.browser.page_checks import axe
from tests.browser.reader import PHONE, Guard, OpenReader, resize, squeezed, tab_on_to
from tests.built_page import built_page, words_of

RESULTS = {name: each.results for name, each in read_experiments().items()}
PAGES = {
    "coins": "predicting-noise",
    "threshold": "accurate-and-useless",
    "body": "overkill",
    "chess": "wrong-tool",
    "labels": "no-context",
    "leak": "leakage",
}
# Counts how often a region that is read aloud changes its text.
COUNT_CHANGES = """status => {
  window.said = [];
  new MutationObserver(() => window.said.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
}"""


def visit(page: Page, name: str) -> Locator:
    """Open the page with this part to play with, and return the part."""
    page.goto(f"pitfalls/{PAGES[name]}/")
    part = page.locator(f"form[data-play='{name}']")
    expect(part).to_be_visible()
    return part


# By keyboard, aloud


def press(page: Page, button: Locator) -> None:
    tab_on_to(page, button)
    page.keyboard.press("Enter")


def test_flip_train_and_test_again_by_keyboard(reader: Page) -> None:
    part = visit(reader, "coins")
    told = part.get_by_role("status")
    slider = part.get_by_role("slider")
    tab_on_to(reader, slider)
    reader.keyboard.press("End")
    expect(part).to_contain_text("back 12 flips (4,096 rules)")
    press(reader, part.get_by_role("button", name="Train on"))
    expect(told).to_contain_text(re.compile(r"right 9\d\.\d% of the time"))
    press(reader, part.get_by_role("button", name="Test on"))
    expect(told).to_contain_text(re.compile(r"On 1,000 new flips it is right [45]\d\.\d%"))
    expect(told).to_contain_text(re.compile(r"interval [45]\d\.\d% to [45]\d\.\d%"))
    expect(told).to_contain_text("What you just saw")
    expect(part.get_by_role("row")).to_have_count(2)
    press(reader, part.get_by_role("button", name="Try guessers"))
    expect(told).to_contain_text("right and passes")
    expect(told).to_contain_text("What you just saw")


def test_models_are_compared_on_the_same_coin_until_another_is_taken(reader: Page) -> None:
    part = visit(reader, "coins")
    told, test = part.get_by_role("status"), part.get_by_role("button", name="Test on")
    train = part.get_by_role("button", name="Train on")
    scores = []
    for _ in range(2):
        train.click()
        test.click()
        scores.append(part.get_by_role("row").nth(1).inner_text())
    assert scores[0] == scores[1]
    assert "Coin 1, looks back 8" in scores[0]
    part.get_by_role("button", name="Take another coin").click()
    expect(told).to_contain_text("Coin 2 has been flipped")
    expect(test).to_be_disabled()
    train.click()
    expect(part.get_by_role("row").nth(1)).to_contain_text("Coin 2, looks back 8")


def test_the_cheapest_threshold_by_keyboard(reader: Page) -> None:
    part = visit(reader, "threshold")
    cheapest = part.get_by_role("button", name="cheapest")
    status = part.get_by_role("status")
    press(reader, cheapest)
    best = RESULTS["card-fraud"]["model"]["hindsight"]["money"]
    expect(status).to_contain_text(f"It loses {best:,}")
    seen = part.get_by_text("What you just saw")
    expect(seen).to_contain_text("The two point in opposite directions")
    # Dearer checks move the cheapest threshold up.
    before = int(part.get_by_role("slider").input_value())
    part.get_by_label("A checked payment costs").fill("40")
    press(reader, cheapest)
    expect(status).to_contain_text(re.compile(r"It loses [\d,]+"))
    expect(status).not_to_contain_text(f"It loses {best:,}")
    assert int(part.get_by_role("slider").input_value()) > before


def test_where_checks_are_too_dear_the_cheapest_is_to_check_nothing(reader: Page) -> None:
    part = visit(reader, "threshold")
    part.get_by_label("A checked payment costs").fill("500")
    press(reader, part.get_by_role("button", name="cheapest"))
    expect(part.get_by_role("status")).to_contain_text("Nothing is checked")
    expect(part).to_contain_text("We check no payments at all")
    expect(part.locator("[data-money]")).to_have_text("49,200")


def test_a_price_that_changes_leaves_no_old_sentence_behind(reader: Page) -> None:
    part = visit(reader, "threshold")
    press(reader, part.get_by_role("button", name="cheapest"))
    status = part.get_by_role("status")
    expect(status).to_contain_text("It loses")
    part.get_by_label("A checked payment costs").fill("30")
    stale = "() => [document.querySelector('[data-money]').textContent, " + (
        "document.querySelector('[data-play=threshold] [role=status]').textContent]"
    )
    money, said = reader.evaluate(stale)
    assert said == "" or f"It loses {money}" in said
    expect(status).to_contain_text(f"It loses {part.locator('[data-money]').inner_text()} euros")


def test_a_slider_says_where_it_came_to_rest_and_no_more(reader: Page) -> None:
    part = visit(reader, "threshold")
    slider = part.get_by_role("slider")
    tab_on_to(reader, slider)
    reader.keyboard.press("ArrowRight")
    status = part.get_by_role("status")
    expect(status).to_contain_text("Threshold")
    status.evaluate(COUNT_CHANGES)
    for _ in range(12):
        reader.keyboard.press("ArrowLeft")
    row = RESULTS["card-fraud"]["model"]["thresholds"][int(slider.input_value())]
    expect(status).to_contain_text(f"It loses {row['money']:,}")
    assert len(reader.evaluate("window.said")) <= 3
    assert re.match(r"check from \d", slider.get_attribute("aria-valuetext") or "")


def test_the_network_and_the_formula_by_keyboard(reader: Page) -> None:
    part = visit(reader, "body")
    press(reader, part.get_by_role("button", name="Let the models guess"))
    status = part.get_by_role("status")
    expect(status).to_contain_text("The formula gives 24.5.")
    tab_on_to(reader, part.get_by_role("slider", name="Height"))
    reader.keyboard.press("Home")
    tab_on_to(reader, part.get_by_role("slider", name="Weight"))
    reader.keyboard.press("Home")
    expect(status).to_contain_text("The formula gives 20.0.")
    text = status.inner_text()
    said, off, kilograms = re.findall(r"(?:guesses|by) (\d+\.\d)", text)
    assert float(said) - 20 == pytest.approx(float(off), abs=0.01)
    assert "too high" in text, "short and light: pulled to the middle"
    assert float(off) * 1.5**2 == pytest.approx(float(kilograms), abs=0.06)


def test_swap_and_train_again_by_keyboard(reader: Page) -> None:
    part = visit(reader, "labels")
    train = part.get_by_role("button", name="train again")
    press(reader, train)
    status, seen = part.get_by_role("status"), part.get_by_text("What you just saw")
    expect(status).to_contain_text("agrees with its labels 99% of the time; people call 99%")
    expect(seen).to_contain_text("the score and the truth are the same")
    reader.keyboard.press("Shift+Tab")
    reader.keyboard.press("End")
    press(reader, train)
    expect(status).to_contain_text("agrees with its labels 99% of the time; people call 1%")
    expect(seen).to_contain_text("Only people can tell")
    expect(part.get_by_role("img")).to_have_count(10)


def test_ten_images_tell_truth_label_and_answer(reader: Page) -> None:
    part = visit(reader, "labels")
    part.get_by_role("slider").fill("100")
    part.get_by_role("button", name="train again").click()
    expect(part.get_by_role("listitem")).to_have_count(10)
    for image in part.get_by_role("listitem").all_inner_texts():
        truth, other = ("dog", "cat") if "8" in image else ("cat", "dog")
        assert f"our {truth}\nlabel: {other}\nmodel: " in image
        assert ("right" in image) == (f"model: {truth}" in image)


def test_with_a_few_labels_swapped_not_only_those_images_are_shown(reader: Page) -> None:
    part = visit(reader, "labels")
    part.get_by_role("slider").fill("10")
    swapped = 0
    for _ in range(5):
        part.get_by_role("button", name="train again").click()
        expect(part.get_by_role("listitem")).to_have_count(10)
        for image in part.get_by_role("listitem").all_inner_texts():
            swapped += ("8" in image) == ("label: cat" in image)
    assert swapped < 25, "about 5 of 50 are expected"


def test_test_and_use_a_leaky_model_by_keyboard(reader: Page) -> None:
    part = visit(reader, "leak")
    found = RESULTS["leaky-columns"]
    first = found["first_depots"][0]
    press(reader, part.get_by_role("button", name="Test the model"))
    expect(part.get_by_role("button", name="Next depot")).to_be_disabled()
    press(reader, part.get_by_role("button", name="Use it for"))
    status = part.get_by_role("status")
    expect(status).to_contain_text(f"promises an error of {first['leaky_3_random']:.1f} parcels")
    expect(status).to_contain_text(f"real use brings {first['leaky_3_live_usual']:.1f}. What you")
    part.get_by_label("the latest 90 days").check()
    part.get_by_label("overtime").uncheck()
    expect(status).to_be_empty()
    expect(part).to_contain_text("not tested yet")
    expect(part.get_by_role("button", name="Use it for")).to_be_disabled()
    press(reader, part.get_by_role("button", name="Test the model"))
    expect(status).to_contain_text(f"an error of {first['clean_dated']:.1f} parcels a day")


def test_more_depots_show_what_one_does_not(reader: Page) -> None:
    part = visit(reader, "leak")
    found = RESULTS["leaky-columns"]
    one, two = found["first_depots"]
    part.get_by_label("overtime").uncheck()
    press(reader, part.get_by_role("button", name="Test the model"))
    press(reader, part.get_by_role("button", name="Use it for"))
    status = part.get_by_role("status")
    assert one["clean_random"] > one["clean_live_usual"]
    expect(status).to_contain_text("this goes the other way. Most depots do not")
    press(reader, part.get_by_role("button", name="Next depot"))
    came = (one["clean_live_usual"] + two["clean_live_usual"]) / 2
    expect(status).to_contain_text(re.compile(rf"Means of 2 depots: .* and {came:.1f}\."))
    press(reader, part.get_by_role("button", name="20 more depots"))
    expect(status).to_contain_text("Means of 22 depots", timeout=20_000)
    expect(status).to_contain_text("so the promise was too good")


def test_a_game_of_chess_by_keyboard_until_the_rules_are_broken(reader: Page) -> None:
    part = visit(reader, "chess")
    status = part.get_by_role("status")
    press(reader, part.get_by_role("button", name="Let it read"))
    expect(status).to_contain_text("Choose Black’s move")
    board = part.get_by_role("table", name="The board")
    expect(board.get_by_role("img")).to_have_count(32)
    answer = part.get_by_role("button", name="Play it")
    chosen = part.get_by_label("Your move, for Black").input_value()
    press(reader, answer)
    expect(status).to_contain_text(f"from {chosen[:2]} to {chosen[2:4]}")
    for _ in range(60):
        if answer.is_disabled():
            break
        answer.click()
    expect(status).to_contain_text(
        re.compile(r"At move \d+ the model says: from \w\d to \w\d\. That is illegal: ")
    )
    expect(answer).to_be_disabled()
    expect(part.get_by_text("What you just saw")).to_contain_text("then an illegal one")


def test_with_a_check_every_move_on_the_board_is_legal(reader: Page) -> None:
    part = visit(reader, "chess")
    part.get_by_label("check each answer").check()
    part.get_by_role("button", name="Let it read").click()
    status = part.get_by_role("status")
    any_move = part.get_by_role("button", name="Play any move for me")
    for number in range(2, 12):
        expect(status).to_contain_text("Choose Black’s move")
        any_move.click()
        expect(part.get_by_text("What you just saw")).to_contain_text(f"of {number} answers")
        if any_move.is_disabled():
            break
    stopped = re.search(r"stopped (\d+) of", part.get_by_text("What you just saw").inner_text())
    assert stopped
    assert int(stopped[1]) > 0, "it is checked because it breaks the rules"
    board = chess.Board()
    for move in part.locator("[data-moves]").inner_text().split():
        board.push_uci(move)  # refuses what is illegal


def test_results_that_do_not_come_are_owned_up_to(reader: Page, guard: Guard) -> None:
    guard.expect("net::ERR_FAILED")
    part = visit(reader, "leak")
    reader.route("**/experiments/*.json", lambda route: route.abort())
    part.get_by_role("button", name="Test the model").click()
    expect(part.get_by_role("status")).to_contain_text("could not be loaded")
    reader.unroute("**/experiments/*.json")
    part.get_by_role("button", name="Test the model").click()
    expect(part.get_by_role("status")).to_contain_text("an error of")


# Without script, on paper, narrow, for everybody


def test_without_script_the_picture_and_its_table_are_there(open_reader: OpenReader) -> None:
    """On one page; that every page has these parts is read in tests/test_pitfall_pages.py."""
    page = open_reader(java_script_enabled=False)
    name, address = next(iter(PAGES.items()))
    page.goto(f"pitfalls/{address}/")
    expect(page.locator(f"form[data-play='{name}']")).to_be_hidden()
    expect(page.get_by_text("This part needs JavaScript")).to_be_visible()
    pictures = page.get_by_role("figure")
    assert pictures.count() > 0
    for picture in filter(Locator.is_visible, pictures.all()):
        expect(picture.locator("svg")).to_be_visible()
        picture.get_by_text("In numbers").click()
        expect(picture.get_by_role("table")).to_be_visible()


def widest_row(site: Path, name: str) -> int:
    """How many letters the fullest row of the tables of a page has."""
    rows = built_page(site, f"pitfalls/{PAGES[name]}/").select(".pb-plate__table tr")
    return max(len(words_of(row)) for row in rows)


def on_paper(page: Page) -> str:
    """Return what a page prints, without blanks: a PDF has them elsewhere."""
    sheets = PdfReader(io.BytesIO(page.pdf())).pages
    return squeezed("".join(sheet.extract_text() for sheet in sheets))


def test_paper_has_the_parts_that_are_unfolded_and_names_the_others(
    reader: Page, built_site: Path
) -> None:
    """On the page that is hardest to fit. The script is to be run, and is never on paper."""
    visit(reader, max(PAGES, key=partial(widest_row, built_site)))
    cells = reader.locator(".pb-plate__table td").all_text_contents()
    folded = on_paper(reader)
    assert not all(squeezed(cell) in folded for cell in cells)
    assert "unfoldthisonthepage" in folded
    reader.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    unfolded = on_paper(reader)
    assert cells
    for cell in cells:
        assert squeezed(cell) in unfolded, cell
    code = reader.locator(".pb-script").text_content() or ""
    assert squeezed(code.splitlines()[0]) not in unfolded
    for text in (folded, unfolded):
        assert "ThispartneedsJavaScript" not in text


def open_all(page: Page, name: str) -> None:
    """Bring a part to the state in which it shows most."""
    part = visit(page, name)
    part.get_by_role("button").first.click()
    expect(part.get_by_role("status")).not_to_be_empty()
    if name == "chess":
        expect(part.get_by_role("status")).to_contain_text("Choose Black’s move")


CUT_OFF = "all => all.map((each) => each.scrollWidth - each.clientWidth)"
INKS = """all => all.filter((each) => each.checkVisibility()).map((each) => {
  const style = getComputedStyle(each);
  return [style.stroke, style.fill];
})"""


@pytest.mark.parametrize("name", PAGES)
def test_a_part_in_use_fits_keeps_still_can_be_seen_and_axe_has_nothing_to_say(
    reader: Page, name: str
) -> None:
    reader.set_viewport_size({"width": 320, "height": 740})
    reader.emulate_media(reduced_motion="reduce")
    open_all(reader, name)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
    assert reader.evaluate("document.getAnimations().length") == 0, "something moves by itself"

    resize(reader, PHONE)
    reader.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    hidden = reader.locator(".pb-plate__table").evaluate_all(CUT_OFF)
    assert set(hidden) == {0}, "numbers of a picture are cut off on a phone"
    wrong = axe(reader, PAGES[name], part=reader.locator(f"form[data-play='{name}']"))
    assert not wrong, "\n".join(wrong)

    reader.emulate_media(forced_colors="active")
    inks = reader.locator(
        ".pb-chart__line, .pb-chart__mark, .pb-chart__bar, .pb-chart__body"
    ).evaluate_all(INKS)
    paper = reader.evaluate("getComputedStyle(document.body).backgroundColor")
    assert inks
    for pair in inks:
        seen = [ink for ink in pair if ink not in ("none", paper, "rgba(0, 0, 0, 0)")]
        assert seen, f"{pair}: not drawn in forced colours"
