"""Who may open what, and why. ``decision.decide`` alone decides; each door asks."""
