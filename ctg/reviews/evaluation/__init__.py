"""The evaluation of a plan, at mid-term and at the end: five questions, the evidence at hand, the answers."""
