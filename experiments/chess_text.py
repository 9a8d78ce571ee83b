"""Train a small language model on the text of chess games, and count its illegal moves.

The games are played here: every move is legal, and prefers captures and the centre.
Run: python chess_text.py (needs the package chess). Writes results/chess-text.json.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chess

SEED = 64
TRAINING = (100, 300, 1000)  # games to read
TEST = 200  # other games, to be continued
MOVES = 20  # a game is cut off after so many moves of each side
CONTEXT = 4  # how many moves the model looks back
START = "start"  # stands before the first move of a game
VALUE = {None: 0, 1: 1, 2: 3, 3: 3, 4: 5, 5: 9}  # pawn, knight, bishop, rook, queen

Model = list[dict[tuple[str, ...], str]]


def mulberry32(seed: int) -> Callable[[], float]:
    """Random numbers from 0 to 1, by a generator so small that the page's script has it too."""
    state = seed

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF
        return (mixed ^ (mixed >> 14)) / 2**32

    return draw


def centre(square: int) -> float:
    """How near the middle of the board a square is: from -7 to -1."""
    return -abs(square % 8 - 3.5) - abs(square // 8 - 3.5)


def play(random: Callable[[], float]) -> list[str]:
    """Play one game: of the legal moves, in order of their text, the one that scores best."""
    board = chess.Board()
    played: list[str] = []
    for _ in range(2 * MOVES):
        best, most = None, -math.inf
        for move in sorted(board.legal_moves, key=chess.Move.uci):
            gain = VALUE[board.piece_type_at(move.to_square)]
            score = gain + (centre(move.to_square) - centre(move.from_square)) / 2 + 2 * random()
            if score > most:
                best, most = move, score
        if best is None:
            break
        played.append(best.uci())
        board.push(best)
    return played


def train(games: list[list[str]]) -> Model:
    """For each number of moves looked back, note which move came next most often."""
    counts: list[dict[tuple[str, ...], Counter[str]]] = [
        defaultdict(Counter) for _ in range(CONTEXT + 1)
    ]
    for game in games:
        text = [START, *game]
        for number in range(1, len(text)):
            for back in range(min(CONTEXT, number) + 1):
                counts[back][tuple(text[number - back : number])][text[number]] += 1
    # The most frequent; of equals, the one that comes first in the alphabet.
    return [
        {
            before: min(nexts, key=lambda move: (-nexts[move], move))
            for before, nexts in each.items()
        }
        for each in counts
    ]


def say(model: Model, game: list[str]) -> str:
    """The likeliest next move: after the last four moves or, if never read, the last three ..."""
    text = [START, *game]
    for back in range(min(CONTEXT, len(text)), -1, -1):
        found = model[back].get(tuple(text[len(text) - back :]))
        if found:
            return found
    raise ValueError("a model that has read nothing says nothing")


def wilson(hits: int, of: int) -> dict[str, float]:
    """The 95% confidence interval of a share, by Wilson's formula."""
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return {"mean": share, "low": middle - half, "high": middle + half}


def illegal_by_move(
    speak: Callable[[list[str], chess.Board], str], games: list[list[str]]
) -> list[dict[str, Any]]:
    """For each move of White, the share of games in which what is said breaks the rules."""
    rows = []
    boards = [chess.Board() for _ in games]
    for number in range(MOVES):
        illegal, asked = 0, 0
        for board, game in zip(boards, games, strict=True):
            if 2 * number >= len(game):
                continue  # this game is over
            asked += 1
            said = chess.Move.from_uci(speak(game[: 2 * number], board))
            illegal += not board.is_legal(said)
            for move in game[2 * number : 2 * number + 2]:
                board.push_uci(move)
        rows.append({"move": number + 1, "asked": asked, "illegal": wilson(illegal, asked)})
    return rows


def random_choice(random: Callable[[], float], board: chess.Board) -> str:
    """Any legal move. A game that is over is not asked."""
    moves = sorted(move.uci() for move in board.legal_moves)
    return moves[int(random() * len(moves))]


def alone(model: Model) -> list[str]:
    """Let the model play both sides from the start, up to its first illegal move."""
    board, game = chess.Board(), []
    while len(game) < 2 * MOVES:
        game.append(say(model, game))
        if not board.is_legal(chess.Move.from_uci(game[-1])):
            break
        board.push_uci(game[-1])
    return game


def experiment() -> dict[str, Any]:
    """Return what the page shows."""
    random = mulberry32(SEED)
    games = [play(random) for _ in range(max(TRAINING) + TEST)]
    train_on, test_on = games[: max(TRAINING)], games[max(TRAINING) :]
    models = []
    for count in TRAINING:
        model = train(train_on[:count])
        rows = illegal_by_move(lambda game, board, model=model: say(model, game), test_on)
        told = sum(len(each) for each in model)
        models.append({"games": count, "contexts": told, "by_move": rows})
    game = alone(model)  # the model that has read most
    left_alone = {"moves": " ".join(game), "legal": len(game) - 1, "fault": game[-1]}
    # The baseline cannot write a line of text. It asks the rules, and takes any move they allow.
    ruled = illegal_by_move(lambda game, board: random_choice(random, board), test_on)
    setting = {"seed": SEED, "test": TEST, "moves": MOVES, "context": CONTEXT}
    return {
        "setting": setting,
        "models": models,
        "rules": {
            "asked": sum(row["asked"] for row in ruled),
            "illegal": sum(row["illegal"]["mean"] * row["asked"] for row in ruled),
        },
        "alone": left_alone,
        "first_games": [" ".join(game) for game in games[:2]],
        "example": " ".join(test_on[0]),
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "results" / "chess-text.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(experiment(), indent=1) + "\n", encoding="utf-8")
