import pytest

from sms.segments import segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("éñüàÇ\n@" * 20, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ç" * 70, 1),
        ("ç" * 71, 2),
        ("ready ’" + "a" * 63, 1),
        ("ready ’" + "a" * 64, 2),
        ("☕" * 70, 1),
        ("🥐" * 35, 1),
        ("🥐" * 36, 2),
    ],
)
def test_segments_are_counted_as_carriers_do(text: str, count: int) -> None:
    assert segments(text) == count


def test_a_character_of_two_units_is_not_torn_apart() -> None:
    # 152 letters and a euro sign, which counts as two units, exceed the 153 units of a segment. The euro sign therefore
    # moves to the next segment.
    assert segments("a" * 152 + "€" + "a" * 152) == 3
