"""A table of posts makes a structure, whatever its headings share with those of plans."""

from pathlib import Path

from goldthread.reading.readers import read_document
from goldthread.reading.understanding.kinds import kind_of

POSTS = """Post,Holder,Directorate,Reports to,Statutory roles,Responsible for
Chief Executive,Ines Calder,Corporate,,Head of Paid Service,All services
Director of Finance,Milo Strand,Corporate,Chief Executive,Chief Finance Officer,The budget
Head of Parks,Vacant,Environment,Director of Environment,,Parks and trees
"""
ACTIONS = """Action,Responsible for delivery,Reports to,Timescale,Update
Open the new depot,Head of Parks,Director of Environment,May 2025,On course
Plant 200 trees,Head of Parks,Director of Environment,March 2026,120 planted
"""


def test_a_list_of_post_holders_is_a_structure(tmp_path: Path):
    (tmp_path / "list.csv").write_text(POSTS)
    assert kind_of(read_document(tmp_path / "list.csv")) == "structure-page"


def test_actions_of_posts_are_a_plan(tmp_path: Path):
    (tmp_path / "list.csv").write_text(ACTIONS)
    assert kind_of(read_document(tmp_path / "list.csv")) == "action-plan"
