"""What ``make run`` and ``make test`` do: the environment, the steps, the processes.

``environment`` runs before anything is installed and uses the standard library only.
"""
