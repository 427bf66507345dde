"""What moderators see: the queue, a submitted course as one thing, what changed, the decision."""
