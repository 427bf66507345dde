"""The admin's API of images and documents, which is gone from Wagtail 8.1 on.

Read by ``courses.wagtail_hooks`` below that version only; leave this file out with 8.0.
"""

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class OwnMedia(BaseAPIViewSet):
    """The admin's API lists everybody's media; this one asks the policy."""

    def get_queryset(self) -> QuerySet:
        policy = policy_registry.get_by_type(self.model)
        if policy.meets_everything(self.request.user, {"choose", "change"}):
            return super().get_queryset()
        mine = policy.instances_user_has_any_permission_for(self.request.user, {"choose", "change"})
        return super().get_queryset().filter(pk__in=mine.values("pk"))


class OwnImagesAPI(OwnMedia, ImagesAdminAPIViewSet):
    pass


class OwnDocumentsAPI(OwnMedia, DocumentsAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=100)
def own_media_api(router: WagtailAPIRouter) -> None:
    """After Wagtail's own registrations, which these replace."""
    router.register_endpoint("images", OwnImagesAPI)
    router.register_endpoint("documents", OwnDocumentsAPI)
