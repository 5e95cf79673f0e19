"""Sentences that look like a contradiction and are none, plain entries, and success criteria with what answers them.

As in ``contradiction_words`` the first list of each is for tuning, the second only for judging.
"""

from __future__ import annotations

from tests.corpus.press.contradiction_words import Lists, listed

LOOKALIKES: dict[str, Lists] = {
    "deadline-passed": (
        [
            {
                "text": "Publish a map of the {t}",
                "due": "{past}",
                "update": "Delayed by the printer; the new date is {soon_m}.",
            },
            {
                "text": "Write a guide to the {t}",
                "due": "{past}",
                "status": "Completed",
                "update": "Published in {past_m}.",
            },
            {
                "text": "Order stock for the {t}",
                "due": "{past}",
                "update": "Stock was delivered on time and the action is complete.",
            },
        ],
        [
            {
                "text": "Repair the roof of the {t}",
                "due": "{past}",
                "update": "This slipped because of the weather and is now forecast for {soon_m}.",
            },
            {
                "text": "Elect a chair for the {t}",
                "due": "{past}",
                "status": "Completed",
                "update": "A chair was elected in {past_m}.",
            },
            {"text": "Sign the {t} lease", "due": "{past}", "update": "The lease was signed, so this is finished."},
        ],
    ),
    "long-ongoing": (
        [
            {
                "text": "Support parents through the {t}",
                "due": "Ongoing",
                "update": "Started in {recent}. Parents have been invited.",
            },
            {
                "text": "Run the {t} programme",
                "due": "{old_m} to {later_m}",
                "update": "The programme keeps to its plan.",
            },
        ],
        [
            {"text": "Mentor staff of the {t}", "due": "Ongoing", "update": "Mentors were matched in {recent}."},
            {
                "text": "Deliver the {t} grant scheme",
                "due": "From {old_m} until {later_m}",
                "update": "Round two has opened.",
            },
        ],
    ),
    "two-figures": (
        listed(
            (
                "Deliver the {money} programme for the {t}",
                "The {money} programme for the {t} was presented to the board.",
            ),
            ("Recruit {n} carers for the {t}", "{k} carers have been recruited so far."),
            ("Save {money} on the {t} in {lastfy}", "{moneysmall} has been saved to date."),
            ("Review grants for the {t}", "The capital grant is {money} and the revenue grant {money2}."),
        ),
        listed(
            (
                "Bring {money} of outside money to the {t}",
                "Bids for {moneysmall} are in, which leaves the rest of the {money} to find.",
            ),
            ("Fit {n} meters for the {t}", "The first {k} meters were fitted in {recent}."),
            ("Set fees for the {t}", "The adult fee is £{k} and the child fee £{k2}."),
            ("Manage the {t} within {money}", "Spend to date is {moneysmall} against the {money} available."),
        ),
    ),
    "false-rate": (
        listed(
            (
                "Promote books for the {t}",
                "Since 1 {since_m}, {total} loans were made (approximately {rate_true} per month).",
            ),
            ("Answer letters about the {t}", "{part} of {whole} letters were answered in time ({pct_true}%)."),
            ("Help clubs with the {t}", "{cnt} clubs got £{sum}, an average of £{avg_true} each."),
        ),
        listed(
            ("Lend tools for the {t}", "There were {total} loans since {since_m}, or {rate_true} a month on average."),
            ("Check forms for the {t}", "{part} out of {whole} forms passed, a rate of {pct_true}%."),
            ("Cut queues for the {t}", "Queues fell from {high} to {low} people, or by {chg_true}%."),
        ),
    ),
    "missed-target": (
        [
            {
                "text": "Return calls about the {t}",
                "update": "{met}% of calls were returned, against a target of {goal}%. A strong performance.",
            },
            {
                "text": "Inspect the {t}",
                "update": "Only {short}% of inspections were on time, below the target of {goal}%. A plan is being written.",
            },
        ],
        [
            {
                "text": "Process claims for the {t}",
                "update": "Claims took {mdays} days on average, better than the target of {gdays} days. All is going well.",
            },
            {
                "text": "Enrol learners in the {t}",
                "update": "At {short}%, enrolment is short of the {goal}% aimed for and this is a concern.",
            },
        ],
    ),
    "cadence": (
        listed(
            ("Survey staff about the {t} {cad}", "The last survey was in {kept_m}."),
            ("Report on savings from the {t} {cad}", "Reports continue to go to the board {cad}."),
        ),
        listed(
            ("Inspect vehicles of the {t} {cad}", "The most recent inspection was in {kept_m}."),
            (
                "Brief the unions on the {t} {cad}",
                "Briefings are held {cad}, and the policy behind them dates from {old_m}.",
            ),
        ),
    ),
    "completed-later": (
        [
            {
                "text": "Adopt a code for the {t}",
                "status": "Completed",
                "update": "The code was adopted in {past_m}. It will be reviewed in {later_m}.",
            },
            {"text": "Set up a desk for the {t}", "status": "Completed", "update": "The desk opened in {past_m}."},
        ],
        [
            {
                "text": "Approve a budget for the {t}",
                "status": "Completed",
                "update": "Approved by council in {past_m}; the next budget follows in {later_m}.",
            },
            {
                "text": "Name a champion for the {t}",
                "status": "Completed",
                "update": "A champion was named in {past_m} and serves until {later_m}.",
            },
        ],
    ),
    "given-up": (
        listed(
            ("Close the old {t} depot", "The old {t} depot has been closed."),
            ("Use the {t} panel for hard cases", "The panel meets weekly; a rival scheme was withdrawn."),
        ),
        listed(
            ("Withdraw from the {t} consortium", "We withdrew from the {t} consortium in {recent}."),
            ("Extend the {t} service to weekends", "Weekend hours began in {recent} and paper forms were scrapped."),
        ),
    ),
    "two-dates": (
        listed(
            ("Open the {t} annexe in {soon_m}", "Recruitment starts in {recent} so that the annexe opens in {soon_m}."),
            ("Run the {t} tender", "The tender opens in {soon_m} and the contract starts in {later_m}."),
            ("Launch the {t} website in {soon_m}", "Phase 1 launches in {soon_m} and phase 2 in {later_m}."),
        ),
        listed(
            ("Build the {t} store by {later_m}", "Works begin in {soon_m} and end in {later_m}."),
            ("Consult on the {t}", "Consultation closes in {soon_m}. Cabinet decides in {later_m}."),
            ("Move the {t} to the new hall", "Office staff move in {soon_m}, field staff in {later_m}."),
        ),
    ),
    "unchanged": (
        [
            {
                "text": "Widen the {t}",
                "before": "A first meeting about the {t} was held.",
                "update": "Members chose option B for the {t} and drawings are with planners.",
            },
        ],
        [
            {
                "text": "Shorten the {t}",
                "before": "Staff were asked for ideas on the {t}.",
                "update": "Three ideas for the {t} are being costed by finance.",
            },
        ],
    ),
    "lead-gone": (
        [
            {
                "text": "Replace the {t}",
                "leads": "{person}",
                "update": "{person} joined the council in {recent} and has taken this over.",
            },
            {
                "text": "Digitise maps of the {t}",
                "leads": "{person}",
                "update": "Several long-serving drivers retired in {recent}.",
            },
        ],
        [
            {
                "text": "Introduce a {t} passport",
                "leads": "{person}",
                "update": "{person} was appointed in {recent} after the previous lead left.",
            },
            {
                "text": "Reshape the {t}",
                "leads": "{post}",
                "update": "Two junior posts were deleted. The {post} chairs the board.",
            },
        ],
    ),
    "unowned-money": (
        [{"text": "Save {money} on paper for the {t}", "leads": "{person}", "update": "Printers were removed."}],
        [{"text": "Earn {money} from the {t} café", "leads": "{post}", "update": "A tenant was found."}],
    ),
    "pilot-undecided": (
        listed(
            (
                "Pilot text messages for the {t}",
                "The pilot ended in {past_m} and Cabinet agreed to roll it out everywhere.",
            ),
            ("Trial lockers for the {t}", "The trial runs until {later_m}."),
            ("Pilot a {t} bus", "The pilot was evaluated in {past_m} and discontinued because of cost."),
        ),
        listed(
            ("Pilot a {t} helpline", "The pilot finished in {past_m}; it has since been made permanent."),
            ("Test cameras for the {t}", "Testing is under way and ends in {soon_m}."),
            ("Trial a {t} lottery", "The trial closed in {past_m}. The board decided not to go further."),
        ),
    ),
    "benefit-unreported": (
        [
            {
                "text": "Replace boilers for the {t}",
                "update": "New boilers went in in {past_m}. They were expected to save {money} and have saved {money} so far.",
            },
            {
                "text": "Redesign shifts in the {t}",
                "update": "The new pattern is expected to save {money} from {later_m}.",
            },
        ],
        [
            {
                "text": "Swap vans for the {t}",
                "status": "Completed",
                "update": "Vans were swapped in {past_m}; the {money} that was forecast has been realised in full.",
            },
            {
                "text": "Lease out the {t} hall",
                "update": "Rent of {money} is anticipated once tenants move in in {later_m}.",
            },
        ],
    ),
}

