// Prints what html-validate says about every page in the folders that are named. test_valid_html.py runs it.
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:standard"],
    // The standard allows a heading without words; whoever moves from heading to heading hears nothing.
    rules: { "empty-heading": "error" },
  }),
);

function* pages(folder) {
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* pages(path);
    else if (path.endsWith(".html")) yield path;
  }
}

let count = 0;
const found = [];
for (const path of Deno.args.flatMap((folder) => [...pages(folder)])) {
  count += 1;
  for (const { messages } of validator.validateStringSync(Deno.readTextFileSync(path), path).results) {
    for (const { line, column, ruleId, message } of messages) {
      found.push({ path, rule: ruleId, text: `${path}:${line}:${column}: ${ruleId}: ${message}` });
    }
  }
}
console.log(JSON.stringify({ count, found }));
