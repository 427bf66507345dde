"""Addresses of the learners app."""

app_name = "learners"

urlpatterns = []
