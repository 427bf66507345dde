"""Who tries too often is told so on one page; whoever waits gets on."""

import json
import logging
import time
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from courses.errors import Refusal, TooOften
from courses.limits.trying import limit, limiter
from perfomix import urls as addresses

NOBODY_ANSWERS = "redis+unix:///nowhere/redis.sock?db=2"


def guarded(request):
    limit(action="guarded", who="somebody", rate="1/minute")
    return HttpResponse("once")


urlpatterns = [path("guarded/", guarded), path("", include(addresses))]
handler429 = addresses.handler429


@pytest.fixture(params=["memory", "redis"])
def counting(request, settings):
    """Where tries are counted: in the process, and in a real Redis."""
    if request.param == "redis":
        settings.LIMITS_STORAGE = f"redis+unix://{request.getfixturevalue('redis_socket')}?db=2"
    limiter(settings.LIMITS_STORAGE).storage.reset()


def is_refused(**what) -> bool:
    try:
        limit(**what)
    except TooOften:
        return True
    return False


@pytest.mark.usefixtures("counting")
def test_the_try_beyond_the_limit_is_refused_and_says_how_long_to_wait():
    for _ in range(3):
        limit(action="guess", who=7, rate="3/minute")

    with pytest.raises(TooOften, match="Please wait a while and try again") as refusal:
        limit(action="guess", who=7, rate="3/minute")

    assert isinstance(refusal.value, Refusal)
    assert refusal.value.code == "too_often"
    assert 58 <= refusal.value.wait <= 60


@pytest.mark.usefixtures("counting")
def test_others_and_other_actions_are_counted_apart():
    assert not is_refused(action="guess", who=7, rate="1/minute")
    assert is_refused(action="guess", who=7, rate="1/minute")

    assert not is_refused(action="guess", who=8, rate="1/minute")
    assert not is_refused(action="pay", who=7, rate="1/minute")


@pytest.mark.usefixtures("counting")
def test_the_window_moves_and_a_refused_try_does_not_prolong_it():
    assert not is_refused(action="guess", who=7, rate="2/second")
    time.sleep(0.6)
    assert not is_refused(action="guess", who=7, rate="2/second")
    assert is_refused(action="guess", who=7, rate="2/second")
    time.sleep(0.5)

    # The first try is more than a second old, the second is not.
    assert not is_refused(action="guess", who=7, rate="2/second")
    assert is_refused(action="guess", who=7, rate="2/second")


def test_two_processes_count_together_in_redis(redis_socket, settings):
    settings.LIMITS_STORAGE = f"redis+unix://{redis_socket}?db=2"
    limiter(settings.LIMITS_STORAGE).storage.reset()
    limit(action="guess", who=7, rate="1/minute")

    limiter.cache_clear()  # as another process, which knows nothing of the first

    assert is_refused(action="guess", who=7, rate="1/minute")


def test_without_redis_everybody_gets_on_and_the_log_says_so(settings, caplog):
    settings.LIMITS_STORAGE = NOBODY_ANSWERS
    begun = time.monotonic()

    for _ in range(3):
        limit(action="guess", who=7, rate="1/minute")

    assert time.monotonic() - begun < 2
    lines = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [(line.event, line.action) for line in lines] == [("limit.unavailable", "guess")] * 3


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_the_answer_is_one_page_with_the_time_to_wait(client):
    assert client.get("/guarded/").content == b"once"

    response = client.get("/guarded/")

    assert response.status_code == 429
    assert "<h1>That was too often</h1>" in response.content.decode()
    assert "Try again in 1 minute." in " ".join(response.content.decode().split())
    assert 58 <= int(response["Retry-After"]) <= 60
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_program_gets_json(client):
    client.get("/guarded/")

    response = client.get("/guarded/", headers={"Accept": "application/json"})

    assert response.status_code == 429
    assert json.loads(response.content) == {
        "detail": "That was too often. Please wait a while and try again.",
        "code": "too_often",
    }
    assert 58 <= int(response["Retry-After"]) <= 60


@pytest.mark.django_db
@pytest.mark.parametrize(("accept", "begins"), [("text/html", "<!doc"), ("application/json", "{")])
def test_allauths_own_doors_show_the_same(client, accept, begins):
    def sign_up(number: int):
        return client.post(
            "/accounts/signup/",
            urlencode({"email": f"nobody{number}"}),
            content_type="application/x-www-form-urlencoded",
            headers={"Accept": accept},
        )

    answers = [sign_up(number) for number in range(21)]

    assert [answer.status_code == 429 for answer in answers] == [False] * 20 + [True]
    assert answers[-1].content.decode().lower().startswith(begins)
    assert "That was too often" in answers[-1].content.decode()
