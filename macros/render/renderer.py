"""What every macro needs to render a playbook. Macros are in pages/, markup in templates/."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import UndefinedError
from markupsafe import Markup, escape

from macros.derive.bibliography import page_of_source
from macros.derive.glossary_matcher import TermFinder
from macros.load.experiment_results import Experiment, read_experiments
from macros.lookup import MacroError
from macros.model.question import Labelled, Playbook, Question
from macros.model.reference import Duty, Framework, FrameworkItem, Pitfall, Source, Term
from macros.render.escaping import TEMPLATES, environment

# What must stay on the same line as the word before it.
_TAIL = re.compile(r"(?:['’]s)?[^\w\s]*")


@dataclass(frozen=True)
class PageContext:
    """The page being rendered: the way to the site's root, and the terms explained so far.

    `edit_uri` leads from `repo_url` to where the forge edits a file of docs/.
    """

    root: str = ""
    repo_url: str = ""
    edit_uri: str = "edit/main/docs/"
    explained: list[str] = field(default_factory=list)


def _template_line(error: UndefinedError) -> str:
    """Return the file and line of the template in which the error was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    frame = [each for each in frames if each.filename.endswith(".jinja")][-1]
    return f"{Path(frame.filename).relative_to(TEMPLATES)}:{frame.lineno}"


class Renderer:
    """Renders one playbook.

    It holds no state of a page: methods that depend on the page take a `PageContext`.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.vocabulary = playbook.vocabulary
        self.terms = TermFinder(playbook.terms)

    def render(self, template_name: str, context: PageContext, **values: Any) -> str:
        """Render a template.

        Args:
            template_name: Its path in templates/.
            context: The page.
            values: What the template may use, besides `renderer`, `context` and `explain`, which
                escapes a text and explains the terms in it.

        Raises:
            MacroError: The template uses a name that does not exist.
        """

        def explain(text: str) -> Markup:
            str(text)  # raises UndefinedError if the template has no such text
            return self._explain_terms(context, text)

        template = environment().get_template(template_name)
        try:
            return template.render(renderer=self, context=context, explain=explain, **values)
        except UndefinedError as error:
            raise MacroError(f"{_template_line(error)}: {error}") from error

    @cached_property
    def experiments(self) -> dict[str, Experiment]:
        """The experiments by id. Raises MacroError where one cannot be read."""
        return read_experiments()

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """The items of each list by id, for templates that follow references."""
        lists: dict[str, Sequence[Question | Source | Pitfall | Labelled]] = {
            "questions": self.playbook.questions,
            "sources": self.playbook.sources,
            "pitfalls": self.playbook.pitfalls,
            **{name: getattr(self.vocabulary, name) for name in type(self.vocabulary).model_fields},
        }
        return {kind: {str(item.id): item for item in items} for kind, items in lists.items()}

    def edit_address(self, context: PageContext, question: Question) -> str:
        """Return the address that opens the question in the forge's editor, or an empty string."""
        if not context.repo_url or not context.edit_uri:
            return ""
        where = self.playbook.locations[question.id]
        file = where.file.removeprefix("docs/")
        return f"{urljoin(f'{context.repo_url}/', context.edit_uri)}{file}#L{where.line}"

    def source_address(self, context: PageContext, id: str) -> str:
        """Return the address at which a source is told in full, from the page."""
        return f"{context.root}{page_of_source(id)}#{id}"

    def duties(self, question: Question) -> list[Duty]:
        """Return the duties of law that a question asks for."""
        return [duty for duty in self.playbook.duties if question.id in duty.questions]

    def covered(self, question: Question) -> list[tuple[Framework, list[FrameworkItem]]]:
        """Return the checklists with items that a question covers as a whole, and those items."""
        covered = {each.item for each in question.maps_to if each.extent == "whole"}
        found = [
            (each, [item for item in each.items if f"{each.id}:{item.id}" in covered])
            for each in self.playbook.frameworks
        ]
        return [(each, items) for each, items in found if items]

    def in_sentence(self, label: str) -> str:
        """Return a label for use inside a sentence: in lower case, unless it is an abbreviation."""
        return label if label[1:2].isupper() else label[:1].lower() + label[1:]

    def groups(self, questions: Sequence[Question]) -> list[tuple[Labelled | None, list[Question]]]:
        """Group questions by stage. The must-ask ones of all stages come first, without a stage."""
        musts = [question for question in questions if question.priority == "must"]
        first: list[tuple[Labelled | None, list[Question]]] = [(None, musts)] if musts else []
        return first + self.by_stage([q for q in questions if q.priority != "must"])

    def by_stage(self, questions: Sequence[Question]) -> list[tuple[Labelled, list[Question]]]:
        """Return each stage that has some of these questions, with them."""
        grouped = [
            (stage, [question for question in questions if question.stage == stage.id])
            for stage in self.vocabulary.stages
        ]
        return [(stage, group) for stage, group in grouped if group]

    def _explain_terms(self, context: PageContext, text: str) -> Markup:
        """Escape `text` and explain each term that the page has not explained yet."""
        parts: list[Markup] = []
        end = 0
        for match, term in self.terms.found_in(text):
            if term.id in context.explained:
                continue
            parts.append(escape(text[end : match.start()]))
            tail = _TAIL.match(text, match.end())
            end = tail.end() if tail else match.end()
            parts.append(self.explain_term(context, term, match.group(), text[match.end() : end]))
        parts.append(escape(text[end:]))
        return Markup("").join(parts)

    def explain_term(self, context: PageContext, term: Term, text: str, tail: str = "") -> Markup:
        """Return a term with its explanation, or without it if the page has explained it before."""
        if term.id in context.explained:
            return escape(text)
        context.explained.append(term.id)
        return Markup(
            self.render(
                "questions/term.html.jinja", context, term=term, text=text, tail=tail
            ).strip()
        )
