"""What the tool keeps for ever: annual reviews, the signed plan and its amendments, evaluations, errata."""
