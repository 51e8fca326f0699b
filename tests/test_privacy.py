"""docs/privacy.md is true: the personal data that it lists is erased in time, and no column is missing from its
lists."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import encryption
from accounts.fields import Encrypted
from accounts.models import AuditEntry, Customer, Role
from expresso.clearing import clear_expired
from orders.models import Order, OrderEvent, OrderItem
from orders.tests import factory
from sms.models import Feedback, InboundMessage
from sms.purge import purge
from sms.tests import personal_day
from sms.tests.texting import text
from stations.models import Event, Station
from tests.forms import act

DOC = Path(__file__).parent.parent / "docs" / "privacy.md"

#: Columns that are not about a person, by table. A new column must be added here or to docs/privacy.md, which says when
#: each is erased.
NOT_PERSONAL = """
accounts_auditentry: id at event_id act subject details
accounts_authenticator: id secret
accounts_backupcode: id
accounts_customer: id created_at
accounts_membership: id event_id
accounts_signincard: id event_id made_at
accounts_user: id is_superuser is_staff is_active date_joined
accounts_user_groups: id user_id group_id
accounts_user_user_permissions: id user_id permission_id
api_apikey: id name event_id scopes digest hint created_at used_at revoked_at
api_signin: id created_at expires_at ended_at by_card
api_storedanswer: key fingerprint status headers created_at
api_webhook: id event_id url kinds secret active created_at standing
api_webhookdelivery: id webhook_id fact kind body state attempts outcome created_at ended_at
auth_group: id name
auth_group_permissions: id group_id permission_id
auth_permission: id name content_type_id codename
axes_accessattempt: id attempt_time failures_since_start
axes_accessattemptexpiration: access_attempt_id expires_at
axes_accessfailurelog: id attempt_time locked_out
axes_accesslog: id attempt_time logout_time
django_admin_log: id action_time content_type_id object_id action_flag
django_content_type: id app_label model
django_session: expire_date
django_tasks_database_dbtaskresult: id status enqueued_at started_at finished_at priority task_path worker_ids
    queue_name backend_name run_after return_value exception_class_path traceback
facts_fact: id kind subject event_id at content
facts_relayturn: id holder until
inventory_cannotmake: id station_id drink_id option_id until
inventory_drink: id event_id name category aliases translations minutes contains made_of price position retired_at
inventory_drink_defaults: id drink_id option_id
inventory_drink_groups: id drink_id optiongroup_id
inventory_ingredient: id event_id name unit
inventory_option: id group_id name aliases translations contains removes price position retired_at
inventory_optiongroup: id event_id name aliases translations choose ask amounts role default_id position retired_at
inventory_stock: id station_id ingredient_id on_hand reserved low_at
inventory_use: id ingredient_id drink_id option_id amount
orders_labeljob: id order_id printer_id state token key asked_at fetched_at done_at
orders_message: id order_id event_id from_customer on_page at seen_at failed
orders_order: id event_id station_id channel code language status version cups minutes quoted_from quoted_to
    hands_on_minutes first_at wanted_at held price pay_by paid_at vip placed_at started_at ready_at closed_at call_name
    practice menu_keys erased_at reserved
orders_orderevent: id order_id verb was status at requested key
orders_orderitem: id order_id drink_id position quantity drink_name choices made
planner_eventplan: id event_id attendees wait morning_share afternoon_share between_share minutes_per_drink drinks
    options taken_from_id
planner_plannedbreak: id plan_id name starts_at ends_at share
payments_payment: id order_id reference amount currency state error_code opened_at paid_at refunded_at
    next_try_at tries
reports_cupspan: id span event_id slot status drink_name choices cups
reports_customercount: id event_id orders first_slot slots
reports_textspan: id span event_id slot intent strange placed replied texts sent_segments firsts
reports_ordersums: id span event_id station_id channel slot orders cups cancelled not_collected still_open early kept
    late waits quoted_seconds true_seconds waiting_seconds waiting_orders making_seconds making_orders ready_seconds
    ready_orders
