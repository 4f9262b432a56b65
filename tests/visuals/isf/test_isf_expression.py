from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from songreel.visuals.isf.expression import ExpressionError, check, evaluate

NAMES = {"WIDTH": 640.0, "HEIGHT": 360.0, "quality": 0.5}

numbers = st.floats(0, 1e4, allow_nan=False).map(lambda value: round(value, 3))
leaves = numbers.map(repr) | st.sampled_from(["$WIDTH", "$HEIGHT", "$quality", "pi"])
sums = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"),
        inner.map(lambda text: f"-({text})"),
        st.tuples(st.sampled_from(["floor", "ceil", "abs"]), inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        ),
    ),
    max_leaves=12,
)


def by_python(text: str) -> float:
    known = {"pi": math.pi, "floor": math.floor, "ceil": math.ceil, "abs": abs, "min": min, "max": max}
    return float(eval(text.replace("$", ""), {"__builtins__": {}}, known | NAMES))


@given(sums)
def test_sums_agree_with_python(text: str) -> None:
    try:
        expected = by_python(text)
    except (ArithmeticError, ValueError):
        with pytest.raises(ExpressionError):
            evaluate(text, NAMES)
        return
    assume(math.isfinite(expected))
    assert evaluate(text, NAMES) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(st.text(max_size=40))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        value = evaluate(text, NAMES)
    except ExpressionError:
        return
    assert math.isfinite(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("floor($WIDTH*min((0.3),1.0))", 192),
        ("max(8.0, floor($HEIGHT*$quality/100))", 8),
        ("1 + 2 * 3 - 4 / 2", 5),
        ("2 ^ 3 ^ 2", 512),
        ("-2 ** 2", -4),
        ("7 % 4 + mod(9, 5)", 7),
        ("ROUND(2.5) + sqrt(16)", 7),
        (" .5e1 ", 5),
        ("10 - 3 - 2", 5),
    ],
)
def test_precedence_and_functions(text: str, value: float) -> None:
    assert evaluate(text, NAMES) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "1 +", "(1", "1)", "__import__('os')", "$nothing", "1 / 0", "min()", "abs(1, 2)", "floor", "2 2"),
        *("(" * 200, "9^9^9^9", "-" * 500 + "1", "log(0)"),
    ],
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(text, NAMES)


def test_a_sum_can_be_checked_before_its_names_are_known() -> None:
    check("floor($anything / 2)")
    with pytest.raises(ExpressionError):
        check("floor($anything / )")
