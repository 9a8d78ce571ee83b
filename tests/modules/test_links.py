"""A link: whole or refused, whatever a program did to it on its way."""

from __future__ import annotations

import re

from tests.modules.node import Node
from tests.modules.sheets import KNOWN, MAKE_LINK, QUESTIONS, ask

# Links of the form that was sent until November 2026; each holds the answer to the first question.
OLD_LINKS = [
    (
        "#w=1rs8u4e.BcHBCYAwDAXQVcI_R2hHcAIPHkMOlYoUQiNUse30vieR8bllsGCzTLe7QVkEx9tKPVtbLk8Gjoz9rA-VSjEE6mP2McFYc4Kq_g",
        "Sent in 100 xyzxyz",
    ),
    (
        "#w=v5ucqr.BcExCoAwDAXQq4Q_R2gmZ0_g4BgyVFqkEBohitf3PRXGF97Ait0b3REOY1Wcb47ZM5crqoOFcfT50JgkpchKYGytwsx-",
        "Sent in 10017 ",
    ),
    (
        "#w=1qlqjv5.BcFBCoAgEAXQqwx_PYFDJ-gELVrKLAwlBHECi9TT954Xxmclgj32Euk2K1D2Hufbck2tLZeFAhbGkepDuZI4cSv1MfuYYGwxQFV_",
        "Sent in 10103 xyzxyz",
    ),
]
# What a program makes of a link, by what it put in: at its end, or into its middle.
HUNG_ON = [
    ".",
    ")",
    ">",
    "*",
    '"',
    ",",
    "…",
    "._",
    ").",
    "%22%3E",
    "&amp;",
    "?utm_source=x&fbclid=IwAR0_a",
]
HUNG_ON += ["%20and%20so%20on.", "\u200b", "%E2%80%8B"]
PUT_IN = ["\n", "=\r\n", "%0A%3E%20", "\u200b", "\u00ad", "%E2%80%8B%20", "%20", " "]
CHANGED = """
  const middle = Math.floor(given.mark.length / 2);
  const forms = [
    given.mark,
    ...given.hungOn.map((end) => given.mark + end),
    ...given.putIn.map((sign) => given.mark.slice(0, middle) + sign + given.mark.slice(middle)),
    ...["%3D", "%3d", "%253D", "=3D"].map((sign) => given.mark.replace("=", sign)),
    given.mark.replace(/[_-]$/, ""),
  ];
  const read = async (form) => {
    if (!state.isLinkMark(form)) return form;
    const { sheet } = await files.readLink(form, given.questions, 5);
    return sheet.answers.get(given.question).text;
  };
  return Promise.all(forms.map((form) => read(form).catch((error) => `${form}: ${error.message}`)));
"""


def test_a_link_has_no_sign_that_a_program_takes_for_its_own(node: Node) -> None:
    for number in range(40):
        answer = {"question": KNOWN[0], "text": f"number {number} " + "x" * number}
        sheet = {"project": {"name": "Pool"}, "answers": [answer]}
        mark = ask(node, MAKE_LINK, sheet=sheet, questions=QUESTIONS)
        assert re.fullmatch("#W[0-9A-Za-z]+", mark)
        given = {"question": KNOWN[0], "questions": QUESTIONS, "hungOn": HUNG_ON, "putIn": PUT_IN}
        if number % 10 == 0:
            assert set(ask(node, CHANGED, mark=mark, **given)) == {answer["text"]}


def test_a_link_that_was_sent_before_opens_whatever_was_done_to_it(node: Node) -> None:
    for mark, text in OLD_LINKS:
        given = {"question": KNOWN[0], "questions": QUESTIONS, "hungOn": HUNG_ON, "putIn": PUT_IN}
        assert set(ask(node, CHANGED, mark=mark, **given)) == {text}, mark


