from __future__ import annotations

from typing import Any

from django import forms

from sms.models import Broadcast
from stations.models import Event, Station


class BroadcastForm(forms.Form):
    """Form of a text to all customers who wait for an order. The price of a segment is used only to preview the
    cost."""

    kind = forms.ChoiceField(choices=Broadcast.Kind.choices, label="What it says", initial=Broadcast.Kind.DELAY)
    text = forms.CharField(
        required=False,
        max_length=Broadcast.LONGEST,
        label="Own words",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Sent as you write it, after the order's code. Only used if you choose “Own words”.",
    )
    station = forms.ModelChoiceField(
        Station.objects.none(), required=False, label="To those waiting at", empty_label="all stations"
    )
    price = forms.DecimalField(
        required=False,
        min_value=0,
        max_value=10,
        max_digits=6,
        decimal_places=4,
        label="Price of a segment",
        help_text="The price that your carrier charges. The cost below is calculated from it.",
    )

    def __init__(self, data: Any, *, event: Event) -> None:
        super().__init__(data, label_suffix="")
        stations: Any = self.fields["station"]
        stations.queryset = event.stations.all()

    @property
    def message(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "text", "station")}
