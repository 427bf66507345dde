"""Questions as a learner meets them: shown without their answers, graded on the server.

Verb: ``attempts.submit_quiz``.
"""
