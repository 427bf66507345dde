"""What is fastened when all models are there; ``LearnersConfig.ready`` calls ``wire`` once.

Importing this file registers the receivers of signals.
"""

from learners.accounts import receivers as account_receivers
from learners.accounts.roles import appoint_admin
from learners.models.users import UserManager
from learners.study import receivers as study_receivers

__all__ = ["account_receivers", "study_receivers", "wire"]


def wire() -> None:
    UserManager.appoint_admin = staticmethod(appoint_admin)
