"""The worked example as a file that the page kickoff/worksheet/ opens."""

from __future__ import annotations

import json

from macros.model.question import Playbook

# docs/assets/worksheet/files.js expects these; a browser test opens the file.
FORMAT = "ml-needs-support worksheet"
SCHEMA_VERSION = 1
# The day of the meeting in docs/kickoff/worked-example.md.
DAY = "2027-03-09"
NAME = "Sample: an open-air pool, invented"


def worksheet_sample(playbook: Playbook) -> str:
    """Return the worked example's answers as a worksheet. Open answers have the status unknown."""
    questions = {question.id: question for question in playbook.questions}
    answers = [
        {
            "question": answer.id,
            "title": questions[answer.id].title,
            "wording": questions[answer.id].ask,
            "text": answer.answer,
            "status": "unknown" if answer.status == "open" else "answered",
            "owner": answer.owner,
            "due": answer.due.isoformat() if answer.due else "",
            "decision": answer.decision,
        }
        for answer in playbook.answers
    ]
    owners = dict.fromkeys(answer.owner for answer in playbook.answers)
    file = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        "project": {"name": NAME, "date": DAY, "people": "\n".join(owners), "minutes": 60},
        "answers": answers,
    }
    return json.dumps(file, ensure_ascii=False, indent=2) + "\n"
