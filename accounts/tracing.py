"""OpenTelemetry traces of the work that a text or a tap on a page causes in all processes. Tracing is off unless the
settings name a collector.

This module creates all spans. Ready-made instrumentation would write URLs and SQL values into spans, and so tokens,
phone numbers and names. Spans here have a fixed name, ids and numbers, and nothing that a person wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

#: The ids that log lines can have. Each span gets the ids of its log lines as attributes, so that one can find the log
#: lines of a span.
IDS = ("request_id", "sid", "message")
#: Maximum number of links from a span to the spans that caused it.
MOST_CAUSES = 16

_OFF: AbstractContextManager[None] = nullcontext()
_provider: TracerProvider | None = None


def start_tracing(collector: str, *, process: str, release: str) -> None:
    """Start to send spans to the collector at this URL (OTLP over HTTP). A background thread sends them in batches."""
    # Import these packages only if tracing is on, because the imports take longer than the rest of the start.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    global _provider
    named = {"service.name": "expresso", "service.version": release, "service.instance.id": process}
    _provider = TracerProvider(resource=Resource.create(named))
    _provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{collector.rstrip('/')}/v1/traces")))


def end_tracing() -> None:
    """Send all remaining spans. A process that exits normally does this by itself."""
    global _provider
    if _provider is not None:
        _provider.shutdown()
        _provider = None


def span(
    name: str, *, parent: str = "", causes: Sequence[str] = (), **facts: int | str
) -> AbstractContextManager[None]:
    """Return a context manager that measures its block as a span.

    `parent` is the result of `here()` where the work was requested, perhaps in another process; the span becomes its
    child. `causes` are results of `here()` for further causes, to which the span only links. `facts` are ids and
    numbers that describe the work. If the block raises an exception, only its type is recorded, because its message can
    quote what a person wrote."""
    return _span(_provider, name, parent, causes, facts) if _provider is not None else _OFF


@contextmanager
def _span(
    provider: TracerProvider, name: str, parent: str, causes: Sequence[str], facts: dict[str, int | str]
) -> Iterator[None]:
    from opentelemetry import trace

    links = [trace.Link(found) for cause in causes if (found := _remote(cause)).is_valid]
    context = trace.set_span_in_context(trace.NonRecordingSpan(_remote(parent))) if parent else None
    tracer = provider.get_tracer("expresso")
    with tracer.start_as_current_span(
        name, context, attributes=facts, links=links, record_exception=False, set_status_on_exception=False
    ) as made:
        trace_id = trace.format_trace_id(made.get_span_context().trace_id)
        with structlog.contextvars.bound_contextvars(trace_id=trace_id):
            try:
                yield
            except BaseException as error:
                made.set_status(trace.StatusCode.ERROR)
                made.set_attribute("error.type", type(error).__name__)
                raise
            finally:
                bound = structlog.contextvars.get_contextvars()
                made.set_attributes({each: str(bound[each]) for each in IDS if each in bound})


def describe(name: str, **facts: int | str) -> None:
    """Rename the current span, once a better name is known, such as the route of a request."""
    if _provider is not None:
        from opentelemetry import trace

        current = trace.get_current_span()
        current.update_name(name)
        current.set_attributes(facts)


def here() -> str:
    """Return a reference to the current span (a W3C traceparent), so that another process can continue its trace; "" if
    there is no span."""
    if _provider is None:
        return ""
    from opentelemetry import trace
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    headers: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(headers, trace.set_span_in_context(trace.get_current_span()))
    return headers.get("traceparent", "")


def carried() -> dict[str, Any]:
    """Return the keyword argument that passes the current span on to a task, so that the task continues the trace.
    Return {} if there is no span."""
    return {"trace": at} if (at := here()) else {}


def _remote(traceparent: str) -> Any:
    """Return the span context in a W3C traceparent. If the text is no traceparent, the span context is invalid."""
    from opentelemetry import trace
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    context = TraceContextTextMapPropagator().extract({"traceparent": traceparent})
    return trace.get_current_span(context).get_span_context()
