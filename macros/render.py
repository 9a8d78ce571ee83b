"""Playbook → Markdown and HTML for pages. The markup itself is in templates/."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from macros.export import downloads
from macros.lookup import MacroError, choose, find
from macros.markup import environment
from macros.model import (
    Labelled,
    Model,
    Pitfall,
    Playbook,
    Question,
    QuestionsFile,
    QuestionText,
    Role,
    Source,
    Term,
)
from macros.terms import TermFinder

# What may not be torn from the word before it at the end of a line.
_TAIL = re.compile(r"(?:['’]s)?[^\w\s]*")


@dataclass(frozen=True)
class PageContext:
    """The page that is being made: where its site's root is, and which terms it has explained."""

    root: str = ""
    repo_url: str = ""
    branch: str = "main"
    explained: list[str] = field(default_factory=list)


class Renderer:
    """What the macros call. One for a playbook; each method gets the page it renders for."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.vocabulary = playbook.vocabulary
        self.terms = TermFinder(playbook.terms)

    # Questions

    def role_questions(self, place: PageContext, role: str) -> str:
        """Every live question of a role: the must-ask ones first, then the rest by stage."""
        found = find(self.vocabulary.roles, role, "role")
        asked = [question for question in self.playbook.live if question.role == found.id]
        return self._render("role_questions.md.jinja", place, role=found, questions=asked)

    def stage_questions(self, place: PageContext, stage: str) -> str:
        """Every live question of a stage, as a list that names the role of each."""
        found = find(self.vocabulary.stages, stage, "stage")
        asked = [question for question in self.playbook.live if question.stage == found.id]
        return self._render("question_list.html.jinja", place, questions=asked)

    def pitfall_questions(self, place: PageContext, pitfall: str) -> str:
        """The questions that prevent a misuse."""
        found = find(self.playbook.pitfalls, pitfall, "pitfall")
        asked = [question for question in self.playbook.live if found.id in question.pitfalls]
        return self._render("prevented_by.html.jinja", place, questions=asked)

    def all_questions(self, place: PageContext) -> str:
        """Every live question, with the form that filters them where there is JavaScript."""
        return self._render("all_questions.html.jinja", place, questions=self.playbook.live)

    def question(self, place: PageContext, id: str) -> str:
        """One question inside prose, with a link to where it lives."""
        found = find(self.playbook.questions, id, "question")
        if not found.live:
            raise MacroError(f"question '{id}' is retired; expected a live one")
        return self._render("question_embed.html.jinja", place, question=found)

    def question_link(self, place: PageContext, id: str) -> str:
        """A link to a question inside a sentence: its title, and the role that is asked."""
        found = find(self.playbook.questions, id, "question")
        return self._render("question_link.html.jinja", place, question=found).strip()

    # Words and works

    def term(self, place: PageContext, id: str, text: str | None = None) -> str:
        """A word with its explanation at hand; `text` where the sentence needs another form."""
        found = find(self.playbook.terms, id, "term")
        return str(self._explained(place, found, text or found.term))

    def cite(self, place: PageContext, id: str) -> str:
        """A reference in brackets that leads to the list of sources."""
        found = find(self.playbook.sources, id, "source")
        return self._render("cite.html.jinja", place, source=found).strip()

    def sources(self, place: PageContext) -> str:
        """The list of sources, each with what it supports and what it does not."""
        return self._render("sources.html.jinja", place, sources=self.playbook.sources)

    def glossary(self, place: PageContext) -> str:
        """The list of terms."""
        return self._render("glossary.md.jinja", place, terms=self.playbook.terms)

    # Tables and pictures

    def vocabulary_table(self, place: PageContext, list: str) -> str:
        """One list of the vocabulary as a table: roles, hats, stages, priorities or kinds."""
        name = choose(list, type(self.vocabulary).model_fields, "list")
        entries: Sequence[Labelled] = getattr(self.vocabulary, name)
        return self._render(
            "vocabulary_table.html.jinja", place, entries=entries, title=list.capitalize()
        )

    def role_card(self, place: PageContext, role: str) -> str:
        """What a role owes the model, and what it may expect from the others."""
        found = find(self.vocabulary.roles, role, "role")
        return self._render("role_card.html.jinja", place, role=found)

    def role_contents(self, place: PageContext, role: str) -> str:
        """A role's live questions in the order of its page: what is asked, of whom, and when."""
        found = find(self.vocabulary.roles, role, "role")
        asked = [question for question in self.playbook.live if question.role == found.id]
        return self._render("role_contents.html.jinja", place, role=found, questions=asked)

    def doors(self, place: PageContext) -> str:
        """One door a role, for the home page and the overview."""
        counts = {
            role.id: sum(question.role == role.id for question in self.playbook.live)
            for role in self.vocabulary.roles
        }
        return self._render("doors.html.jinja", place, counts=counts)

    def context_picture(self, place: PageContext) -> str:
        """Context flowing from the roles to the model: drawn from the must-ask questions."""
        return self._render("context.svg.jinja", place, streams=self._streams())

    def fields_table(self, place: PageContext, of: str) -> str:
        """What each field holds, from the model's own descriptions: of a question or a download."""
        models: dict[str, type[Model]] = {"question": QuestionText, "questions.json": QuestionsFile}
        model = models[choose(of, models, "table of fields")]
        return self._render("fields_table.html.jinja", place, fields=model.model_fields)

    def stage_description(self, place: PageContext, stage: str) -> str:
        """What a stage is, in one sentence."""
        found = find(self.vocabulary.stages, stage, "stage")
        return self._render("stage_description.html.jinja", place, stage=found).strip()

    def download(self, place: PageContext, file: str, text: str) -> str:
        """A link to a generated file."""
        choose(file, downloads(self.playbook), "download")
        kind = {"md": "Markdown", "csv": "CSV", "json": "JSON"}[file.rpartition(".")[2]]
        return self._render("download.html.jinja", place, file=file, text=text, kind=kind).strip()

    def forge_link(self, place: PageContext, to: str, text: str) -> str:
        """A link into the repository, or the bare text where this copy has none."""
        targets = {"suggest": "issues/new?template=suggest-a-question.yml", "repository": ""}
        target = targets[choose(to, targets, "target")]
        address = f"{place.repo_url}/{target}".rstrip("/") if place.repo_url else ""
        return self._render("forge_link.html.jinja", place, address=address, text=text).strip()

    def count(self, place: PageContext, what: str) -> str:
        """How many live questions, roles, stages, sources or terms there are."""
        counts = {
            "questions": len(self.playbook.live),
            "roles": len(self.vocabulary.roles),
            "stages": len(self.vocabulary.stages),
            "sources": len(self.playbook.sources),
            "terms": len(self.playbook.terms),
        }
        return str(counts[choose(what, counts, "count of")])

    # Inside

    def _render(self, template: str, place: PageContext, **values: Any) -> str:
        def explain(text: str) -> Markup:
            return self._with_terms(place, text)

        return (
            environment()
            .get_template(template)
            .render(
                book=self,
                place=place,
                explain=explain,
                **values,
            )
        )

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

    def edit_address(self, place: PageContext, question: Question) -> str:
        """Where the forge's editor opens the file at the question's line, or an empty string."""
        if not place.repo_url:
            return ""
        where = self.playbook.places[question.id]
        return f"{place.repo_url}/edit/{place.branch}/{where.file}#L{where.line}"

    def covered(self, question: Question) -> list[tuple[str, str, str, str]]:
        """For each checklist item a question covers: the checklist, its address, item, reason."""
        frameworks = {framework.id: framework for framework in self.playbook.frameworks}
        rows = []
        for coverage in question.maps_to:
            name, _, item = coverage.item.partition(":")
            rows.append((frameworks[name].name, frameworks[name].url, item, coverage.reason))
        return rows

    def groups(self, questions: Sequence[Question]) -> list[tuple[str, str, list[Question]]]:
        """Must-ask questions first, then the others by stage: (id, heading, questions)."""
        musts = [question for question in questions if question.priority == "must"]
        grouped = [("ask-first", "Ask these first", musts)]
        for stage in self.vocabulary.stages:
            rest = [q for q in questions if q.priority != "must" and q.stage == stage.id]
            grouped.append((f"stage-{stage.id}", f"In the {stage.label.lower()} stage", rest))
        return [group for group in grouped if group[2]]

    def _streams(self) -> list[tuple[Role, list[str]]]:
        rows = []
        for role in self.vocabulary.roles:
            titles = [
                q.title for q in self.playbook.live if q.role == role.id and q.priority == "must"
            ]
            rows.append((role, _wrap(titles, 44)))
        return rows

    def _with_terms(self, place: PageContext, text: str) -> Markup:
        """Escape `text` and explain each term that the page has not explained yet."""
        parts: list[Markup] = []
        end = 0
        for match, term in self.terms.found_in(text):
            if term.id in place.explained:
                continue
            parts.append(escape(text[end : match.start()]))
            tail = _TAIL.match(text, match.end())
            end = tail.end() if tail else match.end()
            parts.append(self._explained(place, term, match.group(), text[match.end() : end]))
        parts.append(escape(text[end:]))
        return Markup("").join(parts)

    def _explained(self, place: PageContext, term: Term, text: str, tail: str = "") -> Markup:
        if term.id in place.explained:
            return escape(text)
        place.explained.append(term.id)
        return Markup(
            self._render("term.html.jinja", place, term=term, text=text, tail=tail).strip()
        )


def _wrap(titles: Sequence[str], width: int) -> list[str]:
    """Join titles with middle dots into lines of at most `width` characters."""
    lines: list[str] = []
    for title in titles:
        if lines and len(lines[-1]) + len(title) + 3 <= width:
            lines[-1] += f" · {title}"
        else:
            lines.append(title)
    return lines


def macros() -> dict[str, Callable[..., str]]:
    """The macros that pages may call, by name. Each takes the renderer and the page first."""
    return {
        function.__name__: function
        for function in (
            Renderer.role_questions,
            Renderer.stage_questions,
            Renderer.pitfall_questions,
            Renderer.all_questions,
            Renderer.question,
            Renderer.question_link,
            Renderer.term,
            Renderer.cite,
            Renderer.sources,
            Renderer.glossary,
            Renderer.vocabulary_table,
            Renderer.role_card,
            Renderer.role_contents,
            Renderer.doors,
            Renderer.context_picture,
            Renderer.fields_table,
            Renderer.download,
            Renderer.stage_description,
            Renderer.forge_link,
            Renderer.count,
        )
    }
