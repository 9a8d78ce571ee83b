/* Fetches the game of chess when somebody wants to play: the page is read without it. */
import { onClick, open } from "./play.js";

const part = open("chess");
if (part) {
  /** @type {(() => Promise<void>) | undefined} */
  let begin;
  onClick(part.piece("begin"), part.say, async () => {
    const { makeGame } = await import("./chess-game.js");
    begin ??= makeGame(part);
    await begin();
  });
}