reports_timesumsspan: id event_id slot span orders cups cancelled not_collected still_open early kept late waits
reports_sentspan: id event_id slot span status texts sent_segments
reports_peoplespan: id span event_id speaks status slot orders cups making_seconds making_orders
sms_broadcast: id event_id station_id kind key created_at stopped_at
sms_conversation: id event_id carrier needs_person needs_since held looked_at last_text_at erased_at
sms_feedback: id event_id order_id day score answered_at
sms_ignored: id event_id
sms_inboundmessage: id conversation_id received_at intent segments order_id
sms_outboundmessage: id conversation_id subscription_id order_id kind cause_id broadcast_id key resent_at segments
    status error_code attempts created_at claimed_at unsure_since sent_at expires_at
sms_pushsubscription: id order_id is_first created_at
sms_sender: id number segments_per_second free_at
sms_wording: id event_id key language text
sms_frequentquestion: id event_id language words answer
stations_event: id name slug time_zone sms_number whatsapp_number countries languages menu_name colour logo_url logo_id
    message first_day last_day opens_at closes_at day_hours paused_until web_orders kiosk_orders max_open_orders
    max_drinks_per_order max_drinks_per_window window_minutes warn_after_minutes ready_grace_seconds
    remind_after_minutes put_aside_after_minutes late_after_minutes rehearsal_until archived_at ask_feedback keep_days
    erase_at erase_at_carrier orders_taken menu_version category_names rcs_agent features
    currency pay_within_minutes
stations_logo: digest media_type content
stations_printer: id station_id name automatic paper key mac code words since heard_at
stations_shift: id station_id
stations_station: id event_id name slug position is_open paused_until extra_minutes baristas pace spread_early
    spread_late orders_learnt
"""


def listed() -> dict[str, set[str]]:
    """Return the columns that docs/privacy.md lists, by table."""
    found: dict[str, set[str]] = {}
    for line in DOC.read_text().splitlines():
        if line.startswith("| `"):
            tables, columns, *_ = line.split(" | ")
            for table in re.findall(r"`(\w+)`", tables):
                found.setdefault(table, set()).update(re.findall(r"`(\w+)`", columns))
    return found


def not_personal() -> dict[str, set[str]]:
    joined = re.sub(r"\n +", " ", NOT_PERSONAL).strip()
    return {table: set(columns.split()) for table, columns in (line.split(":") for line in joined.splitlines())}


def test_every_column_of_every_table_is_personal_with_an_end_or_said_not_to_be() -> None:
    models = apps.get_models(include_auto_created=True)
    columns = {model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in models}
    personal, other = listed(), not_personal()

    assert {table: personal.get(table, set()) | other.get(table, set()) for table in columns} == columns
    assert set(personal) | set(other) == set(columns)
    assert {table: both for table in columns if (both := personal.get(table, set()) & other.get(table, set()))} == {}


def test_every_encrypted_column_is_personal() -> None:
    for model in apps.get_models():
        encrypted = {field.column for field in model._meta.concrete_fields if isinstance(field, Encrypted)}
        assert encrypted - SECRETS <= listed().get(model._meta.db_table, set())


#: Encrypted columns that are not about a person.
SECRETS = {"secret"}


# Tests of the erasure some days after an event

pytestmark = pytest.mark.django_db


def ended(bar: Station, *, days: int) -> None:
    """Set the event's last day to `days` days ago."""
    Event.objects.filter(pk=bar.event_id).update(last_day=timezone.now().date() - dt.timedelta(days=days))


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "encrypt", lambda text: text)
    monkeypatch.setattr(encryption, "decrypt", lambda stored: stored)


def counts() -> dict[str, int]:
    return {m.__name__: m.objects.count() for m in (Order, OrderItem, OrderEvent, InboundMessage, Feedback)}


def test_a_week_after_the_event_nothing_personal_is_left_and_statistics_stay(readable: None) -> None:
    bar = factory.cafe(ask_feedback=True)
    personal_day.happens(bar)
    before = counts()
    links = set(Order.objects.values_list("token", flat=True))
    ended(bar, days=9)
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(minutes=1))

    purge()
    clear_expired()

    assert personal_day.traces() == {}
    assert counts() == before
    assert not links & set(Order.objects.values_list("token", flat=True))
    assert not Customer.objects.exclude(phone=None).exists()
    assert AuditEntry.objects.get(act="purged").details["orders"] == Order.objects.count()


