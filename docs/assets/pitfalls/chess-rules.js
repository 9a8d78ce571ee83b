/* The rules of chess: which moves are legal, and what a move does. Draws are left out.
   A position is { squares: 64 signs from a1 to h8, white, castling, passing }. */
const FILES = "abcdefgh";
const KNIGHT = [[1, 2], [2, 1], [2, -1], [1, -2], [-1, -2], [-2, -1], [-2, 1], [-1, 2]];
const STRAIGHT = [[1, 0], [-1, 0], [0, 1], [0, -1]];
const SLANTED = [[1, 1], [1, -1], [-1, 1], [-1, -1]];
/** @type {Record<string, number[][]>} */
const STEPS = {
  n: KNIGHT,
  b: SLANTED,
  r: STRAIGHT,
  q: [...STRAIGHT, ...SLANTED],
  k: [...STRAIGHT, ...SLANTED],
};
/** Whose rook or king leaves or loses its place may no longer castle there.
    @type {Record<number, string>} */
const CASTLING_ENDS = { 0: "Q", 4: "KQ", 7: "K", 56: "q", 60: "kq", 63: "k" };

/** The name of a square, such as "e4", from its index: 0 is a1, 63 is h8.
    @param {number} square */
export const name = (square) => FILES[square % 8] + (Math.floor(square / 8) + 1);
/** The index of the square that a text begins with: a name, or a move such as "e2e4".
    @param {string} text */
export const square = (text) => FILES.indexOf(text[0]) + 8 * (Number(text[1]) - 1);

/** The position that a game starts from. */
export const start = () => ({
  squares: [..."RNBQKBNRPPPPPPPP" + ".".repeat(32) + "pppppppprnbqkbnr"],
  white: true,
  castling: "KQkq",
  passing: -1,
});

/** @param {string} piece */
const isWhite = (piece) => piece !== "." && piece === piece.toUpperCase();
/** @param {string} piece
    @param {boolean} white */
const isOwn = (piece, white) => piece !== "." && isWhite(piece) === white;

/** @param {number} from
    @param {number[]} given */
function beside(from, [right, up]) {
  const [file, rank] = [(from % 8) + right, Math.floor(from / 8) + up];
  return file >= 0 && file < 8 && rank >= 0 && rank < 8 ? file + 8 * rank : -1;
}

/** Whether a piece of the side `byWhite` could take on `target`.
    @param {string[]} squares
    @param {number} target
    @param {boolean} byWhite */
function attacked(squares, target, byWhite) {
  /** @param {string} kind */
  const mine = (kind) => (byWhite ? kind.toUpperCase() : kind);
  for (const right of [-1, 1]) {
    const from = beside(target, [right, byWhite ? -1 : 1]);
    if (from >= 0 && squares[from] === mine("p")) return true;
  }
  for (const step of KNIGHT) {
    const from = beside(target, step);
    if (from >= 0 && squares[from] === mine("n")) return true;
  }
  for (const kind of ["r", "b"]) {
    for (const step of STEPS[kind]) {
      let from = beside(target, step);
      if (from >= 0 && squares[from] === mine("k")) return true;
      while (from >= 0 && squares[from] === ".") from = beside(from, step);
      if (from >= 0 && (squares[from] === mine(kind) || squares[from] === mine("q"))) return true;
    }
  }
  return false;
}

/** The position after a move, which must be one that its piece can make.
    @param {Position} position
    @param {string} move */
export function after(position, move) {
  const squares = [...position.squares];
  const [from, to] = [square(move), square(move.slice(2))];
  const piece = squares[from];
  const kind = piece.toLowerCase();
  if (kind === "p" && to === position.passing) squares[to + (position.white ? -8 : 8)] = ".";
  squares[to] = move[4] ? (position.white ? move[4].toUpperCase() : move[4]) : piece;
  squares[from] = ".";
  if (kind === "k" && Math.abs(to - from) === 2) {
    const [rookFrom, rookTo] = to > from ? [to + 1, to - 1] : [to - 2, to + 1];
    squares[rookTo] = squares[rookFrom];
    squares[rookFrom] = ".";
  }
  const lost = (CASTLING_ENDS[from] ?? "") + (CASTLING_ENDS[to] ?? "");
  return {
    squares,
    white: !position.white,
    castling: [...position.castling].filter((right) => !lost.includes(right)).join(""),
    passing: kind === "p" && Math.abs(to - from) === 16 ? (from + to) / 2 : -1,
  };
}

