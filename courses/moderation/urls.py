"""Addresses below ``/admin/reviews/``. Each view asks by itself whose the course is."""

from django.urls import path

from courses.releases import views as parts

from . import views

app_name = "moderation"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:release_id>/", views.review, name="review"),
    path("<int:release_id>/picture/", views.picture, name="picture"),
    path("<int:release_id>/approve/", views.approve, name="approve"),
    path("<int:release_id>/changes/", views.send_back, name="send_back"),
    path("<int:release_id>/restore/", views.restore, name="restore"),
    path("<int:release_id>/changes/<int:item_id>/", views.change, name="change"),
    path("<int:release_id>/lessons/<int:item_id>/", views.lesson, name="lesson"),
    path("<int:release_id>/lessons/<int:item_id>/read/", views.read, name="read"),
    path("<int:release_id>/lessons/<int:item_id>/comment/", views.comment, name="comment"),
    path("course/<int:course_id>/", views.history, name="history"),
    path("course/<int:course_id>/archive/", parts.archive, name="archive"),
    path("course/<int:course_id>/withdraw/", parts.withdraw, name="withdraw"),
    path("part/<int:page_id>/remove/", parts.remove, name="remove"),
    path("part/<int:page_id>/keep/", parts.keep, name="keep"),
]
