"""Send a stored file: bytes with ranges from a disk, a short redirect from a bucket.

Called after the access decision, never before it.
"""

from collections.abc import Iterable
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import IO, Any

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import MissingFileError, Response, SlicedFile, StaticFile

# Seconds that a link to a bucket lives: long enough to start, too short to pass on.
LINK_SECONDS = 60
# Kinds a browser plays or shows inside a lesson; everything else is saved.
INLINE = ("video/", "audio/", "image/", "text/vtt")
# Where the machine's own list of types may know nothing, or something else.
TYPES = {".vtt": "text/vtt; charset=utf-8", ".webm": "video/webm", ".m4v": "video/mp4"}


class PlayedFile(StaticFile):
    """WhiteNoise's responder, which takes a range of one byte for an empty one."""

    def get_range_response(
        self,
        range_header: str,
        base_headers: Iterable[tuple[str, str]],
        file_handle: IO[bytes] | None,
    ) -> Response:
        size = int(dict(base_headers)["Content-Length"])
        start, end = self.get_byte_range(range_header, size)
        if start != end or start >= size:
            return super().get_range_response(range_header, base_headers, file_handle)
        headers = [pair for pair in base_headers if pair[0] != "Content-Length"]
        headers += [("Content-Range", f"bytes {start}-{end}/{size}"), ("Content-Length", "1")]
        body = SlicedFile(file_handle, start, end) if file_handle else None
        return Response(HTTPStatus.PARTIAL_CONTENT, headers, body)


def send_file(request: HttpRequest, file: FieldFile, *, filename: str) -> HttpResponse:
    """``file`` under ``filename``, as a range if one is asked for.

    Media play where they stand; other files are saved and, should a browser open one all
    the same, run in a sandbox. Raises Http404 when the stored file is gone.
    """
    content_type = _type_of(filename)
    inline = content_type.startswith(INLINE)
    disposition = content_disposition_header(not inline, filename) or "inline"
    headers = {
        "Content-Type": content_type,
        "Content-Disposition": disposition,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    try:
        path = file.path
    except NotImplementedError:
        return _redirect_to_bucket(file, content_type, disposition)
    try:
        responder = PlayedFile(path, [*headers.items(), ("Accept-Ranges", "bytes")])
    except MissingFileError as gone:
        raise Http404 from gone
    sent = responder.get_response(request.method, request.META)
    response = WhiteNoiseFileResponse(sent.file or (), status=int(sent.status))
    del response["Content-Type"]
    for name, value in sent.headers:
        response[name] = value
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _type_of(filename: str) -> str:
    suffix = PurePosixPath(filename).suffix.lower()
    return TYPES.get(suffix) or guess_type(filename)[0] or "application/octet-stream"


def _redirect_to_bucket(file: FieldFile, content_type: str, disposition: str) -> HttpResponse:
    """A presigned link that answers as we would; the bucket knows ranges itself."""
    storage: Any = file.storage  # a bucket's, which signs links
    link = storage.url(
        file.name,
        parameters={
            "ResponseContentType": content_type,
            "ResponseContentDisposition": disposition,
        },
        expire=LINK_SECONDS,
    )
    return HttpResponseRedirect(link)
