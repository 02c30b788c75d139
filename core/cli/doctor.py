"""`shift-pose doctor`: what this machine and installation are, and what to mend."""

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path

from core import atomic_file
from core.checkup.fact import Fact
from core.cli import console
from core.cli.parsing import Subparsers, add_command
from core.jobs.own_process import calm_threads

_DONE, _TO_MEND = 0, 2


def add_parser(commands: Subparsers) -> None:
    """Add the command."""
    summary = "say what this machine and installation are, and what to mend"
    parser = add_command(commands, "doctor", run=run, summary=summary)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the facts there as well")


def run(args: argparse.Namespace) -> int:
    """Say every fact as it is found; exit status 2 if something has to be mended."""
    facts: list[Fact] = []
    for fact in _facts():
        console.say(f"{fact.name}: {fact.value}")
        facts.append(fact)
    if args.json is not None:
        atomic_file.write_text(args.json, _as_json(facts))
    for fact in facts:
        if not fact.is_well:
            console.problem(f"{fact.name}: {fact.remedy}")
    return _DONE if all(fact.is_well for fact in facts) else _TO_MEND


def _facts() -> Iterator[Fact]:
    os.environ.update(calm_threads())  # before torch loads
    from core.checkup.machine import machine_facts  # torch loads for seconds; --help need not wait
    from core.checkup.program import program_facts
    from core.checkup.speed import speed_fact

    yield from program_facts()
    yield from machine_facts()
    yield speed_fact()


def _as_json(facts: list[Fact]) -> str:
    content = {fact.name: {"value": fact.value, "remedy": fact.remedy} for fact in facts}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
