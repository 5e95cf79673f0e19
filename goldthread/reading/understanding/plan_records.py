"""Records of a plan: what each entry's cells become, under the fields of the reading format."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from goldthread.reading.document import Place
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.understanding.collapsed import RAN_TOGETHER
from goldthread.reading.understanding.colours import sign_named, sign_of
from goldthread.reading.understanding.criteria import label, split_criteria, split_label
from goldthread.reading.understanding.entries import (
    Entry,
    Item,
    Lines,
    Objective,
    Piece,
    Section,
    TableStart,
    main_role,
    sources,
)
from goldthread.reading.understanding.headings import COMPLETED, Headings, Path
from goldthread.reading.understanding.inside import take_inside
from goldthread.reading.understanding.leads import read_leads
from goldthread.reading.understanding.over import Over, over_of
from goldthread.reading.understanding.statuses import (
    question_of_completion,
    status_in_update,
    status_of,
    status_value,
    timescale_at_end,
    timescale_of,
)
from goldthread.reading.understanding.tables import Grid, is_nothing
from goldthread.reading.understanding.title import names_council, speaks_of_a_day
from goldthread.reading.understanding.trackers import tracker_record

_NUMBER = re.compile(
    r"^\s*(?:(?:key\s+|priority\s+)?recommendation|rec|r)\s*\.?\s*(\d{1,3}[a-z]?)\s*[:.)–-]?\s+(?=\S)|^\s*(\d{1,3})[.)]\s+(?=\S)",
    re.I,
)
_SHARED = (
    "lead",
    "update",
    "status",
    "rag",
    "group",
    "reference",
    "directorate",
    "objective",
    "criteria",
    "criteria_inside",
)
_CALLED = re.compile(r"^(?:recommendation|rec|r)[\s.]*(\d{1,3}[a-z]?)$", re.I)
_ONCE = ("status", "rag", "timescale")  # roles of which an entry has one: further columns are kept beside it
LONGEST_DATE = 9  # words of a cell that says no more than when
_RECOMMENDATION = ("recommendation", "number", "key_risk", "risk_rating", "response", "overseer")


class PlanRecords:
    """Takes the items of a plan in order and adds their records to a reading."""

    def __init__(self, reading: Reading, lines: Lines, known: list[str], headings: Headings) -> None:
        self.reading, self.lines, self.known, self.headings = reading, lines, known, headings
        self.path = Path(headings.names)
        self.over: Over | None = None
        self.completed = False
        self.grid: Grid | None = None
        self._objective: tuple[Objective, int | None] | None = None
        self._recommendation: tuple[str, int] | None = None

    def take(self, item: Item) -> None:
        """Add the records of one item."""
        if isinstance(item, TableStart):
            self._start(item)
        elif isinstance(item, Section):
            self._section(item)
        else:
            self.path.entry()
            if self.over is not None:
                self.over.give(item)
            self._entry(item)

    def _start(self, item: TableStart) -> None:
        self.grid = item.grid
        between = self.headings.between.get(item.grid.block, [])
        kept, over = over_of(item.above or [], between, self.headings.places)
        if over is not None and self._has_no_column_for(over):
            self.over = over
            for piece in over.labels:
                self.reading.furniture.append(Leftover(piece.text, [piece.place], "label above criteria"))
            for heading in item.above or []:
                if heading not in kept:
                    self._label_aside(heading, over, self.headings.places.get(heading, {}))
            self.path.enter(kept if item.above is not None else None)
        else:
            self.over = self.over if item.above is None else None
            self.path.enter(item.above)
        if item.above and item.grid.block in self.headings.themes:
            self.path.enter(item.above[:-1])
            self.path.row(item.above[-1])
            self.path.entry()
        self._see_completed()

    def _section(self, item: Section) -> None:
        text = self.lines.join(item.text)
        if (
            (self.reading.title is not None and text == self.reading.title)
            or speaks_of_a_day(text)
            or names_council(text)
        ):
            self.reading.furniture.append(Leftover(text, [item.place], "title row of a table"))
            return
        if self._criteria_row(item):
            return
        _, over = over_of([text], [], {text: item.place})
        if over is not None and self._has_no_column_for(over):
            self.over = over
            self._label_aside(text, over, item.place)
            return
        self.over = None
        self.path.row(text)
        self._see_completed()

    def _criteria_row(self, item: Section) -> bool:
        """A row that says how success of the objective in the row above is told; False where it says anything else."""
        match = label().match(item.text.strip())
        objective = self.over.objective if self.over is not None else None
        if match is None or objective is None or not objective.pieces:
            return False
        raw = item.text.strip()
        self.reading.furniture.append(Leftover(match.group().strip(), [item.place], "label above criteria"))
        objective.criteria.append(Piece(raw[match.end() :].strip(), item.place))
        return True

    def _label_aside(self, heading: str, over: Over, place: Place) -> None:
        """The label of a heading ("Objective 2:") is furniture, its words are the record."""
        pieces = over.objective.pieces if over.objective is not None else over.recommendation
        words = pieces[0].text if pieces else ""
        shown = heading[: len(heading) - len(words)] if words and heading.endswith(words) else heading
        self.reading.furniture.append(Leftover(shown.strip(), [place] if place else [], "label of a heading"))

    def _has_no_column_for(self, over: Over) -> bool:
        """A labelled heading is what the entries stand under only where no column of the table says it of each."""
        roles = self.grid.roles if self.grid is not None else set()
        if self.grid is None or self.grid.kind != "plan":
            return False
        if not self.grid.columns:  # cards, which say themselves what they stand under where it is not above them
            return True
        if "action" not in roles:
            return False
        return "objective" not in roles if over.objective is not None else "recommendation" not in roles

    def finish(self) -> None:
        """Everything has been taken: what was left aside stays to be listed as unplaced."""
        self._objective = self._recommendation = None

    def garbled(self, text: str, places: Iterable[Place]) -> None:
        """A garbled second print of a passage: furniture, with the reason."""
        self.reading.furniture.append(Leftover(text, list(places), "a garbled second print of the passage beside it"))

    def stray(self, text: str, place: Place) -> None:
        """A mark that conversion left in an empty cell: nothing can be made of it, and it stays listed."""
        if re.search(r"\w", text):
            self.reading.unplaced.append(Leftover(text, [place], "a stray mark in an empty cell"))

    def _see_completed(self) -> None:
        """A list of completed entries: its heading says so, or it has a column of completion and none of what is to come."""
        roles = self.grid.roles if self.grid is not None else set()
        by_columns = "completed" in roles and not roles & {"update", "timescale", "status", "rag"}
        self.completed = by_columns or any(
            COMPLETED.search(part) and len(part.split()) <= 5 for part in self.path.now()
        )

    def _entry(self, entry: Entry) -> None:
        grid = entry.grid
        if grid is not None and grid.kind in ("scorecard", "savings", "benefits", "register"):
            tracker_record(self, entry, grid)
            return
        take_inside(entry, self.reading)
        section = self.section_of(entry)
        objective = self._objective_record(entry, section)
        roles = grid.roles if grid is not None else set()
        if entry.raw("recommendation") and ("action" in roles or entry.raw("action")):
            above = self._recommendation_above(entry, section)
            if entry.raw("action"):
                self._action(entry, section, objective, above)
        elif entry.raw("recommendation"):
            self._recommendation_record(entry, section, whole=True)
        else:
            self._action(entry, section, objective, None)

    def section_of(self, entry: Entry) -> list[str]:
        """The headings an entry stands under, with the theme that a column of its own prints."""
        section = self.path.now()
        group = self.lines.join(entry.raw("group"))
        return [*section, group] if group and group not in section else section

    def add(
        self, kind: str, text: str, fields: dict[str, Any], entry: Entry, names: dict[str, str], section: list[str]
    ) -> int:
        """Add a record; ``names`` says which field the cell of each role became. Gives its index in the reading."""
        pieces = [
            (names.get(role, role or "also"), piece)
            for role, held in entry.cells.items()
            for piece in held
            if role in names or role
        ]
        kept = {key: value for key, value in fields.items() if value not in (None, [], "", {})}
        record = ReadRecord(kind, text, kept, list(section), sources(pieces, entry.grid), confidence=entry.confidence)
        record.questions = [{"ask": ask, "choices": ["yes", "no"]} for ask in entry.questions]
        self.reading.records.append(record)
        for piece in entry.dittos:
            self.reading.furniture.append(Leftover(piece.text, [piece.place], "the same as above"))
        entry.dittos = []
        return len(self.reading.records) - 1

    def leads(self, entry: Entry) -> list[dict[str, str]]:
        """The leads of an entry, from every column of leads."""
        columns: dict[tuple[int, int], list[str]] = {}
        torn = entry.grid is not None and entry.grid.torn
        for n, piece in enumerate(entry.cells.get("lead", [])):
            columns.setdefault((piece.column, 0 if torn else n), []).append(piece.text)
        found: list[dict[str, str]] = []
        for texts in columns.values():
            found += [lead for lead in read_leads("\n".join(texts), self.known) if lead not in found]
        return found

    def shared_fields(self, entry: Entry, own: Collection[str]) -> dict[str, Any]:
        """The fields that every kind of entry can carry; ``own`` are the roles that the caller makes fields of itself."""
        fields: dict[str, Any] = {"leads": self.leads(entry), "update": self._words(entry, "update")}
        dated = "timescale" if entry.raw("timescale") else "revised"
        printed = self._first(entry, dated)
        if printed and printed not in ("-", "–", "—"):
            fields["timescale"] = timescale_of(printed)
        if "timescale" not in fields and entry.cells.get("ticked"):
            fields["timescale"] = timescale_of(self._ticked(entry))
        status = self._first(entry, "status")
        if status and not is_nothing(status):
            fields["status"] = status_of(status)
        elif fields["update"] and entry.grid is not None and not entry.grid.roles & {"status", "rag", "completed"}:
            fields["status"] = status_in_update(fields["update"])
        rag = sign_named(self._first(entry, "rag"))
        fields["rag"] = sign_of(rag) or (rag if not is_nothing(rag) else None)
        fields["reference"] = self.lines.join(entry.raw("reference")) or None
        fields["directorate"] = self.lines.join(entry.raw("directorate")) or None
        fields["also"] = self._also(entry, {*_SHARED, dated, *own})
        return fields

    def _ticked(self, entry: Entry) -> str:
        """The headings of the periods that an entry marks with a cross: "Q2", or the first and the last ("Q3 to Q4")."""
        headings = {c.index: " ".join(c.heading.split()) for c in entry.grid.columns} if entry.grid else {}
        pieces = entry.cells.pop("ticked")
        self.reading.furniture += [Leftover(piece.text, [piece.place], "a mark under its heading") for piece in pieces]
        marked = [headings.get(piece.column, "") for piece in pieces]
        return marked[0] if len(marked) == 1 else f"{marked[0]} to {marked[-1]}"

    def _words(self, entry: Entry, role: str) -> str | None:
        """The text of a role; None where the cell is empty or holds a stroke."""
        text = self.lines.join(entry.raw(role))
        return text if re.search(r"\w", text) else None

    def _first(self, entry: Entry, role: str) -> str:
        """The text of the first column of a role: a status of June is not one with that of September."""
        pieces = [piece for piece in entry.cells.get(role, []) if piece.text.strip()]
        torn = entry.grid is not None and entry.grid.torn
        return self.lines.join("\n".join(p.text for p in pieces if torn or p.column == pieces[0].column))

    def _also(self, entry: Entry, used: Collection[str]) -> list[dict[str, str]]:
        """What stands in columns that the format has no field for, kept beside the record under its printed heading."""
        kept = [{"heading": label, "text": self.lines.join(piece.text)} for label, piece in entry.notes if piece.text]
        headings = {c.index: " ".join(c.heading.split()) for c in entry.grid.columns} if entry.grid else {}
        for role, pieces in entry.cells.items():
            once = role in _ONCE and not (entry.grid is not None and entry.grid.torn)
            if role in used and not once:
                continue
            columns = list(dict.fromkeys(piece.column for piece in pieces if piece.text.strip()))
            for column in columns[1:] if role in used else columns:
                text = self.lines.join("\n".join(piece.text for piece in pieces if piece.column == column))
                if text:
                    kept.append({"heading": headings.get(column, ""), "text": text})
        return kept

    def _objective_record(self, entry: Entry, section: list[str]) -> tuple[str, int | None] | None:
        """The objective an entry stands under: its text and, the first time it comes, a record of its own.

        A list of completed entries repeats objectives that stand elsewhere: there the action carries the text alone.
        """
        objective = entry.objective
        if objective is None:
            return None
        printed, inside = split_label(objective.raw)
        text = self.lines.join(printed)
        if self._objective is not None and self._same_objective(self._objective, objective, text, section):
            self._more_criteria(objective)
            if self._objective[0] is not objective:  # a card prints it again, with the criteria inside its cell
                for piece in objective.pieces:
                    for match in label().finditer(piece.text):
                        again = Leftover(piece.text[match.start() :], [piece.place], "the same as above")
                        self.reading.furniture.append(again)
            return text, self._objective[1]
        for piece in objective.pieces:
            for match in label().finditer(piece.text):
                self.reading.furniture.append(Leftover(match.group().strip(), [piece.place], "label inside a cell"))
        index = None
        criteria = self._criteria(objective, inside)
        if self.completed:
            entry.cells["criteria_inside"] = [Piece(c, {}) for c in criteria]
        elif text:
            own = Entry({"objective": objective.pieces, "criteria": objective.criteria}, grid=entry.grid)
            names = {"objective": "text", "criteria": "success_criteria"}
            index = self.add("objective", text, {"success_criteria": criteria}, own, names, section)
        self._objective = (objective, index)
        return text, index

    def _same_objective(
        self, before: tuple[Objective, int | None], objective: Objective, text: str, section: list[str]
    ) -> bool:
        """The objective above again: the same cell, or the same words under the same headings (cards repeat them)."""
        if before[0] is objective:
            return True
        if before[1] is None or not text:
            return False
        record = self.reading.records[before[1]]
        return record.text == text and record.section == section and not objective.criteria

    def _more_criteria(self, objective: Objective) -> None:
        """Criteria that stand beside later actions of an objective belong to it too."""
        index = self._objective[1] if self._objective is not None else None
        if index is None or not objective.criteria:
            return
        record = self.reading.records[index]
        criteria = self._criteria(objective, split_label(objective.raw)[1])
        if criteria != record.fields.get("success_criteria", []):
            record.fields["success_criteria"] = criteria
            pieces = [("text", piece) for piece in objective.pieces] + [
                ("success_criteria", p) for p in objective.criteria
            ]
            record.source = sources(pieces, self.grid)

    def _criteria(self, objective: Objective, inside: str | None) -> list[str]:
        criteria = split_criteria(inside or "", self.lines)
        for piece in objective.criteria:
            text = split_label(piece.text)
            criteria += split_criteria(text[1] or text[0], self.lines, piece.bullets)
        return criteria

    def _action(
        self,
        entry: Entry,
        section: list[str],
        objective: tuple[str, int | None] | None,
        above: tuple[str | None, int] | None,
    ) -> None:
        role = (
            "action"
            if entry.raw("action") or "action" in (entry.grid.roles if entry.grid else ())
            else main_role(entry.grid)
            if entry.grid
            else "action"
        )
        text = self.lines.join(entry.raw(role))
        if not text:
            if not any(entry.raw(name) for name in ("lead", "update", "timescale", "status", "rag", "completed")):
                return
            entry.questions.append("No action is printed beside this objective. Is its text the action?")
            text = objective[0] if objective else ""
            if not text:
                return
        taken = (role, "completed", "number", *(_RECOMMENDATION if above else ("overseer",)))
        fields = self.shared_fields(entry, taken)
        fields["objective"] = objective[0] if objective and role != "objective" else None
        fields["recommendation"] = above[0] if above else None
        if role != "objective" and entry.objective is None:
            fields["success_criteria"] = [
                c for p in entry.cells.get("criteria", []) for c in split_criteria(p.text, self.lines, p.bullets)
            ]
        elif entry.cells.get("criteria_inside"):
            fields["success_criteria"] = [piece.text for piece in entry.cells.pop("criteria_inside")]
        if not fields["reference"]:
            fields["reference"] = self.lines.join(entry.raw("number")) if not above else None
        fields["group"] = self.lines.join(entry.raw("overseer")) if not above else None
        completed = self.lines.join(entry.raw("completed"))
        fields["completed"] = completed if not is_nothing(completed) else None
        if self.completed:
            self._ask_completion(entry, fields)
        names = {
            role: "text",
            "lead": "leads",
            "update": "update",
            "timescale": "timescale",
            "completed": "completed",
            "status": "status",
            "rag": "rag",
        }
        index = self.add("action", text, fields, entry, names, section)
        parent = above[1] if above else objective[1] if objective else None
        self.reading.records[index].parent = parent

    def _ask_completion(self, entry: Entry, fields: dict[str, Any]) -> None:
        """An entry listed as completed is complete unless its own words say otherwise: then it stays open, with a question."""
        ask = question_of_completion(fields.get("completed"), fields.get("update"), self.reading.as_at)
        # What ran together is asked about already: its date went missing with the rest, or is lost in other words.
        lost = RAN_TOGETHER in entry.questions and len((fields.get("completed") or "").split()) not in range(
            1, LONGEST_DATE
        )
        if ask and not lost:
            entry.questions.append(ask)
        if not fields.get("status"):
            printed = fields.get("completed") or ""
            value = (status_value(printed) if ask else None) or ("in progress" if ask else "complete")
            fields["status"] = {"text": printed if status_value(printed) else None, "value": value}

    def _recommendation_above(self, entry: Entry, section: list[str]) -> tuple[str | None, int]:
        """The recommendation that an action answers; its record is made the first time it comes."""
        text = " ".join(entry.raw("recommendation").split())
        if self._recommendation is not None and self._recommendation[0] == text:
            index = self._recommendation[1]
        else:
            own = Entry({role: entry.cells[role] for role in _RECOMMENDATION if role in entry.cells}, grid=entry.grid)
            index = self._recommendation_record(own, section, whole=False)
            self._recommendation = (text, index)
        number = self.reading.records[index].fields.get("number")
        return (str(number) if number else None, index)

    def _recommendation_record(self, entry: Entry, section: list[str], *, whole: bool) -> int:
        raw = entry.raw("recommendation")
        number = self.lines.join(entry.raw("number")) or None
        match = _NUMBER.match(raw)
        if match and number is None:
            place = entry.cells["recommendation"][0].place
            self.reading.furniture.append(Leftover(match.group().strip(), [place], "number of a recommendation"))
        if match and (number is None or (match.group(1) or match.group(2)) == number.rstrip(".")):
            number, raw = match.group(1) or match.group(2), raw[match.end() :]
        if number is None and entry.raw(
            "reference"
        ):  # what a recommendation is called by, whatever its column is called
            reference = self.lines.join(entry.raw("reference"))
            called = _CALLED.match(reference)
            number = called.group(1) if called else reference
        title, body = self._title_of(raw)
        fields = self.shared_fields(entry, _RECOMMENDATION) if whole else {}
        text, inside = self._timescale_inside(body, entry) if not fields.get("timescale") else (body, None)
        if inside:
            fields["timescale"] = timescale_of(inside)
        rating = self.lines.join(entry.raw("risk_rating"))
        fields |= {
            "number": number.rstrip(".") if number else None,
            "title": title,
            "key_risk": self.lines.join(entry.raw("key_risk")) or None,
            "risk_rating": (int(rating) if re.fullmatch(r"\d+", rating) else rating)
            if rating and not is_nothing(rating)
            else None,
            "response": self.lines.join(entry.raw("response")) or None,
            "group": self.lines.join(entry.raw("overseer")) or None,
        }
        names = {
            "recommendation": "text",
            "lead": "leads",
            **{
                name: name
                for name in ("number", "key_risk", "risk_rating", "update", "timescale", "response", "status", "rag")
            },
        }
        return self.add("recommendation", text, fields, entry, names, section)

    def _title_of(self, raw: str) -> tuple[str | None, str]:
        """A title on a line of its own above the body of a recommendation; without one the whole is its text."""
        first, _, rest = raw.strip().partition("\n")
        first = first.strip()
        if (
            rest.strip()
            and len(first.split()) <= 14
            and not first.endswith((".", ",", ";"))
            and rest.strip()[:1].isupper()
            and len(rest.split()) > 8
        ):
            return first.rstrip(":"), self.lines.join(rest)
        return None, self.lines.join(raw)

    def _timescale_inside(self, text: str, entry: Entry) -> tuple[str, str | None]:
        """A timescale at the end of a recommendation, where the heading of the column says that it stands there."""
        column = entry.grid.column("recommendation") if entry.grid else None
        if column is None or "timescale" not in column.inside:
            return text, None
        return timescale_at_end(text)
