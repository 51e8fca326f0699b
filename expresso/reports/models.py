"""Counts of orders, cups and texts for reports: materialized views on PostgreSQL, which the worker refreshes.

Most counts exist twice, for a quarter of an hour and for a whole day in UTC, and those of cups also for four weeks;
`span` tells which. The SQL is in the migrations. `expresso.reports.sources` computes the same sums from single orders;
a test compares both. A migration that changes the type of a column that a view reads has to drop and recreate the
view.

The numbers of orders by wait are an array. A row for each wait would be hundreds of thousands of rows in a year."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Customer
from orders.models import Channel
from orders.statuses import Status
from sms.models import Delivery
from stations.models import Event, Station


class Outcomes(models.Model):
    """Base of the counts of orders that were placed in the same span of time."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    #: The first quarter of an hour of the span, counted from 1970. In every time zone, a quarter begins at midnight.
    slot = models.IntegerField()
    orders = models.IntegerField()
    #: Cups of the orders that were not cancelled.
    cups = models.IntegerField()
    cancelled = models.IntegerField()
    not_collected = models.IntegerField()
    still_open = models.IntegerField()
    #: Numbers of orders that were ready before, within and after the quoted range.
    early = models.IntegerField()
    kept = models.IntegerField()
    late = models.IntegerField()
    #: Numbers of orders by their wait in whole minutes: 61 numbers, of which the last is for an hour and more.
    waits = ArrayField(models.IntegerField())

    class Meta:
        abstract = True


class OrderCount(Outcomes):
    """Counts the orders of one station and one channel that were placed in one quarter of an hour or on one day."""

    station = models.ForeignKey(Station, models.DO_NOTHING, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    #: Length of the time in which the orders were placed, in quarters of an hour: 1, or 96 for a day.
    span = models.IntegerField()
    #: Sum of the times from placed to the end of the quoted range, of the orders with a promise.
    quoted_seconds = models.BigIntegerField()
    #: Sum of the times from placed to ready, of the orders with a promise.
    true_seconds = models.BigIntegerField()
    #: Sum of the times in each status, and the number of orders that have left the status.
    waiting_seconds = models.BigIntegerField()
    waiting_orders = models.IntegerField()
    making_seconds = models.BigIntegerField()
    making_orders = models.IntegerField()
    ready_seconds = models.BigIntegerField()
    ready_orders = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_ordersums"


class TimeCount(Outcomes):
    """Orders that were placed in the same quarter of an hour or in the same hour of UTC."""

    #: Length of the time in which the orders were placed, in quarters of an hour: 1, or 4 for an hour.
    span = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_timesumsspan"


class PeopleCount(models.Model):
    """Orders of one barista and one language in the same quarter of an hour or on the same day."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+")
    #: Language of the order's page, or else of the customer; "" where neither is known.
    speaks = models.CharField(max_length=8)
    status = models.CharField(max_length=16, choices=Status)
    slot = models.IntegerField()
    span = models.IntegerField()
    orders = models.IntegerField()
    cups = models.IntegerField()
    making_seconds = models.BigIntegerField()
    making_orders = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_peoplespan"


class CupCount(models.Model):
    """Cups of one drink with the same options, ordered in the same quarter of an hour, day or four weeks."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    slot = models.IntegerField()
    span = models.IntegerField()
    status = models.CharField(max_length=16, choices=Status)
    drink_name = models.CharField(max_length=40)
    choices = models.JSONField()
    cups = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_cupspan"


class CustomerCount(models.Model):
    """All orders of one customer at one event."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="+")
    orders = models.IntegerField()
    first_slot = models.IntegerField()
    #: The slot of each order, ascending.
    slots = ArrayField(models.IntegerField())

    class Meta:
        managed = False
        db_table = "reports_customercount"


class TextCount(models.Model):
    """Customers' texts that came in the same quarter of an hour or on the same day, grouped by how they were read."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    slot = models.IntegerField()
    span = models.IntegerField()
    intent = models.CharField(max_length=16)
    #: The texts held words that are not on the menu.
    strange = models.BooleanField()
    #: The texts placed or changed an order.
    placed = models.BooleanField()
    #: The texts got a reply.
    replied = models.BooleanField()
    texts = models.IntegerField()
    #: Billed parts (segments) of the replies to these texts.
    sent_segments = models.IntegerField()
    #: How many of the texts were the first one of their conversation.
    firsts = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_textspan"


class SentCount(models.Model):
    """Texts of one status that Expresso started in the same quarter of an hour or on the same day. Replies to
    customers' texts are counted by `TextCount`."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    slot = models.IntegerField()
    span = models.IntegerField()
    status = models.CharField(max_length=16, choices=Delivery)
    texts = models.IntegerField()
    sent_segments = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_sentspan"
