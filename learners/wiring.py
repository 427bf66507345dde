"""What is fastened when all models are there; ``LearnersConfig.ready`` calls ``wire`` once.

Importing this file registers the receivers of signals and the keepers of promises.
"""

from learners.accounts import receivers as account_receivers
from learners.accounts.roles import appoint_admin
from learners.enrollment import following, receivers
from learners.models.users import UserManager

__all__ = ["account_receivers", "following", "receivers", "wire"]


def wire() -> None:
    UserManager.appoint_admin = staticmethod(appoint_admin)
