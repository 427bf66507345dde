"""What follows a commit, and follows for certain.

``after_commit`` runs a function once the transaction is committed, and keeps one failure from
taking the next along. What must not be lost is a row: ``promising.promise`` writes it with the
change that causes it, a worker keeps it at once, and ``keeping.sweep``, on the clock, finds
whatever was left behind; ``telling.tell_worker`` does the first for rows that have a sweeper
of their own. ``keeping.keeper`` names the function that keeps a promise.
"""