/** @param {Position} given
    @param {number} from */
function* pawnMoves({ squares, white, passing }, from) {
  const up = white ? 1 : -1;
  const targets = [];
  const ahead = beside(from, [0, up]);
  if (squares[ahead] === ".") {
    targets.push(ahead);
    const twice = ahead + 8 * up;
    if (Math.floor(from / 8) === (white ? 1 : 6) && squares[twice] === ".") targets.push(twice);
  }
  for (const right of [-1, 1]) {
    const to = beside(from, [right, up]);
    if (to >= 0 && (isOwn(squares[to], !white) || to === passing)) targets.push(to);
  }
  for (const to of targets) {
    for (const turned of to < 8 || to > 55 ? "bnqr" : " ") yield (name(from) + name(to) + turned).trim();
  }
}

/** @param {Position} given
    @param {number} from */
function* pieceMoves({ squares, white }, from) {
  const kind = squares[from].toLowerCase();
  for (const step of STEPS[kind]) {
    let to = beside(from, step);
    while (to >= 0 && !isOwn(squares[to], white)) {
      yield name(from) + name(to);
      if (squares[to] !== "." || kind === "k" || kind === "n") break;
      to = beside(to, step);
    }
  }
}

/** @param {Position} given */
function* castlingMoves({ squares, white, castling }) {
  const king = white ? 4 : 60;
  /** @param {number[]} indexes */
  const safe = (indexes) => indexes.every((index) => !attacked(squares, index, !white));
  /** @param {number[]} indexes */
  const empty = (indexes) => indexes.every((index) => squares[index] === ".");
  if (castling.includes(white ? "K" : "k") && empty([king + 1, king + 2]) && safe([king, king + 1])) {
    yield name(king) + name(king + 2);
  }
  if (
    castling.includes(white ? "Q" : "q") &&
    empty([king - 1, king - 2, king - 3]) &&
    safe([king, king - 1])
  ) {
    yield name(king) + name(king - 2);
  }
}

/** @param {string[]} squares
    @param {boolean} white */
const safeFor = (squares, white) => !attacked(squares, squares.indexOf(white ? "K" : "k"), !white);

/** Every legal move as text, such as "e2e4", in the order of the alphabet.
    @param {Position} position */
export function legalMoves(position) {
  const moves = [...castlingMoves(position)];
  position.squares.forEach((piece, from) => {
    if (!isOwn(piece, position.white)) return;
    moves.push(...(piece.toLowerCase() === "p" ? pawnMoves(position, from) : pieceMoves(position, from)));
  });
  return moves.filter((move) => safeFor(after(position, move).squares, position.white)).sort();
}

/** Why a move is not legal, in words.
    @param {Position} position
    @param {string} move */
export function fault(position, move) {
  const [piece, there] = [position.squares[square(move)], position.squares[square(move.slice(2))]];
  const side = position.white ? "White" : "Black";
  if (piece === ".") return `there is nothing on ${move.slice(0, 2)}`;
  if (!isOwn(piece, position.white)) return `the piece on ${move.slice(0, 2)} is not ${side}’s`;
  if (isOwn(there, position.white)) return `${move.slice(2, 4)} holds a piece of ${side}’s own`;
  const others = { ...position, castling: "" };
  const can = piece.toLowerCase() === "p"
    ? pawnMoves(others, square(move))
    : pieceMoves(others, square(move));
  return [...can].includes(move) ? "it leaves the king open to be taken" : "the piece cannot go there";
}
