"""Models of the materialized views on PostgreSQL that count orders, cups and texts for reports.

The worker refreshes the views. A row counts the orders of a quarter of an hour or of a whole UTC day, in the view of
cups also of four weeks. The column `span` says which. The SQL of the views is in the migrations. A migration that
changes the type of a column must drop and recreate the views that read it. `expresso.reports.sources` computes the same
sums from single orders, and a test compares both.

A row stores the numbers of orders by their wait as an array. With a row for each wait, a view would grow by hundreds of
thousands of rows in a year."""

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
    """Base class of counts of orders that were placed in the same span of time."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    #: Number of the span's first quarter of an hour, counted from 1970. Quarters are used because they fit every time
    #: zone: all offsets from UTC are multiples of 15 minutes.
    slot = models.IntegerField()
    orders = models.IntegerField()
    #: Number of cups, without cancelled orders.
    cups = models.IntegerField()
    cancelled = models.IntegerField()
    not_collected = models.IntegerField()
    still_open = models.IntegerField()
    #: Numbers of orders that were ready before, within and after the quoted range.
    early = models.IntegerField()
    kept = models.IntegerField()
    late = models.IntegerField()
    #: Numbers of orders by their wait in whole minutes. There are 61 numbers; the last is for waits of an hour or more.
    waits = ArrayField(models.IntegerField())

    class Meta:
        abstract = True


class OrderCount(Outcomes):
    """Counts the orders of one station and channel (such as text or web) in one quarter of an hour or on one UTC
    day."""

    station = models.ForeignKey(Station, models.DO_NOTHING, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    #: Length of the time span of this row in quarters of an hour: 1, or 96 for a day.
    span = models.IntegerField()
    #: Seconds from placing an order to the end of its quoted range, added up over the orders with a quoted wait.
    quoted_seconds = models.BigIntegerField()
    #: Seconds from placing an order until it was ready, added up over the orders with a quoted wait.
    true_seconds = models.BigIntegerField()
    #: For each of three statuses: the seconds that all orders together were in the status, and the number of orders
    #: that have left the status.
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
    """Counts the orders that were placed in one quarter of an hour or in one hour."""

    #: Length of the time span of this row in quarters of an hour: 1, or 4 for an hour.
    span = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_timesumsspan"


class PeopleCount(models.Model):
    """Counts the orders with the same barista, language and status in one quarter of an hour or on one UTC day."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+")
    #: Language of the page on which the order was placed. If it is not known, the customer's language, or else "".
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
    """Counts the cups of one drink with the same options, ordered in a quarter of an hour, on a day or in four
    weeks."""

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
    """The orders of one customer at one event."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    customer = models.ForeignKey(Customer, models.DO_NOTHING, related_name="+")
    orders = models.IntegerField()
    first_slot = models.IntegerField()
    #: The quarter of an hour in which each order was placed, earliest first.
    slots = ArrayField(models.IntegerField())

    class Meta:
        managed = False
        db_table = "reports_customercount"


class TextCount(models.Model):
    """Customers' texts of one quarter of an hour or one day, grouped by how Expresso understood them."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    slot = models.IntegerField()
    span = models.IntegerField()
    intent = models.CharField(max_length=16)
    #: True if the counted texts contained words that are not on the menu.
    strange = models.BooleanField()
    #: True if the counted texts placed or changed an order.
    placed = models.BooleanField()
    #: True if the counted texts got a reply.
    replied = models.BooleanField()
    texts = models.IntegerField()
    #: Number of segments of the replies to the counted texts. A segment is the part of a text by which carriers bill.
    sent_segments = models.IntegerField()
    #: Number of the counted texts that were the first of their conversation.
    firsts = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_textspan"


class SentCount(models.Model):
    """Texts that Expresso sent by itself in one quarter of an hour or on one day, grouped by their status.

    `TextCount` counts the replies to customers' texts."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+")
    slot = models.IntegerField()
    span = models.IntegerField()
    status = models.CharField(max_length=16, choices=Delivery)
    texts = models.IntegerField()
    sent_segments = models.IntegerField()

    class Meta:
        managed = False
        db_table = "reports_sentspan"
