/* Reads games and plays on: what experiments/chess_text.py does, with 300 games. */
import { breathe, mulberry32, open } from "./play-common.js";
import { after, fault, legalMoves, square, start } from "./chess-rules.js";

const SEED = 64;
const GAMES = 300;
const MOVES = 20;
const CONTEXT = 4;
const START = "start";
const VALUE = { ".": 0, p: 1, n: 3, b: 3, r: 5, q: 9, k: 0 };
const SIGNS = { k: "♚", q: "♛", r: "♜", b: "♝", n: "♞", p: "♟" };
const NAMES = { k: "king", q: "queen", r: "rook", b: "bishop", n: "knight", p: "pawn" };

const centre = (place) => -Math.abs((place % 8) - 3.5) - Math.abs(Math.floor(place / 8) - 3.5);

/* Plays one game: among the legal moves, in the order of the alphabet, the one that scores best. */
export function play(random) {
  let position = start();
  const played = [];
  for (let number = 0; number < 2 * MOVES; number += 1) {
    let best = null;
    let most = -Infinity;
    for (const move of legalMoves(position)) {
      const [from, to] = [square(move), square(move.slice(2))];
      const gain = VALUE[position.squares[to].toLowerCase()];
      const score = gain + (centre(to) - centre(from)) / 2 + 2 * random();
      if (score > most) [best, most] = [move, score];
    }
    if (!best) break;
    played.push(best);
    position = after(position, best);
  }
  return played;
}

/* For each run of up to four moves, how often each move came next. */
export function train(games) {
  const counts = new Map();
  for (const game of games) {
    const text = [START, ...game];
    for (let place = 1; place < text.length; place += 1) {
      for (let back = 0; back <= Math.min(CONTEXT, place); back += 1) {
        const before = text.slice(place - back, place).join(" ");
        if (!counts.has(before)) counts.set(before, new Map());
        const nexts = counts.get(before);
        nexts.set(text[place], (nexts.get(text[place]) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/* The likeliest next move, after as many of the last moves as were ever read. */
export function say(counts, game) {
  const text = [START, ...game];
  for (let back = Math.min(CONTEXT, text.length); back >= 0; back -= 1) {
    const nexts = counts.get(text.slice(text.length - back).join(" "));
    if (nexts) return [...nexts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0][0];
  }
  throw new Error("a model that has read nothing says nothing");
}

const part = open("chess");
if (part) {
  const { piece, say: tell } = part;
  let model = null;
  let game = [];
  let position = start();

  function showBoard() {
    const rows = [...piece("board").rows];
    for (const [down, row] of rows.entries()) {
      [...row.cells].slice(1).forEach((cell, file) => {
        const sign = position.squares[8 * (7 - down) + file];
        const kind = sign.toLowerCase();
        const side = sign === kind ? "black" : "white";
        cell.replaceChildren();
        if (sign === ".") return;
        const shown = document.createElement("span");
        shown.className = `pb-piece pb-piece--${side}`;
        shown.setAttribute("role", "img");
        shown.setAttribute("aria-label", `${side} ${NAMES[kind]}`);
        shown.textContent = SIGNS[kind];
        cell.append(shown);
      });
    }
    piece("moves").textContent = game.join(" ") || "none yet";
  }

  const offer = (moves) => {
    piece("reply").replaceChildren(...moves.map((move) => new Option(move, move)));
    piece("reply").disabled = piece("answer").disabled = !moves.length;
  };
  const end = (text) => {
    offer([]);
    tell(text);
  };

  /* The model is White. What it says is played if the rules allow it. */
  function modelMoves(before = "") {
    const said = say(model, game);
    const allowed = legalMoves(position);
    if (!allowed.length) return end(`${before}White has no move left: the game is over.`);
    if (!allowed.includes(said)) {
      const number = Math.floor(game.length / 2) + 1;
      return end(`${before}At move ${number} the model says ${said}. That is illegal: ${fault(position, said)}.`);
    }
    game.push(said);
    position = after(position, said);
    showBoard();
    const replies = legalMoves(position);
    if (!replies.length) return end(`${before}The model plays ${said}, and Black has no move left.`);
    offer(replies);
    return tell(`${before}The model plays ${said}. Choose Black’s move.`);
  }

  piece("begin").addEventListener("click", async () => {
    if (!model) {
      tell(`Reading ${GAMES} games.`);
      const random = mulberry32(SEED);
      const games = [];
      while (games.length < GAMES) {
        games.push(play(random));
        if (games.length % 5 === 0) await breathe();
      }
      model = train(games);
    }
    [game, position] = [[], start()];
    showBoard();
    piece("table").hidden = false;
    modelMoves(`It has read ${GAMES} games. `);
  });
  piece("answer").addEventListener("click", () => {
    const reply = piece("reply").value;
    game.push(reply);
    position = after(position, reply);
    showBoard();
    modelMoves(`Black plays ${reply}. `);
  });
}