PLAIN: Lists = (
    listed(
        ("Improve the {t}", "A project team has been set up and meets every fortnight."),
        ("Publish a booklet about the {t}", "The text is with the designer."),
        ("Consult residents on the {t}", "The first drop-in session took place in {recent} and {n} people came."),
        ("Train staff in the {t}", "Trainers have been booked."),
        ("Renew the equipment of the {t}", "Quotations came from {k} firms."),
        ("Bring partners together around the {t}", "Health colleagues joined the group in {recent}."),
    ),
    listed(
        ("Make the {t} easier to find", "A designer is at work on the signs."),
        ("Draft standards for the {t}", "Comments on the draft came from {k} teams."),
        ("Recruit a coordinator for the {t}", "The advert appeared in {recent}."),
        ("Link the {t} with the libraries", "Library staff have been shown the system."),
        ("Collect ideas for the {t}", "Over {n} ideas came in at the open day."),
        ("Set up a users' group for the {t}", "The group elected its chair in {recent}."),
    ),
)

MEASURED: tuple[list[tuple[str, str]], list[tuple[str, str]]] = (
    [
        ("{goal}% of users say that the {t} works for them", "In the latest poll {met}% of users were happy with it."),
        ("Fewer complaints about the {t}", "Complaints went down from {high} to {low} in the year."),
        ("The cost of the {t} falls by {money}", "Its cost is down by {money}."),
        ("Waiting time for the {t} is under {gdays} days", "People now wait {mdays} days."),
        ("More partners use the {t}", "The number of partners has grown to {n}."),
    ],
    [
        ("Users rate the {t} as good or better", "Ratings by users were good or better in {met}% of replies."),
        (
            "Average handling time for the {t} is below {gdays} days",
            "Handling took {mdays} days on average in the quarter.",
        ),
        ("Income from the {t} grows", "Income grew to {money} in the year."),
        ("A reduction in missed appointments at the {t}", "Missed appointments are down by {k} a month."),
        ("Staff turnover in the {t} drops", "Turnover dropped to {k}% in {recent}."),
    ],
)
"""Success criteria, each with the sentence of an update that answers it."""
