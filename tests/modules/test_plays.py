"""The parts to play with compute what the experiments' scripts compute."""

from __future__ import annotations

import pytest

from tests.modules.node import Node
from tests.modules.plays import RESULTS, compute


def test_coins_flip_and_score_as_in_the_script(node: Node) -> None:
    found = RESULTS["coin-flips"]
    memories = [model["memory"] for model in found["models"]]
    made = compute(
        node,
        "coins",
        "const flips = m.flip(mulberry32(given.seed), 2000);"
        "return given.memories.map((memory) => { const scored = m.score(flips, memory);"
        " return { ...scored, interval: m.wilson(scored.fresh, 1000) }; });",
        {"seed": found["setting"]["seed"], "memories": memories},
    )
    for scored, model in zip(made, found["models"], strict=True):
        assert scored["seen"] == pytest.approx(model["first_coin"]["seen"], abs=1e-12)
        new = model["first_coin"]["new"]
        assert scored["fresh"] == pytest.approx(new["mean"], abs=1e-12)
        assert scored["interval"] == pytest.approx([new["low"], new["high"]], abs=1e-12)


@pytest.mark.parametrize(
    ("seen", "fresh", "said"),
    [
        (0.95, 0.5, "score on seen flips does not last"),
        (0.52, 0.5, "few rules learns little"),
        (0.95, 0.54, "leaves out 50%, by luck"),
        (0.52, 0.46, "leaves out 50%, by luck"),
    ],
)
def test_what_a_test_of_a_coin_has_shown_is_said(
    node: Node, seen: float, fresh: float, said: str
) -> None:
    work = "return m.lesson(given[0], given[1]);"
    assert said in compute(node, "coins", work, [seen, fresh])


def test_the_search_for_a_lucky_guesser_takes_as_long_as_worked_out(node: Node) -> None:
    made = compute(
        node,
        "coins",
        "const random = mulberry32(1);return Array.from({ length: 1000 }, () => m.search(random));",
    )
    average = sum(each["tried"] for each in made) / len(made)
    again = sum(each["again"] for each in made) / len(made) / 100
    # The standard error of a thousand searches is about 1.1; of their retests, 0.0016.
    assert average == pytest.approx(RESULTS["coin-flips"]["luck"]["average"], abs=4)
    assert again == pytest.approx(0.5, abs=0.006)


def test_thresholds_are_judged_as_in_the_script(node: Node) -> None:
    found = RESULTS["card-fraud"]
    setting, rows = found["setting"], found["model"]["thresholds"]
    prices = {"missed": setting["cost_missed"], "check": setting["cost_check"]}
    made = compute(
        node,
        "threshold",
        "return given.rows.map((row) => m.judge(row, given.setting, given.prices));",
        {"rows": rows, "setting": setting, "prices": prices},
    )
    for judged, row in zip(made, rows, strict=True):
        assert judged == pytest.approx({name: row[name] for name in judged}, abs=1e-12)


def test_the_models_guess_as_in_the_script(node: Node) -> None:
    found = RESULTS["body-pictures"]
    made = compute(
        node,
        "body",
        "return given.examples.map(({ height, weight }) => {"
        "const drawn = m.draw(height, weight);"
        "return { drawn, said: m.guess(given, drawn), linear: m.linearGuess(given, drawn) }; });",
        {name: found[name] for name in ("examples", "weights", "offsets", "linear")},
    )
    for one, example, picture in zip(made, found["examples"], found["pictures"], strict=True):
        assert one["said"] == pytest.approx(example["network"], abs=1e-9)
        assert one["linear"] == pytest.approx(example["linear"], abs=1e-9)
        # The file keeps two digits of each pixel.
        assert one["drawn"] == pytest.approx([float(x) for x in picture.split()], abs=0.006)


@pytest.mark.parametrize("name", ["right", "swapped"])
def test_training_goes_as_in_the_script(node: Node, name: str) -> None:
    found = RESULTS["swapped-labels"]
    made = compute(
        node,
        "labels",
        "const { losses, says, byLabels, byPeople } = m.trial(given.found, given.share);"
        "return { losses, says, byLabels, byPeople };",
        {"found": found, "share": {"right": 0, "swapped": 1}[name]},
    )
    assert made["losses"] == pytest.approx(found[name]["losses"], abs=1e-9)
    assert "".join(map(str, made["says"])) == found[name]["says"]
    assert made["byLabels"] == found[name]["by_labels"]
    assert made["byPeople"] == found[name]["by_people"]


