"""Wagtail's own account page, without what lives on ours: name, picture, address, password."""

from wagtail.admin.views import account

ELSEWHERE = (account.NameEmailSettingsPanel, account.AvatarSettingsPanel)


class StudioAccountView(account.AccountView):
    def get_panels(self) -> list[account.BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if not isinstance(panel, ELSEWHERE)]
