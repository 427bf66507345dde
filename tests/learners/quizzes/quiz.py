"""A lesson with one question of each kind, and answers to them."""

WHY_WRONG = "FEEDBACK-hides-the-slope"
WHY_RIGHT = "FEEDBACK-finds-the-gentle-side"
EXPLANATION = "EXPLANATION-six-lines"
QUIZ = [
    ("rich_text", "<p>A contour is a promise.</p>"),
    (
        "single_choice",
        {
            "question": "<p>Which interval serves a pram?</p>",
            "options": [
                {"text": "25 m", "correct": False, "feedback": WHY_WRONG},
                {"text": "2 m", "correct": True, "feedback": WHY_RIGHT},
            ],
            "explanation": f"<p>{EXPLANATION}</p>",
        },
    ),
    (
        "multiple_choice",
        {
            "question": "<p>Which belong on every map?</p>",
            "options": [
                {"text": "A scale", "correct": True, "feedback": ""},
                {"text": "A date", "correct": True, "feedback": ""},
                {"text": "Dolphins", "correct": False, "feedback": ""},
            ],
            "explanation": "",
        },
    ),
    (
        "true_false",
        {
            "statement": "<p>A dotted contour is a misprint.</p>",
            "answer": "false",
            "feedback_true": "It is a doubt.",
            "feedback_false": "",
            "explanation": "",
        },
    ),
]
RIGHT = ("2 m", "A scale", "A date", "False")
TWO_RIGHT = ("2 m", "A scale", "A date", "True")


def answers(lesson, *texts):
    """Answers that pick the options with these texts."""
    return {
        block.id: [choice.key for choice in block.value.choices if choice.text in texts]
        for block in lesson.questions
    }
