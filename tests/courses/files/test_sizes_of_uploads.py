"""How large a file may be is said as sizes are everywhere."""

import pytest
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField


@pytest.mark.parametrize(
    ("field", "setting"),
    [
        (WagtailImageField, "WAGTAILIMAGES_MAX_UPLOAD_SIZE"),
        (WagtailDocumentField, "WAGTAILDOCS_MAX_UPLOAD_SIZE"),
    ],
)
def test_the_largest_file_is_told_without_a_nought_behind_the_point(field, setting, settings):
    setattr(settings, setting, 500 * 1024 * 1024)

    assert field().max_upload_size_text == "500\N{NO-BREAK SPACE}MB"
