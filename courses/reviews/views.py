from django.http import HttpResponse


def queue(request):
    return HttpResponse("")


def review(request, release_id):
    return HttpResponse("")
