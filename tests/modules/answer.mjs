/* Does what tests/modules/node.py asks: a line with a script in, a line with what it returns out.

   The modules find what they need of a page to be loaded: where the site is, and none of their parts. */
import { createInterface } from "node:readline";

const SITE = new URL("../../docs/", import.meta.url);
globalThis.location = { href: SITE.href };
globalThis.document = { body: { dataset: { root: "./" } }, querySelector: () => null };

// What a module complains of is a fault, as it is on a page.
let complaints = [];
for (const name of ["debug", "log", "info", "warn", "error"]) {
  console[name] = (...words) => complaints.push(`console.${name}: ${words.join(" ")}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  complaints = [];
  let answer;
  try {
    const { script, arg } = JSON.parse(line);
    const found = (0, eval)(`(${script})`);
    answer = { value: await (typeof found === "function" ? found(arg) : found) };
    if (complaints.length) throw new Error(complaints.join("\n"));
  } catch (error) {
    answer = { error: `${error}\n${error?.stack ?? ""}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