def test_what_was_purged_is_not_touched_again(django_assert_max_num_queries: Any) -> None:
    bar = factory.cafe()
    personal_day.happens(bar)
    ended(bar, days=9)
    purge()

    with django_assert_max_num_queries(25):
        purge()

    assert AuditEntry.objects.filter(act="purged").count() == 1


def test_nothing_is_purged_before_its_time(readable: None) -> None:
    bar = factory.cafe()
    personal_day.happens(bar)
    ended(bar, days=6)
    before = personal_day.stored()

    purge()

    assert personal_day.stored() == before


@pytest.mark.parametrize(("keep_days", "is_kept"), [(3, False), (30, True)])
def test_each_event_says_how_long_it_keeps(keep_days: int, is_kept: bool) -> None:
    bar = factory.cafe(keep_days=keep_days)
    order = factory.order(bar, name="Quentina")
    ended(bar, days=9)

    purge()

    order.refresh_from_db()
    assert order.name == ("Quentina" if is_kept else "")


def test_an_event_without_a_last_day_keeps_each_order_and_text_a_week() -> None:
    bar = factory.cafe(max_open_orders=0)
    text(bar.event, "large latte for Quentina")
    week_ago = timezone.now() - dt.timedelta(days=8)
    Order.objects.update(placed_at=week_ago, status="collected", closed_at=week_ago)
    InboundMessage.objects.update(received_at=week_ago)
    text(bar.event, "large latte for Xaver")

    purge()

    assert list(Order.objects.order_by("pk").values_list("name", flat=True)) == ["", "Xaver"]
    assert [bool(each.body) for each in InboundMessage.objects.order_by("pk")] == [False, True]
    assert Customer.objects.get().phone


def test_a_customer_of_another_event_keeps_the_number_until_that_one_ends() -> None:
    over, going_on = factory.cafe(), factory.cafe()
    for bar in (over, going_on):
        text(bar.event, "large latte for Quentina")
    ended(over, days=9)

    purge()
    assert Customer.objects.get().phone
    assert Order.objects.get(event=over.event).customer is None

    ended(going_on, days=9)
    purge()
    assert (Customer.objects.get().phone, Customer.objects.get().name) == (None, "")


def test_the_end_of_one_event_erases_nothing_of_an_older_order_of_another() -> None:
    over, going_on = factory.cafe(), factory.cafe()
    early, late = factory.order(going_on, name="Quentina"), factory.order(over, name="Xaver")
    Order.objects.update(status="collected", placed_at=timezone.now() - dt.timedelta(days=20))
    ended(over, days=9)
    ended(going_on, days=-1)

    purge()

    assert [Order.objects.get(pk=order.pk).name for order in (early, late)] == ["Quentina", ""]


def test_an_organizer_has_personal_data_erased_sooner() -> None:
    bar = factory.cafe()
    order = factory.order(bar, name="Quentina")
    later = factory.order(bar, name="Xaver")
    Order.objects.update(status="collected")
    Event.objects.update(erase_at=order.placed_at + (later.placed_at - order.placed_at) / 2)

    purge()

    assert [row.name for row in Order.objects.order_by("pk")] == ["", "Xaver"]


def test_an_invited_vip_is_kept_until_the_event_and_a_stranger_ninety_days() -> None:
    factory.cafe()
    new, old = factory.customer("Nora", vip=True), factory.customer("Olaf", vip=True)
    Customer.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=91))

    purge()

    assert [Customer.objects.get(pk=each.pk).name for each in (new, old)] == ["Nora", ""]


# Tests of erasing one customer


