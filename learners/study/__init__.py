"""The reading room: my learning, the lesson with its outline, and what a learner posts from it."""
