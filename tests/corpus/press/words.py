"""The words of the press: invented people, services and sentences, and headings as councils write them.

They are this package's own. Nothing here is taken from the reader's vocabulary, and nothing may be: the press measures
whether the reader finds its way among words that nobody gave it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random


def _listed(text: str, mark: str = ";") -> list[str]:
    return text.split(mark)


FIRST = _listed(
    "Odalys Tobiah Marigold Fenwick Isaura Caspian Delphine Rufus Aziza Barnaby Ngozi Leopold Zuleika Percival Ondine "
    "Hamish Saoirse Thaddeus Yewande Clement Priyanka Gwendolen Idris Araminta Kofi Rosalba Emrys Tamsin Bartholomew Noor",
    " ",
)
LAST = _listed(
    "Fenwright Marlesham Oakhanger Quillfeather Thistlewood Abernant Dunmallet Okonjo-Pryce Hartlebury Vantongeren "
    "Colquitt Ravensmoor Birkinshaw Pennyfold Adeyinka Lusscombe Trewhella Wexcombe Saltmarsh Greywether Bhattal "
    "Inchmarlo Nettlefold Sorrentine Applegarth Mistlethorn O'Kerrigan Halvergate Drumgold Yarrowby",
    " ",
)
AREAS = _listed(
    "Waste and Recycling;Highways and Lighting;Libraries and Heritage;Adult Learning;Parks and Cemeteries;Trading Standards;"
    "Housing Repairs;Foster Care;Public Protection;Revenues and Benefits;Climate and Energy;School Places;Customer Contact;"
    "Property and Estates;Early Help;Leisure;Planning Enforcement;Procurement;Digital;Workforce"
)
RANKS = ["Head of", "Director of", "Assistant Director", "Assistant Director of", "Service Manager", "Head of Service,"]
TOPICS = _listed(
    "kerbside sweeping rota;street lamp survey;allotment waiting list;foster carer handbook;library opening hours;parking "
    "permit scheme;damp and mould casework;school crossing patrol;burial records archive;household waste booking site;"
    "empty homes register;youth club grants;playground inspection round;business rates helpline;gritting route map;"
    "tree maintenance contract;adult learning prospectus;taxi licence backlog;telecare pendant service;flood gully "
    "programme;holiday activity fund;members' casework inbox;vehicle workshop;pest control price list;care home quality "
    "visits;cycle parking hubs;community alarm stock;museum loan store;meals at home round;market stall lettings;planning "
    "validation desk;homelessness triage desk;bridge inspection cycle;fly-tipping cameras;apprentice levy plan;payroll "
    "error log;asset disposal list;office floor leases;postal vote mailing;noise complaint line;bus shelter cleaning;"
    "school meals tender;fostering allowance review;carers' emergency card;housing allocations policy;garden bin "
    "subscription;dropped kerb requests;coroner's office lease;risk register template;staff idea scheme"
)
VERBS = _listed(
    "Review;Redesign;Publish;Recommission;Roll out;Bring in-house;Pilot;Replace;Simplify;Agree;Extend;Test;Map;Retender;"
    "Consolidate;Rewrite;Introduce;Strengthen;Automate;Renegotiate;Draft;Launch;Consult residents on;Train staff in;Close"
)
PURPOSES = _listed(
    "so that residents wait no more than five days;to release money for prevention;with partners from health and the "
    "voluntary sector;before the next budget round;ward by ward, beginning in the north;using the findings of the spring "
    "survey;in line with the new charging policy;and report the outcome to members;and retire the paper forms;so that "
    "savings can be counted once only;drawing on what neighbouring boroughs have learned;including the three rural depots"
)
AIMS = _listed(
    "Make the {} quicker and cheaper to use;Residents can rely on the {};Improve how the {} is run;A fair and open {};"
    "Reduce the cost of the {} by working together;Get the {} right first time;The {} pays its way;Better oversight of the {}"
)
CRITERIA = _listed(
    "{n}% of users say that the {t} works for them;Fewer than {n} complaints a quarter about the {t};Cost of the {t} falls "
    "by £{n}0,000;Every site of the {t} is visited twice a year;Waiting time for the {t} is under {n} days;The {t} has a "
    "named owner and a plan;No audit action about the {t} is open for longer than {n} weeks;At least {n} partners use the {t}"
)
NEWS = _listed(
    "We have finished the first stage of the {t} and {n} sites were visited.;The tender for the {t} went out in {m} and "
    "drew {k} bids.;Staff were briefed on the {t} in {m}.;A second round of the {t} is under way with {k} teams.;The board "
    "saw the figures for the {t} in {m} and asked for more detail.;Costs stand at £{n},000 against £{k}0,000 planned.;"
    "Recruitment is slow and {k} posts remain empty.;The supplier of the {t} has given notice.;A paper on the {t} goes to "
    "members in {m}.;Some {n}% of the forms are now online."
)
MONTHS = _listed("January February March April May June July August September October November December", " ")
DUE = _listed(
    "{m} {y};{d} {m} {y};Q{q} {y}/{z};By end of {m} {y};{y}/{z};Ongoing;Spring {y};{d}/{i:02d}/{y};End of Q{q} {y}/{z};"
    "{m} {y} onwards"
)
STATUSES = ["On track", "In progress", "Not started", "Delayed", "Completed", "On hold", "Under way", "Ongoing"]
THEMES = _listed(
    "A greener borough;Money and assets;People first;Homes that last;Open and honest;Safe streets;Learning for life;"
    "Our workforce;Digital by choice;Getting about;Healthy ageing;Thriving high streets"
)
BODIES = ["Transformation Board", "Leadership Team", "Audit Committee", "Cabinet", "Digital Board"]
STATUTORY = [
    "Section 151 Officer",
    "Monitoring Officer",
    "Head of Paid Service",
    "Director of Public Health",
    "Returning Officer",
]
PLACES = ["Wexmoor", "Tarnbridge", "Oldacre", "Saltmere", "Hollinford", "Brackenvale", "Stourhaven", "Kingsmallow"]

# Headings of columns: what each says is this package's own list. A few are of its own making on purpose.
HEADINGS: dict[str, list[str]] = {
    "ref": ["Ref", "Ref.", "No.", "Action ID", "#", "Item"],
    "theme": ["Theme", "Priority area", "Workstream", "Pillar", "Ambition"],
    "objective": [
        "Objective",
        "What we want to achieve",
        "Aim",
        "Our goal",
        "Intended outcome",
        "Strategic objective",
        "Ambition we share",
    ],
    "criteria": [
        "Success criteria",
        "How we will know",
        "Measures of success",
        "What good looks like",
        "Success measure(s)",
        "How success will be judged",
    ],
    "action": [
        "Action",
        "Actions",
        "What we will do",
        "Key activity",
        "Tasks",
        "Agreed action",
        "Steps we are taking",
        "Action required",
    ],
    "leads": [
        "Lead",
        "Owner",
        "Lead officer",
        "Responsible officer",
        "By whom",
        "Who",
        "Accountable lead",
        "Who answers for it",
        "SRO",
    ],
    "timescale": [
        "By when",
        "Timescale",
        "Deadline",
        "Target date",
        "Due date",
        "When",
        "Completion date",
        "To be done by",
        "Due",
    ],
    "status": ["Status", "Current status", "Stage", "Where it stands"],
    "rag": ["RAG", "RAG rating", "BRAG", "RAG status", "Traffic light"],
    "update": [
        "Update",
        "Progress",
        "Latest position",
        "Commentary",
        "Progress to date",
        "Comments",
        "What has happened since",
        "Progress update (Q2)",
    ],
    "number": ["No.", "Rec no.", "Rec.", "Number", "#"],
    "recommendation": [
        "Recommendation",
        "Recommendations",
        "Peer team recommendation",
        "What the reviewers recommended",
        "Recommendation made",
    ],
    "indicator": ["Indicator", "Performance measure", "KPI", "Measure", "What we count", "Performance indicator"],
    "target": ["Target", "Target 2025/26", "Annual target", "Year-end target"],
    "actual": ["Actual", "Outturn", "Q2 actual", "Current performance", "Latest result", "Year to date"],
    "period": ["Period", "Reporting period", "Quarter"],
    "saving": ["Saving", "Savings proposal", "Proposal", "Description of saving", "Budget proposal"],
    "directorate": ["Directorate", "Department", "Service", "Service area"],
    "saving_target": ["Target saving £000", "Agreed saving", "Saving agreed (£k)", "Planned saving", "Target"],
    "saving_actual": ["Delivered £000", "Achieved to date", "Saving delivered", "Actual saving", "Forecast"],
    "post": ["Post", "Job title", "Role", "Post title"],
    "reports_to": ["Reports to", "Line manager", "Accountable to"],
    "statutory": ["Statutory role", "Statutory roles", "Statutory responsibility"],
}
# Headings that only documents for judging carry: nobody has looked at how the reader takes them while tuning it.
HELD_BACK: dict[str, list[str]] = {
    "ref": ["Line", "Entry no", "Our ref"],
    "theme": ["Chapter", "Mission", "Block"],
    "objective": [
        "Purpose",
        "What this will change",
        "Improvement sought",
        "Where we want to be",
        "Our promise",
        "Result we are after",
        "Destination",
    ],
    "criteria": [
        "Evidence we will look for",
        "Signs of success",
        "Proof of delivery",
        "What residents will notice",
        "Yardstick",
        "What will be different",
    ],
    "action": [
        "Work to be done",
        "Our response in practice",
        "Planned steps",
        "How we get there",
        "Undertaking",
        "Piece of work",
        "Delivery route",
    ],
    "leads": ["Named officer", "In charge", "Accountable person", "Held by", "Driven by", "Name / post", "Answerable"],
    "timescale": ["Finish by", "Planned end", "Milestone date", "Not later than", "Delivery window", "Schedule"],
    "status": ["Position", "State of play", "How far along", "Phase"],
    "rag": ["Rating", "RAG this month", "Health", "Assurance", "R/A/G"],
    "update": [
        "News since last report",
        "Narrative",
        "Where are we now",
        "Since the last meeting",
        "Story so far",
        "Officer's note",
        "What we did this quarter",
    ],
    "number": ["Seq.", "Rec"],
    "recommendation": [
        "What the team asked of us",
        "Peer recommendation",
        "Point raised by the panel",
        "Advice given",
        "Reviewers' point",
    ],
    "indicator": ["Metric", "What is measured", "Service standard", "Statistic", "In numbers"],
    "target": ["Goal for the year", "Aim 2025/26", "Where we should be", "Level sought", "Standard set"],
    "actual": ["Achieved", "This quarter", "Where we are", "Reading this period", "Figure at quarter end"],
    "period": ["Time covered"],
    "saving": ["Efficiency", "Saving title", "Budget line", "What is being saved", "Change to budget"],
    "saving_target": ["To be saved", "Budgeted saving", "Sum agreed", "In the budget £k"],
    "saving_actual": ["Saved so far", "Secured", "Banked", "Certain by year end"],
    "directorate": ["Part of the council", "Group of services"],
    "post": ["Position title", "Post name", "Job", "Designation"],
    "reports_to": ["Managed by", "Reporting line", "Answers to", "Supervised by"],
}
# What only documents for judging say, and how: the forms of their sentences are not those that the reader was tuned on.
JUDGED_ACTIONS = _listed(
    "Development of a costed plan for the {t};The council will put the {t} on a firm footing by working with its partners;"
    "Quarterly report on the {t} to go to members;{t}: new contract to be let;Working with partners to make the {t} fit for "
    "the next ten years;Regularly check the {t} against the standards of neighbouring boroughs;Implementation of the "
    "agreed changes to the {t};Be clear about who runs the {t};An options paper on the {t}, with costs;To hold two workshops "
    "on the {t} with staff and residents;A fresh look at the {t} by the end of the municipal year"
)
JUDGED_AIMS = _listed(
    "To have a {} that residents trust;We want the {} to be the best of its kind;A {} fit for the next ten years;Nobody "
    "waits for the {};People who use the {} shape it;Less waste and more value from the {}"
)
JUDGED_CRITERIA = _listed(
    "No repeat findings on the {t} in the auditor's next report;Staff can say who runs the {t};The {t} scores {n} out of 100 "
    "in the spring survey;Spend on the {t} within budget by year end;Backlog in the {t} cleared;{n} residents take part"
)
JUDGED_NEWS = _listed(
    "Draft brief for the {t} shared with finance, comments due in {m}.;Nothing to report this quarter on the {t}.;Contract "
    "let for the {t}, start {m}.;Slower than hoped: {k} of the sites still to be visited.;Now complete and part of normal "
    "business.;Meeting with the supplier of the {t} took place in {m}, minutes circulated.;{k} workshops held, {n} people "
    "came.;Consultants have handed over their report on the {t}."
)
JUDGED_DUE = _listed(
    "{a}-{z};TBC;by {d}.{i:02d}.{z};Within six months;{a} {y};Start of {y};Early {y};{y}-{i:02d}-{d:02d};Summer {y}"
)
JUDGED_STATUSES = [
    "Complete",
    "Underway",
    "Some slippage",
    "Closed",
    "Yet to start",
    "Part complete",
    "Overdue",
    "Deferred",
]
JUDGED_TITLES = ["Getting better together", "Our journey", "Building back trust", "Next steps for the council"]
ABOVE = {  # labels of rows over a table, that say what the rows below serve
    "objective": ["Objective", "Aim", "Strategic objective", "Goal"],
    "criteria": ["Success criteria", "How we will know", "Measures of success", "What success looks like"],
}
BESIDE = {  # columns of which the truth says nothing
    "Resources": ["Within budget", "£20k from reserves", "Two officers", "Existing staff", "Grant funded"],
    "Cost (£)": ["None", "15,000", "Met from budget", "40,000", "To be costed"],
    "Link to corporate plan": ["Priority 1", "Priority 2", "Priority 3", "All", "Priority 4"],
    "Interdependencies": ["Digital strategy", "Medium term plan", "None", "Workforce strategy", "Asset plan"],
}
OWNERSHIP = ["Ownership", "Accountability", "Who and when"]
PROGRESS = ["Progress", "Position at September", "Monitoring", "Quarter 2"]
STRENGTHS = ["Strengths", "What is working well", "What went well", "Key strengths"]
IMPROVEMENTS = ["Areas for improvement", "Areas for consideration", "What could be better", "Areas for development"]
PRAISE = _listed(
    "The {t} is well run and much valued by residents.;Partners speak highly of the {t}.;There is strong and visible "
    "leadership of the {t}.;Staff are proud of the {t} and of what they have built.;The council has made good progress with "
    "the {t}.;The {t} is an excellent example of work across services."
)
CRITICISM = _listed(
    "The council needs to give the {t} a clear owner.;There is too little data about the {t}.;The {t} lacks a plan with dates "
    "and costs.;More should be done to join the {t} with the rest of the council.;Progress with the {t} has been too "
    "slow.;Members do not yet have sight of the {t} and its risks."
)
ADVICE = _listed(
    "Give the {t} a single accountable owner and report to members every quarter.;Set out a costed plan for the {t} by the "
    "end of the financial year.;Bring the {t} and the {u} under one board.;Invest in the skills of the people who run "
    "the {t}.;Test the {t} with residents before it is extended to the {u}.;Stop work on the {t} that does not serve "
    "the council's priorities."
)
FILLER = _listed(
    "The minutes of the meeting held in the Guildhall were agreed as a correct record.;Members noted the report of the "
    "Clerk on attendance.;There were no declarations of interest.;The Chair thanked those present for coming.;The press and "
    "public were not excluded.;It was noted that the lift in the Annexe is out of order.;The date of the next meeting will be "
    "given in the calendar."
)
INDICATORS = _listed(
    "{t}: calls answered within two minutes (%);{t}: average days to respond;{t}: number of open cases;{t}: satisfaction of "
    "users (%);{t}: cost for each household (£);{t}: inspections carried out on time (%)"
)


@dataclass
class Speaker:
    """Draws words without repeating a topic until all have been used."""

    rng: Random
    judging: bool = False
    _topics: list[str] = field(default_factory=list)
    _people: list[str] = field(default_factory=list)

    def topic(self) -> str:
        """A service, in lower case."""
        if not self._topics:
            self._topics = self.rng.sample(TOPICS, len(TOPICS))
        return self._topics.pop()

    def person(self) -> str:
        """Somebody who does not exist."""
        if not self._people:
            self._people = [
                f"{f} {s}" for f, s in zip(self.rng.sample(FIRST, 30), self.rng.sample(LAST, 30), strict=True)
            ]
        return self._people.pop()

    def post(self) -> str:
        """A post, as councils name them."""
        return f"{self.rng.choice(RANKS)} {self.rng.choice(AREAS)}"

    def fill(self, sentence: str, topic: str) -> str:
        """A sentence with its places filled: topic, numbers, month."""
        rng = self.rng
        made = sentence.replace("{n}", str(rng.randint(11, 96))).replace("{k}", str(rng.randint(2, 9)))
        made = made.replace("{m}", rng.choice(MONTHS)).replace("{t}", topic).replace("{u}", self.topic())
        return made[0].upper() + made[1:]

    def action(self, topic: str) -> str:
        """What is to be done."""
        if self.odd():
            return self.fill(self.rng.choice(JUDGED_ACTIONS), topic)
        text = f"{self.rng.choice(VERBS)} the {topic}"
        return f"{text} {self.rng.choice(PURPOSES)}" if self.rng.random() < 0.75 else text

    def update(self, topic: str, most: int) -> str:
        """One or more sentences of news."""
        count = self.rng.randint(1, most)
        news = [*NEWS, *JUDGED_NEWS] if self.judging else NEWS
        return " ".join(self.fill(s, topic) for s in self.rng.sample(news, count))

    def odd(self) -> bool:
        """Whether to speak in a way that only documents for judging have."""
        return self.judging and self.rng.random() < 0.5

    def aim(self, topic: str) -> str:
        """What is to be achieved."""
        return self.rng.choice(JUDGED_AIMS if self.odd() else AIMS).format(topic)

    def criterion(self, known: list[str], topic: str) -> str:
        """How success is told, in words that are not among those known."""
        frames = [*CRITERIA, *JUDGED_CRITERIA] if self.judging else CRITERIA
        while True:
            made = self.fill(self.rng.choice(frames), topic)
            if made not in known:
                return made

    def status(self) -> str:
        """How something stands."""
        return self.rng.choice(JUDGED_STATUSES if self.odd() else STATUSES)

    def title(self, usual: list[str]) -> str:
        """The title of a document."""
        return self.rng.choice(JUDGED_TITLES if self.odd() and self.rng.random() < 0.4 else usual)

    def due(self) -> str:
        """When it is to be done, as printed."""
        rng, year = self.rng, self.rng.randint(2024, 2027)
        month = rng.choice(MONTHS)
        return rng.choice(JUDGED_DUE if self.odd() else DUE).format(
            m=month,
            a=month[:3],
            y=year,
            z=(year + 1) % 100,
            d=rng.randint(1, 28),
            q=rng.randint(1, 4),
            i=rng.randint(1, 12),
        )

    def heading(self, role: str, used: set[str]) -> str:
        """A heading for a column that no other column of the document has, and that is then used."""
        known = HEADINGS[role] + (HELD_BACK.get(role, []) if self.judging else [])
        name = self.rng.choice([heading for heading in known if heading not in used])
        used.add(name)
        return name
