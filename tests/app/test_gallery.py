"""What cannot be a sheet is refused before anything is drawn."""

import pytest

from songreel.app import gallery
from songreel.base.errors import BadRequest


@pytest.mark.parametrize("name", ["sheet.txt", "sheet", "sheet.mp4"])
def test_a_sheet_is_a_picture(tmp_path, name):
    with pytest.raises(BadRequest, match=name):
        gallery.sheet(tmp_path / name)
