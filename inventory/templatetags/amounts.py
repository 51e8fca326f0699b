"""A filter that writes an amount of an ingredient for people to read: `{{ stock.on_hand|amount:stock.unit }}`."""

from __future__ import annotations

from django import template

from inventory.amounts import amount_in_words

register = template.Library()
register.filter("amount", amount_in_words)
