"""Parses and formats phone numbers with Google's library, which knows every country's rules. Numbers are stored as
E.164."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from accounts.models import USER_ID

#: Types of numbers that Expresso does not text: they cost the sender extra, or are no person's phone.
NOT_TEXTED = {
    PhoneNumberType.PAGER,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
}


def grouped_number(number: str) -> str:
    """Return a stored number with spaces as usual in its country, such as "+44 7700 900123". Other texts stay
    unchanged."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return number


def is_user_id(text: str) -> bool:
    """Return whether the text is the id of a WhatsApp user. Such an id is no phone number, so it cannot be formatted or
    called."""
    return re.fullmatch(USER_ID, text) is not None


def as_e164(typed: str, *, like: str = "") -> str:
    """Parse a typed or pasted number, and return it as E.164.

    A number without a country code is read as a number of the same country as `like`, which is an event's own number.
    Raise ValidationError if it is not valid."""
    return phonenumbers.format_number(_parsed(typed, like), PhoneNumberFormat.E164)


def mobile_as_e164(typed: str, *, like: str = "", countries: Collection[str] = ()) -> str:
    """Parse the mobile number that a guest typed, and return it as E.164. Refuse satellite phones and special-rate
    numbers, because the event pays for texts.

    `countries` are the ISO codes of allowed countries, such as "DE"; if empty, all are allowed. Raise ValidationError
    if the number is not valid or not allowed."""
    number = _parsed(typed, like)
    possible = phonenumbers.is_possible_number_for_type_with_reason(number, PhoneNumberType.MOBILE)
    # Check only the length, because new number ranges are in use long before the library knows them.
    if possible != ValidationResult.IS_POSSIBLE:
        raise ValidationError(_("Write the number with its country code, such as +15551234567."))
    where = _countries_of(number)
    satellite = phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY in where
    if satellite or phonenumbers.number_type(number) in NOT_TEXTED or (countries and not where & set(countries)):
        raise ValidationError(_("We cannot text this number. Give another one, or none."))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


class PhoneField(forms.CharField):
    """A form field for phone numbers. It shows a number with spaces, accepts usual ways to write it, and returns
    E.164."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # Set no maxlength: a browser would cut off the end of a pasted number, and what is left could be another
        # person's number.
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def prepare_value(self, value: Any) -> Any:
        return grouped_number(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed if not typed or is_user_id(typed) else as_e164(typed)


def _parsed(typed: str, like: str) -> PhoneNumber:
    try:
        region = phonenumbers.region_code_for_country_code(phonenumbers.parse(like).country_code or 0) if like else None
        # Read 00 as a plus in every country. People also write it in countries with another international prefix, such
        # as 011 in the US.
        number = phonenumbers.parse(f"+{typed.strip()[2:]}" if typed.strip().startswith("00") else typed, region)
    except NumberParseException:
        number = PhoneNumber()
    if number.extension or phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise ValidationError(_("Write the number with its country code, such as +15551234567."))
    return number


def _countries_of(number: PhoneNumber) -> set[str]:
    """Return the ISO code of the country whose number this is. If the library cannot tell, return all countries that
    share the number's country code, such as the US and Canada for +1."""
    known = phonenumbers.region_code_for_number(number)
    return {known} if known else set(phonenumbers.region_codes_for_country_code(number.country_code or 0))
