"""Train a small language model on the text of chess games, and count its illegal moves.

The games are played here: every move is legal, and prefers captures and the centre.
Run: python chess_text.py (needs chess and numpy). Writes results/chess-text.json.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chess
import numpy as np

SEED = 64
LITTLE, MUCH = 100, 1000  # games to read
TEST = 200  # other games, to be continued
OTHER_GAMES = 2  # how often all is done again with other games, to read and to be continued
MOVES = 20  # a game is cut off after so many moves of each side
CONTEXT = 4  # how many moves the model looks back
START = "start"  # comes before the first move of a game
WAYS = ("alone", "checked", "random")  # to guess the move that was really played
# How near the middle of the board each square is: from -7 to -1.
CENTRE = [-abs(square % 8 - 3.5) - abs(square // 8 - 3.5) for square in range(64)]
VALUE = {None: 0, 1: 1, 2: 3, 3: 3, 4: 5, 5: 9}  # pawn, knight, bishop, rook, queen

Model = dict[tuple[str, ...], Counter[str]]


def mulberry32(state: int) -> Iterator[float]:
    """Random numbers from 0 to 1, by a generator so small that the page's script has it too."""
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF
        yield (mixed ^ (mixed >> 14)) / 2**32


def play(random: Iterator[float]) -> list[str]:
    """Play one game: of the legal moves, in order of their text, the one that scores best."""
    board, played = chess.Board(), []

    def score(move: chess.Move) -> float:
        gain = VALUE[board.piece_type_at(move.to_square)]
        return gain + (CENTRE[move.to_square] - CENTRE[move.from_square]) / 2 + 2 * next(random)

    while len(played) < 2 * MOVES and any(board.legal_moves):
        best = max(sorted(board.legal_moves, key=chess.Move.uci), key=score)
        played.append(best.uci())
        board.push(best)
    return played


def train(games: list[list[str]]) -> Model:
    """After each run of up to four moves, count which move came next."""
    counts: Model = defaultdict(Counter)
    for game in games:
        text = [START, *game]
        for number in range(1, len(text)):
            for back in range(min(CONTEXT, number) + 1):
                counts[tuple(text[number - back : number])][text[number]] += 1
    return dict(counts)


def say(model: Model, game: list[str], legal: set[str] | None = None) -> tuple[str, int]:
    """The likeliest next move, and after how long a run: four moves or, if never read, three ...

    With `legal`, the likeliest that is one of these. Of equals, the first in the alphabet.
    """
    text = [START, *game]
    for back in range(min(CONTEXT, len(text)), -1, -1):
        nexts = model.get(tuple(text[len(text) - back :]), Counter())
        fitting = [move for move in nexts if legal is None or move in legal]
        if fitting:
            return min(fitting, key=lambda move: (-nexts[move], move)), back
    return min(legal or {START}), 0  # no legal move was ever read


def turns(little: Model, much: Model, game: list[str]) -> list[dict[str, Any]]:
    """What is said at each of White's turns. Whatever it is, the game goes on as it was played."""
    board, told = chess.Board(), []
    for place in range(0, len(game), 2):
        before, legal = game[:place], {move.uci() for move in board.legal_moves}
        (said, _), (more, run) = say(little, before), say(much, before)
        checked, _ = say(much, before, legal)
        broken = {"before": tuple(before), "little": said not in legal, "much": more not in legal}
        same = {"alone": more == game[place], "checked": checked == game[place]}
        told.append({**broken, "run": run, **same, "random": 1 / len(legal)})
        for move in game[place : place + 2]:
            board.push_uci(move)
    return told


def wilson(hits: int, of: int) -> dict[str, float]:
    """The 95% confidence interval of a share, by Wilson's formula."""
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return {"mean": share, "low": middle - half, "high": middle + half}


def over_games(values: list[Any]) -> dict[str, float]:
    """The mean of one value a game, and its 95% confidence interval."""
    mean, half = float(np.mean(values)), 1.96 * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return {"mean": mean, "low": mean - half, "high": mean + half}


def by_move(games: list[list[dict[str, Any]]], number: int) -> dict[str, Any]:
    """What was said at one move of all games that lasted so long."""
    said = [game[number] for game in games if number < len(game)]
    asked = {"asked": len(said), "different": len({turn["before"] for turn in said})}
    illegal = {who: wilson(sum(t[who] for t in said), len(said)) for who in ("little", "much")}
    read = {"two": sum(t["run"] >= 2 for t in said), "four": sum(t["run"] >= 4 for t in said)}
    return {"move": number + 1, **asked, **illegal, "runs_read": read}


def trial(random: Iterator[float]) -> tuple[list[list[str]], list[list[dict[str, Any]]]]:
    """Play games, let two models read some, and return the games and what is said in the others."""
    games = [play(random) for _ in range(MUCH + TEST)]
    little, much = train(games[:LITTLE]), train(games[:MUCH])
    return games, [turns(little, much, game) for game in games[MUCH:]]


def gain(told: list[list[dict[str, Any]]]) -> dict[str, float]:
    """By how many points reading more brought illegal moves down, from the second move on."""
    rarer = [[100 * (turn["little"] - turn["much"]) for turn in game[1:]] for game in told]
    return over_games([np.mean(game) for game in rarer])


def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    random = mulberry32(SEED)
    games, told = trial(random)
    others = [gain(trial(random)[1])["mean"] for _ in range(OTHER_GAMES)]
    same = {way: [np.mean([turn[way] for turn in game]) for game in told] for way in WAYS}
    setting = {"seed": SEED, "test": TEST, "moves": MOVES, "context": CONTEXT}
    setting |= {"little": LITTLE, "much": MUCH, "asked": sum(len(game) for game in told)}
    setting["other_games"] = OTHER_GAMES
    return {
        "setting": setting,
        "by_move": [by_move(told, number) for number in range(MOVES)],
        "gain": gain(told),
        "gain_with_other_games": {"low": min(others), "high": max(others)},
        "same": {way: over_games(values) for way, values in same.items()},
        "first_games": [" ".join(game) for game in games[:2]],
        "example": " ".join(games[MUCH]),
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "chess-text.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
