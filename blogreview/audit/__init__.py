"""The trail: every change to people, deadlines, rubric, reviews' state and grades."""
