from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from expresso.api.problems import no_such_address
from expresso.api.views import (
    accounts,
    audit,
    events,
    graphql,
    items,
    keys,
    menu,
    menu_parts,
    orders,
    people,
    reports,
    webhooks,
)

app_name = "api"

steps = {
    "start": orders.Start,
    "ready": orders.Ready,
    "collect": orders.Collect,
    "not-collected": orders.NotCollected,
    "cancel": orders.Cancel,
    "undo": orders.Undo,
    "take-over": orders.TakeOver,
    "move": orders.Move,
    "tick": orders.Tick,
}

v1 = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("token/", accounts.ObtainToken.as_view()),
    path("token/pin/", accounts.ObtainTokenByPin.as_view()),
    path("token/refresh/", accounts.RefreshToken.as_view()),
    path("token/verify/", accounts.VerifyToken.as_view()),
    path("token/revoke/", accounts.RevokeToken.as_view()),
    path("me/", accounts.Me.as_view()),
    path("events/", events.Events.as_view()),
    path("events/<slug:event>/", events.EventDetail.as_view()),
    path("events/<slug:event>/pause/", events.PauseEvent.as_view()),
    path("events/<slug:event>/resume/", events.ResumeEvent.as_view()),
    path("events/<slug:event>/stations/", events.Stations.as_view()),
    path("events/<slug:event>/hours/", events.EventHours.as_view()),
    path("events/<slug:event>/menu/", menu.EventMenu.as_view()),
    path("events/<slug:event>/drinks/", menu_parts.Drinks.as_view()),
    path("events/<slug:event>/drinks/<int:drink>/", menu_parts.DrinkDetail.as_view()),
    path("events/<slug:event>/options/<int:option>/", menu_parts.OptionDetail.as_view()),
    path("events/<slug:event>/option-groups/", menu.OptionGroups.as_view()),
    path("events/<slug:event>/understand/", events.Understand.as_view()),
    path("events/<slug:event>/staff/", people.Staff.as_view()),
    path("events/<slug:event>/staff/<int:user>/", people.StaffMember.as_view()),
    path("events/<slug:event>/shifts/", people.Shifts.as_view()),
    path("events/<slug:event>/shifts/<int:shift>/", people.ShiftDetail.as_view()),
    path("events/<slug:event>/customers/", people.CustomerLookup.as_view()),
    path("events/<slug:event>/customers/<int:customer>/", people.CustomerDetail.as_view()),
    path("events/<slug:event>/audit/", audit.Audit.as_view()),
    path("events/<slug:event>/api-keys/", keys.ApiKeys.as_view()),
    path("events/<slug:event>/api-keys/<int:key>/", keys.ApiKeyDetail.as_view()),
    path("events/<slug:event>/webhooks/", webhooks.Webhooks.as_view()),
    path("events/<slug:event>/webhooks/<int:webhook>/", webhooks.WebhookDetail.as_view()),
    path("events/<slug:event>/orders/", orders.Orders.as_view()),
    path("events/<slug:event>/items/", items.Items.as_view()),
    path("events/<slug:event>/items/<int:item>/", items.ItemDetail.as_view()),
    path("events/<slug:event>/reports/", reports.Reports.as_view()),
    path("events/<slug:event>/reports/<slug:table>/", reports.ReportTable.as_view()),
    path("stations/<slug:station>/", events.StationDetail.as_view()),
    path("stations/<slug:station>/open/", events.OpenStation.as_view()),
    path("stations/<slug:station>/close/", events.CloseStation.as_view()),
    path("stations/<slug:station>/pause/", events.PauseStation.as_view()),
    path("stations/<slug:station>/resume/", events.ResumeStation.as_view()),
    path("stations/<slug:station>/slow-down/", events.SlowDownStation.as_view()),
    path("stations/<slug:station>/queue/", events.StationQueue.as_view()),
    path("stations/<slug:station>/sold-out/", menu.StationSoldOut.as_view()),
    path("stations/<slug:station>/back/", menu.BackAgain.as_view()),
    path("stations/<slug:station>/stock/", menu.StationStock.as_view()),
    path("stations/<slug:station>/stock/<int:stock>/count/", menu.CountStock.as_view()),
    path("stations/<slug:station>/stock/<int:stock>/adjust/", menu.AdjustStock.as_view()),
    path("orders/<int:order>/", orders.OrderDetail.as_view(), name="order"),
    path("orders/<int:order>/messages/", orders.Messages.as_view()),
    *(path(f"orders/<int:order>/{name}/", view.as_view()) for name, view in steps.items()),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("graphql/", graphql.Graphql.as_view(), name="graphql"),
    path(
        "docs/",
        # The documentation is public. It uses no authentication, because a wrong token would make the page fail.
        SpectacularSwaggerSplitView.as_view(
            url_name="api:schema", http_method_names=["get", "head"], authentication_classes=[]
        ),
        name="docs",
    ),
    re_path("", no_such_address),
]
