"""Formats the figures of a run as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any


def table_lines(figures: dict[str, Any]) -> Iterator[str]:
    machine = figures["machine"]
    yield f"{machine['cores']} cores, Python {machine['python']}, load {machine['load']:.1f} at the start"
    if parser := figures.get("parser"):
        yield ""
        yield "parser"
        yield from (f"  {label:<44}{figure:>14}" for label, figure in parser.items())
    for deployment in figures["deployments"]:
        yield ""
        yield from _deployment(deployment)
    for waiting, pages in figures.get("pages", {}).items():
        yield ""
        yield f"pages on a device a quarter as fast, {waiting} orders waiting: LCP and INP, ms"
        for name, speed in pages.items():
            inp = f"{speed['inp']:.0f}" if speed["inp"] else "-"
            yield f"  {name:<24}{speed['lcp']:>8.0f}{inp:>8}"


def _deployment(figures: dict[str, Any]) -> Iterator[str]:
    yield figures["what"]
    if "loads" in figures:
        yield from _served(figures)
    if "growth" in figures:
        yield from _growth(figures["growth"])
    if "events" in figures:
        yield "  events at once   texts/s    p50 ms    p99 ms   CPU ms/text   of the database   of one event's rate"
        first = figures["events"][0]["texts_per_second"]
        for load in figures["events"]:
            rate, cpu, database = load["texts_per_second"], load["cpu_ms_per_text"], load["database_cpu_ms_per_text"]
            yield (
                f"  {load['events']:>14} {rate:>9.0f} {load['p50_ms']:>9.1f} {load['p99_ms']:>9.1f} {_ms(cpu):>13}"
                f" {_ms(database):>17} {rate / first:>21.2f}"
            )
    if "machines" in figures:
        yield "  machines: two web processes each, stopped (SIGSTOP) when they have used more than 15 % of a core"
        yield "  texts to           machines   texts/s   rounds   of a core   failed   load   of one machine's rate"
        for kind, measured in figures["machines"].items():
            first = measured[0]["texts_per_second"]
            for each in measured:
                rounds = f"{min(each['rounds']):.0f}..{max(each['rounds']):.0f}"
                yield (
                    f"  {kind:<18} {each['machines']:>8} {each['texts_per_second']:>9.0f} {rounds:>8}"
                    f" {each['cores_used']:>11.2f} {each['failed']:>8} {each['load']:>6.1f}"
                    f" {each['texts_per_second'] / first:>23.2f}"
                )


def _served(figures: dict[str, Any]) -> Iterator[str]:
    alone = figures["sql_alone"]["texts_per_second"]
    yield (
        "  senders   texts/s    p50 ms    p99 ms  answered   failed   CPU ms/text   of the database   of the SQL alone"
    )
    for load in figures["loads"]:
        rate, cpu, database = load["texts_per_second"], load["cpu_ms_per_text"], load["database_cpu_ms_per_text"]
        yield (
            f"  {load['senders']:>7} {rate:>9.0f} {load['p50_ms']:>9.1f} {load['p99_ms']:>9.1f} {load['answered']:>9}"
            f" {load['failed']:>8} {_ms(cpu):>13} {_ms(database):>17} {rate / alone:>18.2f}"
        )
    yield f"  the same SQL alone, by the bare driver in one loop: {alone:.0f} texts/s"
    parts = figures["parts"]
    cpu = parts["cpu_ms"]
    yield (
        f"  CPU of a text in its process, alone: {sum(cpu.values()):.1f} ms: "
        + ", ".join(f"{part} {ms:.2f}" for part, ms in sorted(cpu.items(), key=lambda each: -each[1]))
    )
    calls = parts["python_calls"]
    yield f"  Python calls of a text: {calls['known']:.0f} of somebody known, {calls['new']:.0f} of a new number"
    yield f"  bytes of a reply: {parts['reply_bytes']:.0f}"
    locked = parts["locked_ms"]
    yield f"  the event's row is locked for {locked:.1f} ms: at most {1000 / locked:.0f} texts a second to one event"
    for shown in figures["shown"]:
        yield (
            f"  text → fragment, {shown['sockets']} looking: p50 {shown['p50_ms']:.0f}, p99 {shown['p99_ms']:.0f} ms"
            f" ({shown['shown']} shown, {shown['not_shown']} not; last frame {shown['frame_bytes'] / 1000:.0f} kB)"
        )
    rush = figures["rush"]
    yield (
        f"  {rush['per_second']} texts a second, {rush['sockets']} listening:"
        f" answered p50 {rush['answered_p50_ms']:.0f} ms;"
        f" text → fragment p50 {rush['p50_ms']:.0f}, p99 {rush['p99_ms']:.0f} ms"
        f" ({rush['shown']} shown, {rush['not_shown']} not; {rush['megabytes']:.0f} MB pushed)"
    )
    for kind, who in (("known", "somebody known"), ("new", "a new number")):
        statements = figures["sql_alone"][kind]
        yield f"  {len(statements)} SQL statements for a text of {who}:"
        yield "    " + ", ".join(f"{n} × {s}" if n > 1 else s for s, n in Counter(statements).items())


def _growth(sizes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for each figure, with its value at each size, and its ratio to the value without stored orders."""
    yield f"  {'orders stored':<36}" + "".join(f"{size['orders']:>20,}" for size in sizes)
    for label, decimals, path in (
        ("CPU ms of a text", 2, ("text_cpu_ms",)),
        ("ms of a text", 2, ("text_ms",)),
        ("Python calls of a text", 0, ("python_calls",)),
        ("CPU s of the database", 2, ("database_cpu_s",)),
        *((f"{page}, ms", 0, ("pages_ms", page)) for page in sizes[0]["pages_ms"]),
    ):
        pairs = [(_figure(size, path), _figure(size["empty"], path)) for size in sizes]
        cells = [f"{figure:.{decimals}f} ({_share(figure, of_empty)})" for figure, of_empty in pairs]
        yield f"  {label:<36}" + "".join(f"{cell:>20}" for cell in cells)


def _figure(found: Any, path: tuple[str, ...]) -> float:
    for name in path:
        found = found[name]
    return float(found)


def _share(figure: float, whole: float) -> str:
    return f"{figure / whole:.2f}" if whole else "-"


def _ms(figure: float | None) -> str:
    return f"{figure:.1f}" if figure else "-"