def test_no_part_of_a_link_is_taken_for_the_whole(node: Node) -> None:
    body = f"""
      const mark = await (async () => {{ {MAKE_LINK} }})();
      const cuts = Array.from({{ length: mark.length - 2 }}, (_, at) => mark.slice(0, at + 2));
      const other = (at) => (mark[at] === "a" ? "b" : "a");
      const swapped = cuts.slice(1).map((cut) => {{
        const at = cut.length - 1;
        return cut.slice(0, at) + other(at) + mark.slice(at + 1);
      }});
      const read = (form) => files.readLink(form, given.questions, 5);
      const opened = (form) => read(form).then(() => form, (error) => {{
        if (!(error instanceof state.Refused)) throw error;
      }});
      return (await Promise.all([...cuts, ...swapped].map(opened))).filter(Boolean);
    """
    sheet = {"project": {"name": "Pool"}, "answers": [{"question": KNOWN[0], "text": "whole"}]}
    assert ask(node, body, sheet=sheet, questions=QUESTIONS) == []


def test_what_another_packed_into_a_link_cannot_fill_the_browser(node: Node) -> None:
    """A short link may unpack to anything; ours hold far less."""
    body = """
      const sheet = { project: state.blank(state.PROJECT), answers: new Map() };
      const add = (id, text) => sheet.answers.set(id, { ...state.blank(state.ANSWER), text });
      if (given.text) add("a-b", "x".repeat(given.text));
      for (let number = 0; number < given.answers; number += 1) add(`q${number}`, "x");
      const mark = await files.linkMark("w1", sheet, []);
      const file = files.json(files.asFile("w1", sheet, 7));
      const said = (act) => act().then(() => "", (error) => error.message);
      const link = await said(() => files.readLink(mark, [], 5));
      return [link, await said(async () => files.readFile(file))];
    """
    link, file = ask(node, body, text=600_000, answers=0)
    assert link == "The link holds more than any that this page makes."
    assert file == ""
    link, file = ask(node, body, text=0, answers=1001)
    assert "more than the 1000 that a worksheet may have" in link
    assert "more than the 1000 that a worksheet may have" in file


def test_what_a_link_holds_that_this_page_does_not_know_is_kept(node: Node) -> None:
    """A status that is a word of JavaScript's arrays, and two fields of a later edition."""
    body = """
      const row = [given.question, "map", "known", ...Array(8).fill(null), "later", "latest"];
      const text = JSON.stringify([1, "w1", ["Pool"], [row]]);
      const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
      const letters = Buffer.from(await new Response(packed).arrayBuffer()).toString("base64url");
      const { sheet } = await files.readLink(`#w=${state.hash(letters)}.${letters}`, [], 5);
      return sheet.answers.get(given.question);
    """
    answer = ask(node, body, question=KNOWN[0])
    assert (answer["text"], answer["status"]) == ("known", "open")
    assert sorted(answer["odd"].values()) == ["later", "latest", "map"]


READ_CHANGED = """
  const mark = await files.linkMark("w1", make(given.sheet), []);
  const read = async (text) => {
    try {
      return plain((await files.readLink(text, [], 5)).sheet);
    } catch (error) {
      if (!(error instanceof state.Refused)) throw error;
      return error.message;
    }
  };
  const out = [];
  for (let at = 0; at < mark.length - 3; at += 1) {
    const other = mark[at + 3] === "A" ? "B" : "A";
    const start = mark.slice(0, at + 3);
    out.push(await read(start), await read(start + other + mark.slice(at + 4)));
  }
  return out;
"""


def test_a_link_cut_or_changed_at_any_place_is_refused(node: Node) -> None:
    sheet = {"project": {"name": "Pool"}, "answers": [{"question": "a-b", "text": "An answer."}]}
    for said in ask(node, READ_CHANGED, sheet=sheet):
        assert isinstance(said, str), said
        assert "damaged" in said


def test_a_link_that_unpacks_to_far_too_much_is_refused(node: Node) -> None:
    body = """
      const answer = { question: "a-b", text: "x".repeat(4_900_000) };
      const sheet = make({ project: {}, answers: [answer] });
      const mark = await files.linkMark("w1", sheet, []);
      const failed = (error) => [mark.length, error.message];
      return files.readLink(mark, [], 5).then(() => "read", failed);
    """
    length, said = ask(node, body)
    assert length < 20_000
    assert "holds more than any" in said