def test_forget_me_leaves_nothing_of_the_customer_behind(readable: None) -> None:
    bar = factory.cafe(ask_feedback=True)
    personal_day.happens(bar)
    orders, events = Order.objects.count(), OrderEvent.objects.count()

    text(bar.event, "FORGET ME", sender=personal_day.PHONE)

    # Only these words stay. They belong to an order from the order page, which is not linked to this phone number.
    assert set(personal_day.traces()) == {"walnut", "Wolfgangina", "fcm/send/mydevice"}
    assert (Order.objects.count(), OrderEvent.objects.count()) == (orders, events)
    assert not LogEntry.objects.filter(content_type__model="customer").exists()
    assert AuditEntry.objects.latest("pk").act == "forgotten"


@pytest.mark.parametrize("role", [Role.ORGANIZER, factory.ADMIN])
def test_an_organizer_forgets_a_customer_in_the_admin(readable: None, role: str) -> None:
    bar = factory.cafe(ask_feedback=True)
    personal_day.happens(bar)
    client = Client()
    client.force_login(factory.user("olivia", role))
    customer = Customer.objects.get(phone=personal_day.PHONE)
    page = reverse("admin:accounts_customer_delete", args=[customer.pk])

    assert "their texts, names, notes and links" in client.get(page).content.decode()
    assert client.post(page, {"post": "yes"}).status_code == 302

    assert set(personal_day.traces()) == {"walnut", "Wolfgangina", "fcm/send/mydevice"}
    assert not Customer.objects.filter(pk=customer.pk).exists()
    last = AuditEntry.objects.filter(act="forgotten").latest("pk")
    assert (last.by_name, last.subject) == ("olivia", f"customer {customer.pk}")


def test_customers_are_forgotten_together_only_if_an_organizer_looks_after_all_of_them() -> None:
    here, elsewhere = factory.cafe(), factory.cafe()
    ann, bo = (Customer.objects.create(name=name, phone=f"+1555520012{n}") for n, name in enumerate(("Ann", "Bo")))
    for station, customer in ((here, ann), (here, bo), (elsewhere, bo)):
        factory.order(station, customer=customer)
    client = Client()
    client.force_login(factory.user("olivia", Role.ORGANIZER, at=here.event))
    page = reverse("admin:accounts_customer_changelist")

    refused = act(client, page, "delete_selected", [ann, bo], post="yes")
    done = act(client, page, "delete_selected", [ann], post="yes")

    assert f"{bo}, who ordered at another event as well: only an admin can delete them" in refused.content.decode()
    assert [str(message) for message in done.context["messages"]] == ["Successfully deleted 1 customer."]
    assert [*Customer.objects.all()] == [bo]
    entries = AuditEntry.objects.filter(act__in=["deleted", "forgotten"]).order_by("pk")
    assert [(entry.act, entry.subject) for entry in entries] == [
        ("deleted", f"customer {ann.pk}"),
        ("forgotten", f"customer {ann.pk}"),
    ]


def test_an_organizer_erases_an_order_without_a_number_in_the_admin(readable: None) -> None:
    bar = factory.cafe(ask_feedback=True)
    personal_day.happens(bar)
    order = Order.objects.latest("pk")
    Order.objects.filter(pk=order.pk).update(status="collected")
    client = Client()
    client.force_login(factory.user("olivia", Role.ORGANIZER))
    Session.objects.exclude(pk=client.cookies["sessionid"].value).delete()

    form = {"action": "erase", "_selected_action": [order.pk]}
    client.post(reverse("admin:orders_order_changelist"), form)

    assert {"Wolfgangina", "fcm/send/mydevice"} & set(personal_day.traces()) == set()
    assert AuditEntry.objects.latest("pk").subject == f"order {order.pk}"
    assert Order.objects.get(pk=order.pk).token != order.token


def test_an_open_order_of_somebody_forgotten_keeps_its_allergy_until_the_event_is_purged() -> None:
    bar = factory.cafe()
    text(bar.event, "large latte for Quentina, nut allergy!")
    text(bar.event, "FORGET ME")
    assert (Order.objects.get().name, "nut" in notes()) == ("", True)

    ended(bar, days=9)
    purge()

    assert notes() == ""


def notes() -> str:
    """Return the notes of all orders and items as one text."""
    orders, items = (model.objects.values_list("note", flat=True) for model in (Order, OrderItem))
    return " ".join([*orders, *items]).strip()
