"""What learners add to Wagtail's admin."""

from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("learners.role", "Set the role", "Role set")
    actions.register_action("learners.moderator", "Set moderation", "Moderation set")
