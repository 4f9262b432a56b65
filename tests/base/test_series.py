import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.base.series import running_median

VALUES = st.lists(st.floats(-100, 100), max_size=40)


@given(VALUES, st.sampled_from([1, 3, 5, 11]))
def test_each_value_is_the_median_of_its_neighbors(values, width):
    found = running_median(values, width)
    assert len(found) == len(values)
    for index, median in enumerate(found):
        near = [values[min(max(at, 0), len(values) - 1)] for at in range(index - width // 2, index + width // 2 + 1)]
        assert median == pytest.approx(np.median(near))
