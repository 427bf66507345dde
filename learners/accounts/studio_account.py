"""Wagtail's own account page, without what lives on ours: name, picture, address, clock."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import ThemePreferencesForm
from wagtail.admin.views import account

# Language and clock are those of the whole site.
ELSEWHERE = (
    account.NameEmailSettingsPanel,
    account.AvatarSettingsPanel,
    account.LocaleSettingsPanel,
)


class AppearanceForm(ThemePreferencesForm):
    class Meta(ThemePreferencesForm.Meta):
        labels = {"theme": _("Colours of the studio")}


class AppearancePanel(account.ThemeSettingsPanel):
    title = _("What the studio looks like")
    form_class = AppearanceForm


class StudioAccountView(account.AccountView):
    def get_panels(self) -> list[account.BaseSettingsPanel]:
        return [
            AppearancePanel(panel.request, panel.user, panel.profile)
            if type(panel) is account.ThemeSettingsPanel
            else panel
            for panel in super().get_panels()
            if not isinstance(panel, ELSEWHERE)
        ]
