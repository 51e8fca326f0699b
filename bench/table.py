"""Formats the figures as a table."""

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
    alone = figures["sql_alone"]["texts_per_second"]
    yield figures["what"]
    yield "  senders   texts/s    p50 ms    p99 ms  answered   failed   CPU ms/text   of the SQL alone"
    for load in figures["loads"]:
        rate, cpu = load["texts_per_second"], load["cpu_ms_per_text"]
        yield (
            f"  {load['senders']:>7} {rate:>9.0f} {load['p50_ms']:>9.1f} {load['p99_ms']:>9.1f} {load['answered']:>9}"
            f" {load['failed']:>8} {f'{cpu:.1f}' if cpu else '-':>13} {rate / alone:>18.2f}"
        )
    yield f"  the same SQL alone, by the bare driver in one loop: {alone:.0f} texts/s"
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
