"""The lists of learning in the admin, under one entry of the menu."""

from wagtail_modeladmin.options import ModelAdminGroup

from learners.certificates.lists import CertificateAdmin
from learners.reviews.lists import ReviewAdmin
from learners.study.lists import EnrollmentAdmin, LessonProgressAdmin


class Learning(ModelAdminGroup):
    menu_label = "Learning"
    menu_icon = "clipboard-list"
    menu_order = 350
    items = (EnrollmentAdmin, LessonProgressAdmin, CertificateAdmin, ReviewAdmin)
