"""How a course begins: empty, from a template, as a copy of another, or brought from elsewhere.

Verbs: ``planting.plant`` makes a course of a template, ``copying.copy_course`` of another course.
"""
