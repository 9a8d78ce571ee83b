/* Reads games and plays on: what experiments/chess_text.py does, with 300 games. */
import { breathe, mulberry32 } from "./play.js";
import { after, fault, legalMoves, square, start } from "./chess-rules.js";

const SEED = 64;
const GAMES = 300;
const MOVES = 20;
const CONTEXT = 4;
const START = "start";
/** @type {Record<string, number>} */
const VALUE = { ".": 0, p: 1, n: 3, b: 3, r: 5, q: 9, k: 0 };
/** @type {Words} */
const SIGNS = { k: "♚", q: "♛", r: "♜", b: "♝", n: "♞", p: "♟" };
/** @type {Words} */
const NAMES = { k: "king", q: "queen", r: "rook", b: "bishop", n: "knight", p: "pawn" };

/** @param {number} index */
const centre = (index) => -Math.abs((index % 8) - 3.5) - Math.abs(Math.floor(index / 8) - 3.5);

/** Plays one game: among the legal moves, in the order of the alphabet, the one that scores best.
    @param {Random} random */
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

/** For each run of up to four moves, how often each move came next.
    @param {string[][]} games */
export function train(games) {
  /** @type {Map<string, Map<string, number>>} */
  const counts = new Map();
  for (const game of games) {
    const text = [START, ...game];
    for (let index = 1; index < text.length; index += 1) {
      for (let back = 0; back <= Math.min(CONTEXT, index); back += 1) {
        const before = text.slice(index - back, index).join(" ");
        const nexts = counts.get(before) ?? new Map();
        counts.set(before, nexts);
        nexts.set(text[index], (nexts.get(text[index]) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** The likeliest next move, after as many of the last moves as were ever read; with `allowed`, the
   likeliest of these.
    @param {Map<string, Map<string, number>>} counts
    @param {string[]} game
    @param {string[] | null} [allowed] */
export function say(counts, game, allowed = null) {
  const text = [START, ...game];
  for (let back = Math.min(CONTEXT, text.length); back >= 0; back -= 1) {
    const nexts = [...(counts.get(text.slice(text.length - back).join(" ")) ?? [])];
    const fitting = allowed ? nexts.filter(([move]) => allowed.includes(move)) : nexts;
    if (fitting.length) return fitting.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0][0];
  }
  return (allowed ?? [])[0]; // no legal move was ever read
}

/** A game on the page's board, in which the model is White; returns what begins it anew.
    @param {NonNullable<ReturnType<typeof import("./play.js").open>>} part */
export function makeGame({ piece, say: tell }) {
  let model = train([]);
  /** @type {string[]} */
  let game = [];
  let position = start();
  let stopped = 0; // by the check

  /** @param {string} sign */
  const kind = (sign) => NAMES[sign.toLowerCase()];
  /** @param {string} move */
  const from = (move) =>
    `from ${move.slice(0, 2)} to ${move.slice(2, 4)}${move[4] ? `, now a ${NAMES[move[4]]}` : ""}`;
  /** @param {string} move */
  const spell = (move) => `the ${kind(position.squares[square(move)])} ${from(move)}`;

  function showBoard() {
    const rows = [...piece("board").rows];
    for (const [down, row] of rows.entries()) {
      [...row.cells].slice(1).forEach((cell, file) => {
        const sign = position.squares[8 * (7 - down) + file];
        const side = sign === sign.toLowerCase() ? "black" : "white";
        cell.replaceChildren();
        if (sign === ".") return;
        const shown = document.createElement("span");
        shown.className = `pb-piece pb-piece--${side}`;
        shown.setAttribute("role", "img");
        shown.setAttribute("aria-label", `${side} ${kind(sign)}`);
        shown.textContent = SIGNS[sign.toLowerCase()];
        cell.append(shown);
      });
    }
    piece("moves").textContent = game.join(" ") || "none yet";
  }

  /** @param {string[]} moves */
  const offer = (moves) => {
    piece("reply").replaceChildren(
      ...moves.map((move) => new Option(spell(move).replace(/^the | from/g, ""), move)),
    );
    for (const name of ["reply", "answer", "any"]) piece(name).disabled = !moves.length;
  };
  /** @param {string} text */
  const conclude = (text) => {
    piece("seen").textContent = text && `What you just saw: ${text}`;
    piece("seen").hidden = !text;
  };
  /** @param {string} text */
  const end = (text) => {
    offer([]);
    tell(text);
  };

  /* What the model says is played if the rules allow it. */
  function modelMoves(before = "") {
    const allowed = legalMoves(position);
    if (!allowed.length) return end(`${before}White has no move left: the game is over.`);
    let said = say(model, game);
    const number = Math.floor(game.length / 2) + 1;
    let told = before;
    if (!allowed.includes(said)) {
      told += `At move ${number} the model says: ${from(said)}. That is illegal: ${fault(position, said)}.`;
      if (!piece("check").checked) {
        const kept = `${number - 1} legal ${number === 2 ? "move" : "moves"}`;
        conclude(
          `${kept} of the model, then an illegal one, written just like the others. ` +
            "Nothing in the text warned you.",
        );
        return end(told);
      }
      stopped += 1;
      said = say(model, game, allowed);
      told += " The check asks for its likeliest legal move. ";
    }
    if (piece("check").checked) {
      conclude(
        `the check has stopped ${stopped} of ${number} answers, and every move on the board is legal.`,
      );
    }
    told += `The model plays ${spell(said)}`;
    game.push(said);
    position = after(position, said);
    showBoard();
    const replies = legalMoves(position);
    if (!replies.length) return end(`${told}, and Black has no move left.`);
    if (number >= MOVES) {
      return end(`${told}. That was move ${number}, as far as the games go that it has read.`);
    }
    offer(replies);
    return tell(`${told}. Choose Black’s move.`);
  }

  /** @param {string} reply */
  function answer(reply) {
    const played = `Black plays ${spell(reply)}. `;
    game.push(reply);
    position = after(position, reply);
    showBoard();
    modelMoves(played);
  }

  piece("answer").addEventListener("click", () => answer(piece("reply").value));
  piece("any").addEventListener("click", () => {
    const moves = legalMoves(position);
    answer(moves[Math.floor(Math.random() * moves.length)]);
  });
  return async () => {
    if (!model.size) {
      tell(`Reading ${GAMES} games.`);
      const random = mulberry32(SEED);
      const games = [];
      while (games.length < GAMES) {
        games.push(play(random));
        if (games.length % 5 === 0) await breathe();
      }
      model = train(games);
    }
    [game, position, stopped] = [[], start(), 0];
    conclude("");
    showBoard();
    piece("table").hidden = false;
    modelMoves(`It has read ${GAMES} games. `);
  };
}
