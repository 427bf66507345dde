"""Who can log in to the demo, one for each role. Pure data: read before Django is set up."""

PASSWORD = "perfomix-demo"

LOGINS = [
    ("admin@perfomix.example", "admin: everything, refunds and applications included"),
    ("moderator@perfomix.example", "moderator: a course waits for review"),
    ("marit@perfomix.example", "producer of Maps People Can Trust"),
    ("odile@perfomix.example", "producer whose first course is in review"),
    ("casa.lumira@perfomix.example", "producer who was asked for changes"),
    ("learner@perfomix.example", "learner in the middle of three courses, with one certificate"),
]
