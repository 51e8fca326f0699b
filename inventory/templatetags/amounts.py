"""Template filter that formats an amount of an ingredient for people: `{{ stock.on_hand|amount:stock.unit }}`."""

from __future__ import annotations

from django import template

from inventory.amounts import amount_in_words

register = template.Library()
register.filter("amount", amount_in_words)
