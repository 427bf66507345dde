"""The lists of learning in the admin, under one entry of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from learners.certificates.lists import CertificateAdmin
from learners.enrollment.lists import EnrollmentAdmin, LessonProgressAdmin
from learners.reviews.lists import ReviewAdmin


class Learning(ModelAdminGroup):
    menu_label = _("Learning")
    menu_icon = "clipboard-list"
    menu_order = 75
    items = (EnrollmentAdmin, LessonProgressAdmin, CertificateAdmin, ReviewAdmin)
