"""The API: who may ask, what may be asked, and what is answered.

One request in order: key, version, address, parameters, idempotency, then the endpoint's
own function inside one transaction. Only the last can be seen twice under the same key.
"""

import base64
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import API_VERSION, events, payments, sessions
from .errors import ApiError, bad_key, no_such_url
from .faults import Rule
from .forms import decode
from .idempotency import fingerprint
from .objects import page_of
from .parameters import Fields
from .parts import Call, Parts

Endpoint = Callable[[Call], dict]

ENDPOINTS: list[tuple[str, str, Fields, Endpoint]] = [
    ("POST", "/v1/checkout/sessions", sessions.CREATE, sessions.create),
    ("GET", "/v1/checkout/sessions", sessions.LIST, sessions.listing),
    ("GET", "/v1/checkout/sessions/{}", sessions.RETRIEVE, sessions.retrieve),
    ("GET", "/v1/checkout/sessions/{}/line_items", sessions.ITEMS, sessions.items),
    ("POST", "/v1/checkout/sessions/{}/expire", sessions.EXPIRE, sessions.expire),
    ("GET", "/v1/payment_intents", payments.LIST, payments.list_intents),
    ("GET", "/v1/payment_intents/{}", payments.RETRIEVE, payments.retrieve_intent),
    ("GET", "/v1/charges", payments.LIST_CHARGES, payments.list_charges),
    ("GET", "/v1/charges/{}", payments.RETRIEVE, payments.retrieve_charge),
    ("POST", "/v1/refunds", payments.REFUND, payments.refund),
    ("GET", "/v1/refunds", payments.LIST_REFUNDS, payments.list_refunds),
    ("GET", "/v1/refunds/{}", payments.RETRIEVE, payments.retrieve_refund),
    ("GET", "/v1/events", events.LIST, events.listing),
    ("GET", "/v1/events/{}", events.RETRIEVE, events.retrieve),
]
ROUTES = [
    (method, re.compile(path.replace("{}", r"([A-Za-z0-9_-]+)")), fields, function)
    for method, path, fields, function in ENDPOINTS
]


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    headers: dict[str, str]  # names in lower case
    body: str


@dataclass
class Answer:
    status: int
    body: dict
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False  # close the connection instead of answering


def authorise(sim: Parts, headers: dict[str, str]) -> None:
    """Bearer, or Basic with the key as the user name. Raises ApiError (401)."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind == "Basic":
        try:
            value = base64.b64decode(value).decode().partition(":")[0]
        except ValueError:
            value = ""
    if not value:
        raise ApiError(401, "You did not provide an API key.")
    if not secrets.compare_digest(value, sim.api_key):
        raise bad_key(value[:8] + "*" * 8)


def answer(sim: Parts, request: Request) -> Answer:
    """Answer one request. Never raises for anything a client can send."""
    request_id = "req_" + secrets.token_urlsafe(12).replace("-", "a").replace("_", "b")
    try:
        result = _answer(sim, request, request_id)
    except ApiError as error:
        result = Answer(error.status, error.body())
    result.headers = {
        "Request-Id": request_id,
        "Stripe-Version": API_VERSION,
        **result.headers,
    }
    return result


def _answer(sim: Parts, request: Request, request_id: str) -> Answer:
    authorise(sim, request.headers)
    version = request.headers.get("stripe-version", API_VERSION)
    if version != API_VERSION:
        raise ApiError(400, f"Invalid Stripe API version: {version} (only {API_VERSION} here)")
    fields, function, ids = _find(request.method, request.path)
    form = decode(request.body if request.method == "POST" else request.query)
    params = fields.read(form)
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    origin = {"id": request_id, "idempotency_key": key}
    fault = sim.faults.take(f"{request.method} {request.path}")
    if fault and fault.what == "fail":
        raise _broken()
    if fault and fault.what == "limit":
        raise ApiError(429, "Too many requests.", code="rate_limit")

    def perform() -> Answer:
        if fault and fault.what == "delay":
            time.sleep(fault.seconds)
        return _run(function, Call(sim, ids, params, origin))

    if key:
        result = _once(sim, key, fingerprint(request.path, form), request_id, perform, fault)
    else:
        with sim.store.transaction():
            result = perform()
    sim.webhooks.wake()
    result.dropped = bool(fault and fault.what == "drop")
    return result


def _find(method: str, path: str) -> tuple[Fields, Endpoint, tuple[str, ...]]:
    for known, pattern, fields, function in ROUTES:
        if known == method and (match := pattern.fullmatch(path)):
            return fields, function, match.groups()
    raise no_such_url(method, path)


def _once(
    sim: Parts,
    key: str,
    print_: str,
    request_id: str,
    perform: Callable[[], Answer],
    fault: Rule | None,
) -> Answer:
    with sim.keys.reserved(key):
        if saved := sim.keys.find(key, print_):
            headers = {"Idempotent-Replayed": "true", "Original-Request": saved.request_id}
            return Answer(saved.status, saved.body, headers)
        with sim.store.transaction():
            result = perform()
            if fault and fault.what == "fail_after":
                broken = _broken()
                result = Answer(broken.status, broken.body())
            sim.keys.save(key, print_, result.status, result.body, request_id)
        return result


def _run(function: Endpoint, call: Call) -> Answer:
    """A refusal by the endpoint is a result like any other: it is saved under the key."""
    try:
        body = function(call)
    except ApiError as error:
        return Answer(error.status, error.body())
    return Answer(200, _expanded(call.sim, body, call.params.get("expand", [])))


def _expanded(sim: Parts, body: dict, paths: list[str]) -> dict:
    """Replace ids by their objects: https://docs.stripe.com/api/expanding_objects."""
    for path in paths:
        body = _expand(sim, body, path.split("."), path)
    return body


def _expand(sim: Parts, node: Any, names: list[str], path: str) -> Any:
    if not names or node is None:
        return node
    if isinstance(node, list):
        return [_expand(sim, item, names, path) for item in node]
    name, rest = names[0], names[1:]
    if name == "line_items" and node.get("object") == "checkout.session":
        held = sim.store.need(node["id"])["_items"]
        url = f"/v1/checkout/sessions/{node['id']}/line_items"
        return node | {"line_items": page_of(held, {"limit": 100}, url)}
    if not isinstance(node, dict) or name not in node:
        raise ApiError(400, f"This property cannot be expanded ({path}).", param="expand")
    value = node[name]
    if isinstance(value, str):
        value = sim.store.get(value)
        if value is None:
            raise ApiError(400, f"This property cannot be expanded ({path}).", param="expand")
    return node | {name: _expand(sim, value, rest, path)}


def _broken() -> ApiError:
    return ApiError(500, "An unknown error occurred (a fault on order).", type="api_error")
