from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.phones import as_e164, grouped_number, mobile_as_e164

US, UK, DE, FR = "+15555550100", "+447700900100", "+4930123456", "+33123456789"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+15555550100", "+1 555-555-0100"),
        ("+4915123456789", "+49 1512 3456789"),
        ("+447700900123", "+44 7700 900123"),
        ("+33612345678", "+33 6 12 34 56 78"),
        ("+351912345678", "+351 912 345 678"),
        ("", ""),
        ("whatever", "whatever"),
    ],
)
def test_numbers_are_grouped_as_in_their_own_country(number: str, shown: str) -> None:
    assert grouped_number(number) == shown


@pytest.mark.parametrize(
    ("typed", "like", "number"),
    [
        ("0171 2345678", DE, "+491712345678"),
        ("0171/2345678", DE, "+491712345678"),
        ("07700 900123", UK, "+447700900123"),
        ("06 12 34 56 78", FR, "+33612345678"),
        ("(555) 020-1234", US, "+15550201234"),
        ("1 555 020 1234", US, "+15550201234"),
        ("+44 (0)7700 900123", US, "+447700900123"),
        ("0049 151 23456789", US, "+4915123456789"),
        ("0049 151 23456789", "", "+4915123456789"),
        ("011 44 7700 900123", US, "+447700900123"),
        ("tel:+4915123456789", "", "+4915123456789"),
        ("\u202a+49\u00a0171\u00a02345678\u202c", "", "+491712345678"),
        ("+49 (171) 234-56.78", "", "+491712345678"),
        ("٠٦١٢٣٤٥٦٧٨", FR, "+33612345678"),
    ],
)
def test_numbers_are_read_as_people_type_and_paste_them(typed: str, like: str, number: str) -> None:
    assert mobile_as_e164(typed, like=like) == number


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("0171 2345678", ""),
        ("555-0100", US),
        ("+4917123", ""),
        ("+49", ""),
        ("+", ""),
        ("five", US),
        ("+0123456789", ""),
        ("+15555550100 +15555550101", ""),
        ("+15555550100, +12025550101", US),
        ("0171 2345678 / 0172 3456789", DE),
        ("+15555550100 or 12025550101", US),
        ("+1 555 555 0100 ext 5", ""),
        ("2" * 5000, US),
    ],
)
def test_anything_but_one_whole_number_is_refused(typed: str, like: str) -> None:
    with pytest.raises(ValidationError, match="country code"):
        mobile_as_e164(typed, like=like)


@pytest.mark.parametrize(
    "typed",
    [
        "+1 900 555 0100",
        "+1 800 555 0199",
        "+49 900 1 234567",
        "+44 909 879 0000",
        "+870 773 111 632",
        "+881 6 315 55555",
        "+882 16 123 4567",
    ],
)
def test_premium_toll_free_and_satellite_numbers_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="cannot text"):
        mobile_as_e164(typed)


def test_an_event_may_have_a_toll_free_number() -> None:
    assert as_e164("+1 800 555 0199") == "+18005550199"


@pytest.mark.parametrize(
    ("typed", "countries", "taken"),
    [
        ("+491712345678", ["DE", "AT"], True),
        ("+33612345678", ["DE", "AT"], False),
        ("+16475550100", ["CA"], True),
        ("+18765550100", ["US"], False),
        ("+15555550100", ["US"], True),
    ],
)
def test_a_number_is_from_one_of_the_events_countries(typed: str, countries: list[str], taken: bool) -> None:
    if taken:
        assert mobile_as_e164(typed, countries=countries) == typed
    else:
        with pytest.raises(ValidationError, match="cannot text"):
            mobile_as_e164(typed, countries=countries)


@given(st.text(max_size=40), st.sampled_from(["", US, UK, DE]))
def test_whatever_is_typed_is_refused_or_read_again_the_same(typed: str, like: str) -> None:
    try:
        number = mobile_as_e164(typed, like=like)
    except ValidationError:
        return

    assert mobile_as_e164(number) == number == as_e164(grouped_number(number))
