"""The parts to play with: they compute what the scripts do, by keyboard, and say so politely."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from macros.experiments import read_experiments
from tests.browser.reader import PHONE, Guard, OpenReader, squeezed, tab_to
from tests.browser.test_accessible import Windows, accept, check, windows  # noqa: F401

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


def compute(page: Page, module: str, work: str, given: Any = None) -> Any:
    """Run `work` with the script `module` as `m` and `given`, in the page."""
    page.goto("pitfalls/")
    root = page.evaluate("document.body.dataset.root")
    return page.evaluate(
        f"async ([root, given]) => {{ const at = `${{location.href}}${{root}}/assets/`;"
        f" const m = await import(at + '{module}.js');"
        f" const {{ mulberry32, numbers }} = await import(at + 'play-common.js'); {work} }}",
        [root, given],
    )


# The same numbers as the scripts


def test_coins_flip_and_score_as_in_the_script(reader: Page) -> None:
    found = RESULTS["coin-flips"]
    memories = [model["memory"] for model in found["models"]]
    made = compute(
        reader,
        "play-coins",
        "const flips = m.flip(mulberry32(given.seed), 2000);"
        "return given.memories.map((memory) => m.score(flips, memory));",
        {"seed": found["setting"]["seed"], "memories": memories},
    )
    for scored, model in zip(made, found["models"], strict=True):
        assert scored["seen"] == pytest.approx(model["first_coin"]["seen"], abs=1e-12)
        assert scored["fresh"] == pytest.approx(model["first_coin"]["new"]["mean"], abs=1e-12)


def test_the_search_for_a_lucky_guesser_takes_as_long_as_worked_out(reader: Page) -> None:
    made = compute(
        reader,
        "play-coins",
        "const random = mulberry32(1);return Array.from({ length: 1000 }, () => m.search(random));",
    )
    average = sum(each["tried"] for each in made) / len(made)
    again = sum(each["again"] for each in made) / len(made) / 100
    # The standard error of a thousand searches is about 1.1; of their retests, 0.0016.
    assert average == pytest.approx(RESULTS["coin-flips"]["luck"]["average"], abs=4)
    assert again == pytest.approx(0.5, abs=0.006)


def test_thresholds_are_judged_as_in_the_script(reader: Page) -> None:
    found = RESULTS["card-fraud"]
    setting, rows = found["setting"], found["model"]["thresholds"]
    prices = {"missed": setting["cost_missed"], "check": setting["cost_check"]}
    made = compute(
        reader,
        "play-threshold",
        "return given.rows.map((row) => m.judge(row, given.setting, given.prices));",
        {"rows": rows, "setting": setting, "prices": prices},
    )
    for judged, row in zip(made, rows, strict=True):
        assert judged == pytest.approx({name: row[name] for name in judged}, abs=1e-12)


def test_the_network_guesses_as_in_the_script(reader: Page) -> None:
    found = RESULTS["body-pictures"]
    made = compute(
        reader,
        "play-body",
        "return given.examples.map(({ height, weight }) => {"
        "const drawn = m.draw(height, weight); return { drawn, said: m.guess(given, drawn) }; });",
        {name: found[name] for name in ("examples", "weights", "offsets")},
    )
    for one, example, picture in zip(made, found["examples"], found["pictures"], strict=True):
        assert one["said"] == pytest.approx(example["network"], abs=1e-9)
        # The file keeps two digits of each pixel.
        assert one["drawn"] == pytest.approx([float(x) for x in picture.split()], abs=0.006)


@pytest.mark.parametrize("name", ["right", "swapped"])
def test_training_goes_as_in_the_script(reader: Page, name: str) -> None:
    found = RESULTS["swapped-labels"]
    made = compute(
        reader,
        "play-labels",
        "return m.trial(given.found, given.share);",
        {"found": found, "share": {"right": 0, "swapped": 1}[name]},
    )
    assert made["losses"] == pytest.approx(found[name]["losses"], abs=1e-9)
    assert "".join(map(str, made["says"])) == found[name]["says"]
    assert made["byLabels"] == found[name]["by_labels"]
    assert made["byPeople"] == found[name]["by_people"]


def test_a_depot_is_forecast_as_in_the_script(reader: Page) -> None:
    found = RESULTS["leaky-columns"]
    made = compute(
        reader,
        "play-leak",
        "const place = m.depot(given); const out = {};"
        "for (const [name, leak] of [['clean', false], ['leaky', true]]) {"
        "for (const split of ['random', 'dated'])"
        " out[`${name}_${split}`] = m.promise(place, split, leak);"
        "out[`${name}_live`] = m.realUse(place, leak); } return out;",
        found,
    )
    # Two days may be equally near, and either may be taken for a neighbour.
    assert made == pytest.approx({name: found["first_depot"][name] for name in made}, abs=0.15)


def test_chess_is_played_and_read_as_in_the_script(reader: Page) -> None:
    found = RESULTS["chess-text"]
    made = compute(
        reader,
        "play-chess",
        "const { start, after, legalMoves } = await import(at + 'chess-rules.js');"
        "const random = mulberry32(given.seed);"
        "const games = Array.from({ length: 1200 }, () => m.play(random));"
        "const model = m.train(games.slice(0, 1000));"
        "const illegal = Array(20).fill(0);"
        "for (const game of games.slice(1000)) { let position = start();"
        " for (let n = 0; n < 20 && 2 * n < game.length; n += 1) {"
        "  if (!legalMoves(position).includes(m.say(model, game.slice(0, 2 * n)))) illegal[n] += 1;"
        "  for (const move of game.slice(2 * n, 2 * n + 2)) position = after(position, move); } }"
        "const text = games.map((game) => game.join(' '));"
        "return { first: text.slice(0, 2), test: text[1000], illegal };",
        {"seed": found["setting"]["seed"]},
    )
    assert made["first"] == found["first_games"]
    assert made["test"] == found["example"]
    told = found["models"][-1]["by_move"]
    assert made["illegal"] == [round(row["illegal"]["mean"] * row["asked"]) for row in told]


@pytest.mark.parametrize(
    ("board", "depth", "positions"),
    [
        # Known counts of positions, from the tables that chess programs are tested with.
        pytest.param(None, 3, 8902, id="the start"),
        pytest.param(
            "R...K..RPPPBBPPP..N..Q.p.p..P......PN...bn..pnp.p.ppqpb.r...k..r",
            2,
            2039,
            id="castling, pins, and a pawn taken in passing",
        ),
    ],
)
def test_the_rules_count_as_many_positions_as_others_do(
    reader: Page, board: str | None, depth: int, positions: int
) -> None:
    made = compute(
        reader,
        "chess-rules",
        "const count = (position, depth) => depth === 0 ? 1 : m.legalMoves(position)"
        ".reduce((sum, move) => sum + count(m.after(position, move), depth - 1), 0);"
        "const begin = given.board ? { ...m.start(), squares: [...given.board] } : m.start();"
        "return count(begin, given.depth);",
        {"board": board, "depth": depth},
    )
    assert made == positions


# By keyboard, aloud


def press(page: Page, button: Locator) -> None:
    tab_to(page, button)
    page.keyboard.press("Enter")


def test_flip_train_and_test_again_by_keyboard(reader: Page) -> None:
    part = visit(reader, "coins")
    told = part.get_by_role("status")
    slider = part.get_by_role("slider")
    tab_to(reader, slider)
    reader.keyboard.press("End")
    expect(part).to_contain_text("back 12 flips (4,096 rules)")
    press(reader, part.get_by_role("button", name="and train"))
    expect(told).to_contain_text(re.compile(r"right 9\d\.\d% of the time"))
    press(reader, part.get_by_role("button", name="Test on"))
    expect(told).to_contain_text(re.compile(r"On 1,000 new flips it is right [45]\d\.\d%"))
    expect(part.get_by_role("row")).to_have_count(2)
    press(reader, part.get_by_role("button", name="Try guessers"))
    expect(told).to_contain_text("right and passes")


def test_the_cheapest_threshold_by_keyboard(reader: Page) -> None:
    part = visit(reader, "threshold")
    press(reader, part.get_by_role("button", name="cheapest"))
    rows = RESULTS["card-fraud"]["model"]["thresholds"]
    best = min(row["money"] for row in rows)
    expect(part.get_by_role("status")).to_contain_text(f"It loses {best:,}")
    # Dearer checks move the cheapest threshold up.
    before = int(part.get_by_role("slider").input_value())
    part.get_by_label("A checked payment costs").fill("40")
    press(reader, part.get_by_role("button", name="cheapest"))
    expect(part.get_by_role("status")).not_to_contain_text(f"It loses {best:,}")
    assert int(part.get_by_role("slider").input_value()) > before


def test_a_slider_says_where_it_came_to_rest_and_no_more(reader: Page) -> None:
    part = visit(reader, "threshold")
    slider = part.get_by_role("slider")
    tab_to(reader, slider)
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
    press(reader, part.get_by_role("button", name="Let the network guess"))
    expect(part.get_by_role("status")).to_contain_text("The formula gives 24.5.")
    tab_to(reader, part.get_by_role("slider", name="Height"))
    reader.keyboard.press("End")
    expect(part.get_by_role("status")).to_contain_text(f"The formula gives {75 / 1.95**2:.1f}.")


def test_swap_and_train_again_by_keyboard(reader: Page) -> None:
    part = visit(reader, "labels")
    found = RESULTS["swapped-labels"]
    press(reader, part.get_by_role("button", name="train again"))
    status = part.get_by_role("status")
    expect(status).to_contain_text("agrees with its labels 99%, with people 1%")
    expect(part.get_by_role("img")).to_have_count(10)
    reader.keyboard.press("Shift+Tab")
    reader.keyboard.press("Home")
    press(reader, part.get_by_role("button", name="train again"))
    expect(status).to_contain_text("with people 99%")
    expect(status).to_contain_text(f"Loss {found['right']['losses'][-1]:.3f}"[:9])


def test_test_and_use_a_leaky_model_by_keyboard(reader: Page) -> None:
    part = visit(reader, "leak")
    first = RESULTS["leaky-columns"]["first_depot"]
    press(reader, part.get_by_role("button", name="Test the model"))
    press(reader, part.get_by_role("button", name="Use it for"))
    status = part.get_by_role("status")
    expect(status).to_contain_text(f"off by {first['leaky_live']:.1f} parcels a day")
    expect(status).to_contain_text(f"had promised {first['leaky_random']:.1f}")
    part.get_by_label("the latest 90 days").check()
    part.get_by_label("overtime").uncheck()
    expect(part.get_by_role("button", name="Use it for")).to_be_disabled()
    press(reader, part.get_by_role("button", name="Test the model"))
    expect(status).to_contain_text(f"off by {first['clean_dated']:.1f} parcels a day")


def test_a_game_of_chess_by_keyboard_until_the_rules_are_broken(reader: Page) -> None:
    part = visit(reader, "chess")
    status = part.get_by_role("status")
    press(reader, part.get_by_role("button", name="Let it read"))
    expect(status).to_contain_text("Choose Black’s move")
    board = part.get_by_role("table", name="The board")
    expect(board.get_by_role("img")).to_have_count(32)
    answer = part.get_by_role("button", name="Play it")
    for _ in range(60):
        reply = part.get_by_label("Your move, for Black")
        chosen = reply.input_value()
        tab_to(reader, answer)
        reader.keyboard.press("Enter")
        expect(status).to_contain_text(f"Black plays {chosen}.")
        if "illegal" in status.inner_text():
            break
        reader.keyboard.press("Shift+Tab")
    expect(status).to_contain_text(
        re.compile(r"At move \d+ the model says \w+\. That is illegal: ")
    )
    expect(answer).to_be_disabled()


def test_nothing_moves_by_itself(open_reader: OpenReader) -> None:
    page = open_reader(reduced_motion="reduce")
    for name in PAGES:
        part = visit(page, name)
        part.get_by_role("button").first.click()
        expect(part.get_by_role("status")).not_to_be_empty()
        assert page.evaluate("document.getAnimations().length") == 0, name


def test_results_that_do_not_come_are_owned_up_to(reader: Page, guard: Guard) -> None:
    guard.expect("net::ERR_FAILED")
    part = visit(reader, "leak")
    reader.route("**/experiments/*.json", lambda route: route.abort())
    part.get_by_role("button", name="Test the model").click()
    expect(part.get_by_role("status")).to_contain_text("could not be loaded")
    reader.unroute("**/experiments/*.json")
    part.get_by_role("button", name="Test the model").click()
    expect(part.get_by_role("status")).to_contain_text("off by")


# Without script, on paper, narrow, for everybody


def test_without_script_the_picture_and_its_table_are_there(open_reader: OpenReader) -> None:
    page = open_reader(java_script_enabled=False)
    for name, address in PAGES.items():
        page.goto(f"pitfalls/{address}/")
        expect(page.locator(f"form[data-play='{name}']")).to_be_hidden()
        expect(page.get_by_text("This part needs JavaScript")).to_be_visible()
        pictures = page.get_by_role("figure")
        assert pictures.count() > 0
        for picture in pictures.all():
            expect(picture.locator("svg")).to_be_visible()
            expect(picture.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_there_is_the_whole_script_and_the_table(reader: Page, name: str) -> None:
    visit(reader, name)
    code = reader.locator(".pb-script").inner_text()
    cells = reader.locator(".pb-plate__table td").all_inner_texts()
    sheets = PdfReader(io.BytesIO(reader.pdf())).pages
    text = squeezed("".join(sheet.extract_text() for sheet in sheets))
    for line in code.splitlines():
        assert squeezed(line) in text, line
    for cell in cells:
        assert squeezed(cell) in text, cell
    assert "ThispartneedsJavaScript" not in text


def open_all(page: Page, name: str) -> None:
    """Bring a part to the state in which it shows most."""
    part = visit(page, name)
    part.get_by_role("button").first.click()
    expect(part.get_by_role("status")).not_to_be_empty()
    if name == "chess":
        expect(part.get_by_role("status")).to_contain_text("Choose Black’s move")


@pytest.mark.parametrize("name", PAGES)
def test_a_part_fits_a_narrow_window(open_reader: OpenReader, name: str) -> None:
    page = open_reader(width=320)
    open_all(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PAGES)
def test_axe_has_nothing_to_say_of_a_part_in_use(windows: Windows, name: str) -> None:  # noqa: F811
    for page in windows.values():
        open_all(page, name)
    accept(check(windows, PAGES[name]))


def test_in_forced_colours_every_line_and_bar_is_drawn(open_reader: OpenReader) -> None:
    page = open_reader(width=PHONE, forced_colors="active")
    for address in PAGES.values():
        page.goto(f"pitfalls/{address}/")
        colours = page.locator(
            ".pb-chart__line, .pb-chart__mark, .pb-chart__bar, .pb-chart__body"
        ).evaluate_all(
            "all => all.filter((e) => e.checkVisibility()).map((e) => {"
            " const s = getComputedStyle(e); return [s.stroke, s.fill]; })"
        )
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert colours
        for pair in colours:
            assert any(colour not in ("none", paper, "rgba(0, 0, 0, 0)") for colour in pair), pair
