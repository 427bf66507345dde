"""What is fastened when all models are there; ``LearnersConfig.ready`` calls ``wire`` once.

Importing this file registers the receivers of signals.
"""

from learners.accounts import receivers as account_receivers
from learners.accounts.roles import appoint_admin
from learners.enrollment import receivers as study_receivers
from learners.models.users import UserManager

__all__ = ["account_receivers", "study_receivers", "wire"]


def wire() -> None:
    UserManager.appoint_admin = staticmethod(appoint_admin)
