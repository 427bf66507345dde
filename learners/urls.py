"""Addresses of the learners app."""

from django.urls import path

from learners.access import views as files
from learners.accounts import views as accounts
from learners.certificates import views as certificates
from learners.study.views import learning, lessons, studying

app_name = "learners"

urlpatterns = [
    path("account/", accounts.account, name="account"),
    path("account/zone/", accounts.zone, name="zone"),
    path("account/teach/", accounts.apply, name="apply"),
    path("account/studio/", accounts.studio_door, name="studio_door"),
    # Where the storage says that pictures are; the rest of MEDIA_URL is not routed.
    path("media/avatars/<str:name>", accounts.avatar, name="avatar"),
    path("learn/course/<uuid:uuid>/", lessons.resume, name="resume"),
    path("learn/<uuid:uuid>/", lessons.lesson, name="lesson"),
    path("learn/<uuid:uuid>/files/<int:document_id>/<str:name>", files.lesson_file, name="file"),
    path("learn/<uuid:uuid>/images/<int:image_id>/<slug:spec>/", files.lesson_image, name="image"),
    path("learn/<uuid:uuid>/complete/", studying.complete, name="complete"),
    path("learn/<uuid:uuid>/incomplete/", studying.incomplete, name="incomplete"),
    path("learn/<uuid:uuid>/position/", studying.position, name="position"),
    path("learn/<uuid:uuid>/quiz/", studying.quiz, name="quiz"),
    path("my-learning/", learning.my_learning, name="my_learning"),
    path("my-learning/<uuid:uuid>/history/", learning.history, name="history"),
    path("my-learning/<uuid:uuid>/review/", learning.review, name="review"),
    path("certificates/verify/", certificates.verify, name="verify"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("certificates/<str:code>/certificate.pdf", certificates.pdf, name="certificate_pdf"),
]
