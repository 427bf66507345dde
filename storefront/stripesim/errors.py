"""Errors in Stripe's shape.

Stripe: "Errors", https://docs.stripe.com/api/errors, and "Error codes",
https://docs.stripe.com/error-codes. A body is ``{"error": {"type", "code", "message",
"param", ...}}``; the HTTP status tells the family.
"""


class ApiError(Exception):
    """An answer that is not 2xx. ``status`` is HTTP's, the rest is the error's body."""

    def __init__(
        self, status: int, message: str, *, type: str = "invalid_request_error", **more: str | None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error: dict[str, str] = {"type": type, "message": message} | {
            name: value for name, value in more.items() if value is not None
        }

    def body(self) -> dict:
        return {"error": self.error}


def bad_key(shown: str) -> ApiError:
    return ApiError(401, f"Invalid API Key provided: {shown}")


def no_such(what: str, id: str, param: str = "id") -> ApiError:
    return ApiError(404, f"No such {what}: '{id}'", code="resource_missing", param=param)


def no_such_url(method: str, path: str) -> ApiError:
    return ApiError(404, f"Unrecognized request URL ({method}: {path}).")


def unknown_parameter(param: str) -> ApiError:
    return ApiError(
        400, f"Received unknown parameter: {param}", code="parameter_unknown", param=param
    )


def missing_parameter(param: str) -> ApiError:
    return ApiError(400, f"Missing required param: {param}.", code="parameter_missing", param=param)


def invalid_parameter(param: str, message: str, code: str | None = None) -> ApiError:
    return ApiError(400, message, code=code, param=param)
