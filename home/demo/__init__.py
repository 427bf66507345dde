"""A marketplace to look at: courses, people and a year of their doings, all invented.

``content/`` holds the words, the pictures and the films; the modules beside it read them
and build with the same verbs that producers, moderators, buyers and learners use.
"""
