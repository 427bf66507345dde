"""Addresses of the learners app."""

from django.urls import path
from django.views.generic import RedirectView

from learners.views import accounts

app_name = "learners"

urlpatterns = [
    path("my-learning/", RedirectView.as_view(url="/account/"), name="my_learning"),
    path("account/", accounts.account, name="account"),
    path("account/teach/", accounts.apply, name="apply"),
    # Where the storage says that pictures are; the rest of MEDIA_URL is not routed.
    path("media/avatars/<str:name>", accounts.avatar, name="avatar"),
]
