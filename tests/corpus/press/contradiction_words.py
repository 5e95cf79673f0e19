"""Sentences in which something does not add up, and beside them sentences that look alike and do.

Each kind has two lists of either sort: the first is for tuning, the second, in other words, only for judging. A sentence
holds places such as {t} (a service), {old} (a month long past) or {money}; ``contradictions`` fills them and knows the truth.
What a plant leaves out (a lead, a date) is taken from the plain entry around it.
"""

from __future__ import annotations

Sentence = dict[str, str]
Lists = tuple[list[Sentence], list[Sentence]]


def listed(*rows: tuple[str, str], **more: str) -> list[Sentence]:
    """Rows of (action, update)."""
    return [{"text": text, "update": update, **more} for text, update in rows]


PLANTS: dict[str, Lists] = {
    "deadline-passed": (
        [
            {
                "text": "Publish the new {t} guide",
                "due": "{past}",
                "update": "A working group has been looking at layouts.",
            },
            {"text": "Retender the {t}", "due": "{past}", "update": ""},
            {
                "text": "Train every team in the {t}",
                "due": "{past}",
                "update": "Sessions are popular with new starters.",
            },
            {
                "text": "Agree a costed plan for the {t} by {past_m}",
                "due": "",
                "update": "Officers meet weekly to share ideas.",
            },
            {
                "text": "Redesign the {t}",
                "due": "",
                "update": "The new {t} will go live in {past_m}. Staff are looking forward to it.",
            },
            {"text": "Map the {t} across all wards", "due": "{past}", "update": "{k} wards have sent in their lists."},
            {
                "text": "Simplify the {t}",
                "due": "",
                "update": "Legal advice was sought. A report is due to go to Cabinet in {past_m}.",
            },
        ],
        [
            {
                "text": "Refurbish the depot for the {t}",
                "due": "{past}",
                "update": "Two suppliers visited the site and left samples.",
            },
            {"text": "Move the {t} to one telephone number", "due": "{past}", "update": ""},
            {
                "text": "Write a charter for the {t}",
                "due": "{past}",
                "update": "The tone of the draft is much liked by the panel.",
            },
            {
                "text": "Have a single register of the {t} in place no later than {past_m}",
                "due": "",
                "update": "Data quality work goes on in three teams.",
            },
            {
                "text": "Offer the {t} online",
                "due": "",
                "update": "The supplier is building forms; testing is scheduled to finish in {past_m}.",
            },
            {
                "text": "Appoint a broker for the {t}",
                "due": "{past}",
                "update": "The job description has gone through the evaluation panel.",
            },
            {
                "text": "Set standards for the {t}",
                "due": "",
                "update": "Consultation responses are with the lead member. Adoption is planned for {past_m}.",
            },
        ],
    ),
    "long-ongoing": (
        [
            {
                "text": "Reduce the cost of the {t}",
                "due": "Started in {old_m}, ongoing",
                "update": "Savings are being looked for.",
            },
            {
                "text": "Visit each site of the {t}",
                "due": "Ongoing",
                "update": "The visits began in {old_m} and are ongoing.",
            },
            {
                "text": "Improve signs for the {t}",
                "due": "Ongoing since {old_m}",
                "update": "New signs go up as money allows.",
            },
            {
                "text": "Tidy the records of the {t}",
                "due": "",
                "update": "This has been ongoing since {old_m}. Boxes are being sorted.",
            },
            {
                "text": "Promote the {t}",
                "due": "Continuous",
                "update": "The campaign was launched in {old_m} and continues.",
            },
            {
                "text": "Support users of the {t}",
                "due": "Ongoing",
                "update": "Work started on {old_d}. Support is given face to face.",
            },
        ],
        [
            {
                "text": "Clear the backlog of the {t}",
                "due": "Commenced {old_m} – ongoing",
                "update": "The team meets on Tuesdays.",
            },
            {
                "text": "Review charges for the {t}",
                "due": "On-going",
                "update": "Under way since {old_m}; a little at a time.",
            },
            {
                "text": "Recruit volunteers for the {t}",
                "due": "From {old_m}, rolling",
                "update": "Volunteers come and go.",
            },
            {
                "text": "Raise the profile of the {t}",
                "due": "",
                "update": "We have been doing this since {old_m} and the work is still in progress.",
            },
            {
                "text": "Update web pages about the {t}",
                "due": "Rolling programme",
                "update": "Begun in {old_m}, this is a continuing piece of work.",
            },
            {
                "text": "Tackle misuse of the {t}",
                "due": "Ongoing",
                "update": "First introduced in {old_m}. Patrols carry on.",
            },
        ],
    ),
    "no-criterion": (
        [
            {"criterion": "", "text": "", "update": ""},
            {
                "criterion": "Average wait for the {t} falls below {n} days",
                "update": "Posters were printed and a mascot was chosen.",
            },
            {
                "criterion": "{goal}% of users of the {t} say it is easy to use",
                "update": "The contractor changed its vans in {recent}.",
            },
            {
                "criterion": "Spend on the {t} is cut by {money}",
                "update": "Staff took part in an away day about values.",
            },
            {"criterion": "Complaints about the {t} halve", "update": "The logo was agreed with the lead member."},
        ],
        [
            {"criterion": "", "text": "", "update": ""},
            {
                "criterion": "At least {goal}% of visits for the {t} happen on the planned day",
                "update": "A new uniform has been ordered.",
            },
            {
                "criterion": "Unit cost of the {t} is {money} or less",
                "update": "Colleagues attended a conference in {recent}.",
            },
            {
                "criterion": "Sickness in the {t} team drops to {k} days for each employee",
                "update": "The office was repainted over the holidays.",
            },
            {
                "criterion": "The number of repeat requests about the {t} goes down",
                "update": "Terms of reference were drawn up for a group of champions.",
            },
        ],
    ),
    "two-figures": (
        listed(
            (
                "Deliver the {money} programme for the {t}",
                "The {money2} programme for the {t} was presented to the board.",
            ),
            ("Make the {money} saving from the {t}", "The saving of {money2} from the {t} stands in the budget."),
            ("Use the {money} grant for the {t}", "Terms of the {money2} grant for the {t} were signed."),
            (
                "Review the {t}",
                "The {t} has a budget of {money}. Officers explained the {t} budget of {money2}.",
            ),
            (
                "Fill the {k} vacant posts in the {t} team",
                "Adverts for the {k2} vacant posts in the {t} team went out.",
            ),
            ("Replace {n} lamps of the {t}", "A contractor will replace {n2} lamps of the {t}."),
            ("Raise charges for the {t} by {k}%", "Letters about raising charges for the {t} by {k2}% were sent."),
        ),
        listed(
            ("Invest {money} in the {t}", "Of the {money2} investment in the {t}, none is committed yet."),
            (
                "Close the {money} budget gap of the {t}",
                "The budget gap of the {t}, {money2}, was discussed with the section 151 officer.",
            ),
            (
                "Spend the {money} of capital set aside for the {t}",
                "Cabinet noted that {money2} of capital is set aside for the {t}.",
            ),
            (
                "Modernise the {t}",
                "The contract for the {t} is worth {money} a year. The {t} contract, {money2} a year, is up for renewal.",
            ),
            ("Merge the {k} teams that run the {t}", "The {k2} teams that run the {t} have met."),
            ("Survey the {n} sites of the {t}", "Letters have gone to all {n2} sites of the {t}."),
            ("Bring the {t} within a limit of {money}", "Weekly meetings keep the {t} within its limit of {money2}."),
        ),
    ),
    "false-rate": (
        listed(
            (
                "Promote the {t}",
                "Since 1 {since_m}, {total} people have used the {t} (approximately {rate_false} per month).",
            ),
            ("Answer requests for the {t}", "{part} of {whole} requests were answered in time ({pct_false}%)."),
            ("Award grants for the {t}", "{cnt} grants totalling £{sum} were made, an average of £{avg_false} each."),
            ("Cut errors in the {t}", "Errors fell from {high} to {low}, a reduction of {chg_false}%."),
            ("Run sessions for the {t}", "Over {weeks} weeks {wtotal} residents came, about {wrate_false} a week."),
            ("Inspect sites of the {t}", "{part} out of {whole} sites have been inspected, which is {pct_false}%."),
        ),
        listed(
            (
                "Grow the {t}",
                "Take-up has been good: {total} bookings since {since_m}, or {rate_false} a month on average.",
            ),
            ("Check quality in the {t}", "We sampled {whole} cases and {part} passed, a pass rate of {pct_false}%."),
            ("Support carers through the {t}", "Payments of £{sum} went to {cnt} carers (£{avg_false} per carer)."),
            ("Bring down referrals to the {t}", "Referrals dropped by {chg_false}%, from {high} to {low}."),
            (
                "Widen access to the {t}",
                "In the past {weeks} weeks {wtotal} calls were taken, an average of {wrate_false} each week.",
            ),
            ("Visit users of the {t}", "So far {part} visits of the {whole} planned are done, {pct_false} per cent."),
        ),
    ),
    "missed-target": (
        [
            {
                "text": "Answer calls about the {t}",
                "criterion": "{goal}% of calls about the {t} are answered in time",
                "update": "{short}% of calls about the {t} were answered in time. This is a strong performance.",
            },
            {
                "text": "Improve the {t}",
                "update": "Against a target of {goal}%, {short}% of forms were right first time. Good progress has been made.",
            },
            {
                "text": "Speed up the {t}",
                "update": "The target is {gdays} days and the average for the {t} is now {sdays} days. We are on track.",
            },
            {
                "text": "Collect income from the {t}",
                "criterion": "£{goalm} is collected from the {t}",
                "update": "£{shortm} was collected from the {t} by year end, an excellent result.",
            },
            {
                "text": "Stay in the top quartile for the {t}",
                "update": "The {t} is ranked {rank} of {among} councils. Performance remains strong.",
            },
            {
                "text": "Recruit to the {t}",
                "criterion": "{goaln} apprentices start in the {t}",
                "update": "{shortn} apprentices have started in the {t}. The scheme is going very well.",
            },
        ],
        [
            {
                "text": "Raise satisfaction with the {t}",
                "criterion": "At least {goal}% of residents are satisfied with the {t}",
                "update": "Satisfaction with the {t} stood at {short}%, which is very encouraging.",
            },
            {
                "text": "Tighten the {t}",
                "update": "We reached {short}%, compared with the {goal}% aimed for. The team is performing well.",
            },
            {
                "text": "Shorten queues at the {t}",
                "criterion": "Waiting time at the {t} is no more than {gdays} days",
                "update": "Waiting time at the {t} is {sdays} days. Pleasing results all round.",
            },
            {
                "text": "Secure sponsors for the {t}",
                "criterion": "Sponsors give £{goalm} to the {t}",
                "update": "Sponsors have given £{shortm} to the {t}. A great success.",
            },
            {
                "text": "Be in the best quarter of councils for the {t}",
                "update": "The {t} came {rank} out of {among}. We continue to do well.",
            },
            {
                "text": "Plant trees along the {t}",
                "criterion": "{goaln} trees are planted for the {t} in the year",
                "update": "{shortn} trees were planted for the {t} in the year. Delivery is firmly on course.",
            },
        ],
    ),
    "cadence": (
        listed(
            ("Survey users of the {t} {cad}", "The last survey was in {overdue_m} and led to a plan."),
            ("Report on the {t} to the board {cad}", "The most recent report went to the board in {overdue_m}."),
            ("Hold a forum about the {t} {cad}", "The forum last met in {overdue_m}."),
            ("Audit the {t} {cad}", "An audit of the {t} was carried out in {overdue_m}. Findings were shared."),
            (
                "The {t} register is to be reviewed {cad}",
                "The register was reviewed in {overdue_m} by the head of service.",
            ),
            ("Publish figures for the {t} {cad}", "Figures were last published in {overdue_m}."),
        ),
        listed(
            ("A newsletter on the {t} goes out {cad}", "The latest issue appeared in {overdue_m}."),
            ("Members are briefed {cad} on the {t}", "Members had their briefing in {overdue_m} and welcomed it."),
            ("Test the {t} {cad}", "Testing took place in {overdue_m}; lessons were noted."),
            (
                "Convene the {t} steering group {cad}",
                "No meeting of the steering group has been held since {overdue_m}.",
            ),
            ("Benchmark the {t} {cad} with neighbours", "Our previous comparison dates from {overdue_m}."),
            ("Refresh the risk log of the {t} {cad}", "The risk log was refreshed in {overdue_m}."),
        ),
    ),
    "completed-later": (
        [
            {
                "text": "Launch a module for the {t}",
                "status": "Completed",
                "update": "Development is scheduled for {later_m}.",
            },
            {
                "text": "Bring the {t} in-house",
                "status": "Completed",
                "update": "Staff transfer in {soon_m} and systems follow.",
            },
            {
                "text": "Set up a board for the {t}",
                "status": "Complete",
                "update": "Membership is still being discussed and the first meeting has not yet taken place.",
            },
            {
                "text": "Roll out the {t}",
                "status": "Completed",
                "update": "The roll-out started in {recent} and is ongoing.",
            },
            {"text": "Consult on the {t}", "status": "Completed", "update": "Consultation will open in {soon_m}."},
            {
                "text": "Replace the {t} system",
                "status": "Completed",
                "update": "Half of the sites have moved; the remainder are due by {later_m}.",
            },
        ],
        [
            {
                "text": "Adopt a policy for the {t}",
                "status": "Completed",
                "update": "A draft goes to Cabinet for decision in {soon_m}.",
            },
            {
                "text": "Open a hub for the {t}",
                "status": "Completed",
                "update": "Builders are on site, with handover expected in {later_m}.",
            },
            {
                "text": "Fill posts in the {t}",
                "status": "Completed",
                "update": "Interviews remain to be held for {k} posts.",
            },
            {
                "text": "Digitise the {t}",
                "status": "Completed",
                "update": "About a third of the files are scanned and the work carries on.",
            },
            {
                "text": "Join up the {t} with health partners",
                "status": "Complete",
                "update": "We await sign-off from partners before this can begin.",
            },
            {
                "text": "Renew leases for the {t}",
                "status": "Completed",
                "update": "Terms are to be agreed in {soon_m}.",
            },
        ],
    ),
    "given-up": (
        listed(
            (
                "Use the {t} hub to speed up discharge",
                "It was decided to withdraw from the {t} hub at the end of {recent}.",
            ),
            ("Build on the {t} partnership to share costs", "The council left the {t} partnership in {recent}."),
            ("Reduce visits through the {t} app", "The {t} app has been switched off because of its cost."),
            (
                "Deliver training by means of the {t} academy",
                "The {t} academy closed in {recent} and its staff were redeployed.",
            ),
            ("Rely on the {t} contract for peaks in demand", "We have terminated the {t} contract."),
            ("Work through the {t} panel to place children locally", "The {t} panel has been stood down."),
        ),
        listed(
            ("Expand the {t} network to reach rural wards", "Funding was lost and the {t} network has folded."),
            ("Make use of the {t} framework for purchases", "Officers have decided not to renew the {t} framework."),
            (
                "Save money by sharing the {t} service with a neighbour",
                "Our neighbour pulled out and the {t} service is no longer shared.",
            ),
            ("Draw on the {t} reserve of temporary staff", "The {t} reserve was abolished in {recent}."),
            ("Extend the {t} scheme to older people", "The {t} scheme ceased in {recent}."),
            (
                "Deploy the {t} dashboard in every team",
                "The {t} dashboard is being scrapped in favour of spreadsheets.",
            ),
        ),
    ),
    "two-dates": (
        listed(
            (
                "Open the {t} centre",
                "The {t} centre will open in {soon_m}. Recruitment is in hand so that the {t} centre can open in {later_m}.",
            ),
            (
                "Complete the move of the {t} by {soon_m}",
                "Planning goes on; the move of the {t} completes in {later_m}.",
            ),
            (
                "Launch the {t} portal in {soon_m}",
                "Testing has gone smoothly ahead of the launch of the {t} portal in {later_m}.",
            ),
            (
                "Let the {t} contract",
                "The {t} contract will be let in {soon_m}. Bidders know that the {t} contract is to be let in {later_m}.",
            ),
            ("Take the {t} strategy to Cabinet in {soon_m}", "The {t} strategy goes to Cabinet in {later_m}."),
        ),
        listed(
            (
                "Switch on the new {t} system in {soon_m}",
                "Users are being told that the new {t} system is switched on in {later_m}.",
            ),
            (
                "Finish the {t} works",
                "The {t} works finish in {soon_m}. Residents have letters saying that the {t} works are finished in {later_m}.",
            ),
            ("Hold the {t} conference in {soon_m}", "Speakers are booked for the {t} conference in {later_m}."),
            (
                "Hand over the {t} building by {soon_m}",
                "Snagging lists are kept. Handover of the {t} building is set for {later_m}.",
            ),
            (
                "Introduce charges for the {t} from {soon_m}",
                "Leaflets explain that charges for the {t} are introduced from {later_m}.",
            ),
        ),
    ),
    "unchanged": (
        listed(
            (
                "Improve access to the {t}",
                "The group continues to meet and is considering options for the {t} with partners.",
            ),
            (
                "Strengthen the {t}",
                "Recruitment for the {t} is in hand and interviews are being arranged with the panel.",
            ),
            (
                "Automate the {t}",
                "The supplier of the {t} is preparing a proposal that will be looked at by the board.",
            ),
        ),
        listed(
            (
                "Modernise how we run the {t}",
                "Discussions with the contractor about the {t} are positive and a paper is being drafted.",
            ),
            (
                "Share the {t} with neighbours",
                "Heads of terms for the {t} are with lawyers on both sides, who exchange comments.",
            ),
            (
                "Raise the quality of the {t}",
                "A self-assessment of the {t} is being prepared by the service and its critical friend.",
            ),
        ),
    ),
    "lead-gone": (
        [
            {
                "text": "Redesign the {t}",
                "leads": "{person}",
                "update": "{person} left the council in {recent}. Options are being written.",
            },
            {
                "text": "Digitise the {t}",
                "leads": "{person}",
                "update": "Since {person} retired the project board has met twice.",
            },
            {
                "text": "Consolidate the {t}",
                "leads": "{post}",
                "update": "The post of {post} was deleted in the restructure.",
            },
            {
                "text": "Renegotiate the {t}",
                "leads": "{post}",
                "update": "The {post} post is vacant. Talks with the supplier go on.",
            },
            {
                "text": "Test the {t}",
                "leads": "{person} ({post})",
                "update": "Following the departure of {person}, tests are paused.",
            },
        ],
        [
            {
                "text": "Extend the {t}",
                "leads": "{person}",
                "update": "{person} has moved to another authority. The survey is out.",
            },
            {
                "text": "Rewrite the {t}",
                "leads": "{person}",
                "update": "With {person} having resigned in {recent}, drafting is slower.",
            },
            {"text": "Recommission the {t}", "leads": "{post}", "update": "The role of {post} no longer exists."},
            {
                "text": "Draft a plan for the {t}",
                "leads": "{post}",
                "update": "There has been no {post} in post since {recent}.",
            },
            {
                "text": "Map the {t}",
                "leads": "{person} ({post})",
                "update": "{person} stepped down in {recent}. Maps are nearly ready.",
            },
        ],
    ),
    "unowned-money": (
        [
            {"text": "Save {money} from the {t}", "leads": "", "update": "Ideas are being collected."},
            {"text": "Reduce spend on the {t} by {money}", "leads": "TBC", "update": "Invoices have been listed."},
            {"text": "Invest {money} in the {t}", "leads": "To be confirmed", "update": "A bid was written."},
            {
                "text": "Find savings in the {t}",
                "update": "The {money} target for the {t} has not been allocated to any service.",
            },
            {"text": "Recover {money} owed to the {t}", "leads": "Vacant", "update": "Reminders went out."},
        ],
        [
            {
                "text": "Generate {money} of income from the {t}",
                "leads": "",
                "update": "Other councils were asked how they do it.",
            },
            {
                "text": "Spend the {money} grant for the {t}",
                "leads": "To be decided",
                "update": "The grant letter came.",
            },
            {"text": "Take {money} out of the {t} budget", "leads": "tbd", "update": "Ledger codes were tidied."},
            {
                "text": "Control costs of the {t}",
                "update": "There is an overspend of {money} on the {t} for which nobody has been made responsible.",
            },
            {"text": "Release {money} from the {t}", "leads": "Not yet assigned", "update": "Workshops took place."},
        ],
    ),
    "pilot-undecided": (
        listed(
            (
                "Pilot the {t} in {k} wards",
                "The pilot ended in {past_m}. Feedback was collected from those who took part.",
            ),
            ("Trial a new {t}", "The trial ran until {past_m} and users liked it."),
            (
                "Test the {t} with residents",
                "The six-month pilot of the {t} finished in {past_m}; data are being looked at.",
            ),
            ("Try out the {t} in one depot", "The trial came to an end in {past_m}. An evaluation is being written."),
            (
                "Run a proof of concept for the {t}",
                "The proof of concept concluded in {past_m} with positive comments.",
            ),
        ),
        listed(
            ("Pilot evening hours for the {t}", "Our pilot closed in {past_m} and {n} people had taken part."),
            ("Trial the {t} with two schools", "Funding for the trial ran out in {past_m}. Both schools enjoyed it."),
            (
                "Pilot the {t} with partners",
                "The pilot period is over (it expired in {past_m}) and learning is being gathered.",
            ),
            ("Test a cheaper {t}", "The test phase was completed in {past_m}. Results are with the team."),
            ("Introduce the {t} as a pilot", "The pilot lasted until {past_m}. Partners have sent their thoughts."),
        ),
    ),
    "benefit-unreported": (
        [
            {
                "text": "Introduce a new {t}",
                "status": "Completed",
                "update": "The new {t} went live in {past_m}. It was expected to save {money} a year.",
            },
            {
                "text": "Consolidate the {t}, which will save {money} in {lastfy}",
                "update": "The teams were brought together in {past_m}.",
            },
            {
                "text": "Renegotiate the {t}",
                "update": "A saving of {money} was anticipated from the {t} contract that began in {past_m}.",
            },
            {
                "text": "Automate the {t}",
                "status": "Completed",
                "update": "Automation finished in {past_m}. The business case forecast {n} hours released a week.",
            },
            {
                "text": "Close the {t} counter",
                "update": "The counter closed in {past_m}. Projected benefits were {money} and shorter queues.",
            },
        ],
        [
            {
                "text": "Merge the {t} with its neighbour",
                "status": "Completed",
                "update": "The merger took effect in {past_m}. The case for it assumed {money} of efficiencies.",
            },
            {
                "text": "Retender the {t}, to yield {money} in {lastfy}",
                "update": "The new provider started in {past_m}.",
            },
            {
                "text": "Install sensors for the {t}",
                "status": "Completed",
                "update": "Sensors have been in place since {past_m}; they should have cut costs by {money}.",
            },
            {
                "text": "Move the {t} online",
                "update": "The online {t} has been open since {past_m}. We estimated that it would free up {money}.",
            },
            {
                "text": "Share premises with the {t}",
                "status": "Completed",
                "update": "The move took place in {past_m}. It was meant to bring in {money} of rent.",
            },
        ],
    ),
}