def test_depots_are_forecast_as_in_the_script(node: Node) -> None:
    found = RESULTS["leaky-columns"]
    made = compute(
        node,
        "leak",
        "const random = mulberry32(given.seed);"
        "return [0, 1].map(() => { const place = m.depot(random, given); const out = {};"
        " for (const [name, leak] of [['clean', false], [`leaky_${given.weight}`, true]]) {"
        "  for (const way of ['random', 'dated'])"
        "   out[`${name}_${way}`] = m.promise(place, way, leak);"
        "  out[`${name}_live_usual`] = m.realUse(place, leak); }"
        " out.clean_starts = m.promise(place, 'starts', false); return out; });",
        found["setting"],
    )
    for depot, told in zip(made, found["first_depots"], strict=True):
        assert depot == pytest.approx({name: told[name] for name in depot}, abs=0.02)


@pytest.mark.parametrize(
    ("way", "leak", "promised", "came", "said"),
    [
        ("random", True, [10], [40], "the test knew each day’s overtime"),
        ("random", False, [10], [20], "knew the days around each day"),
        ("random", False, [20], [10], "goes the other way"),
        ("dated", False, [20], [30], "10.0 parcels more than promised"),
        ("dated", False, [20], [15], "5.0 parcels less than promised"),
        (
            "starts",
            False,
            [20, 30],
            [30, 20],
            "two means are 0.0 apart. For a single depot it was 10",
        ),
    ],
)
def test_what_the_depots_have_shown_is_said(
    node: Node, way: str, leak: bool, promised: list[int], came: list[int], said: str
) -> None:
    given = {"way": way, "leak": leak, "promised": promised, "came": came}
    work = "return m.lesson(given.way, given.leak, given.promised, given.came);"
    assert said in compute(node, "leak", work, given)


def test_chess_is_played_and_read_as_in_the_script(node: Node) -> None:
    found = RESULTS["chess-text"]
    made = compute(
        node,
        "chess-game",
        "const { start, after, legalMoves } = await load('chess-rules');"
        "const random = mulberry32(given.seed);"
        "const games = Array.from({ length: 1200 }, () => m.play(random));"
        "const model = m.train(games.slice(0, 1000));"
        "const illegal = Array(20).fill(0); let checked = 0;"
        "for (const game of games.slice(1000)) { let position = start(); let same = 0; let n = 0;"
        " for (; n < 20 && 2 * n < game.length; n += 1) {"
        "  const [before, allowed] = [game.slice(0, 2 * n), legalMoves(position)];"
        "  if (!allowed.includes(m.say(model, before))) illegal[n] += 1;"
        "  if (m.say(model, before, allowed) === game[2 * n]) same += 1;"
        "  for (const move of game.slice(2 * n, 2 * n + 2)) position = after(position, move); }"
        " checked += same / n / 200; }"
        "const text = games.map((game) => game.join(' '));"
        "return { first: text.slice(0, 2), test: text[1000], illegal, checked };",
        {"seed": found["setting"]["seed"]},
    )
    assert made["first"] == found["first_games"]
    assert made["test"] == found["example"]
    told = [(row["much"]["mean"], row["asked"]) for row in found["by_move"]]
    assert made["illegal"] == [round(share * asked) for share, asked in told]
    assert made["checked"] == pytest.approx(found["same"]["checked"]["mean"], abs=1e-12)


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
    node: Node, board: str | None, depth: int, positions: int
) -> None:
    made = compute(
        node,
        "chess-rules",
        "const count = (position, depth) => depth === 0 ? 1 : m.legalMoves(position)"
        ".reduce((sum, move) => sum + count(m.after(position, move), depth - 1), 0);"
        "const begin = given.board ? { ...m.start(), squares: [...given.board] } : m.start();"
        "return count(begin, given.depth);",
        {"board": board, "depth": depth},
    )
    assert made == positions
