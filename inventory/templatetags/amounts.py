"""`{{ stock.on_hand|amount:stock.unit }}`: an amount of an ingredient in words."""

from __future__ import annotations

from django import template

from inventory.amounts import amount_in_words

register = template.Library()
register.filter("amount", amount_in_words)
