"""A door that says whom it sees, and lets each in three times."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from courses.limits.trying import limit
from courses.limits.visitors import address_of, network_of
from perfomix import urls


@csrf_exempt
def door(request: HttpRequest) -> JsonResponse:
    if request.method == "POST":
        limit(action="door", who=network_of(request), rate="3/hour")
    return JsonResponse(
        {"address": address_of(request), "scheme": request.scheme, "host": request.get_host()}
    )


urlpatterns = [path("door/", door), path("", include("perfomix.urls"))]
handler400 = urls.handler400
