"""Evidence: what was seen when the experiments of a page were tried, as a file beside the page; and which commands and
experiment it is about.

An experiment that is tried again, with the same digest, kernel and iptables, and does what it did, leaves its evidence
as it is, including the date, which is when this was first seen. After `KEPT_DAYS` it is rewritten, so that a proof does
not grow old while someone maintains it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from press.atomic_write import replacing

from .expectations import Judgement
from .experiment import Experiment, Form
from .seen import Seen, record, seen_of
from .snippets import PageSnippet, used_snippets

#: For how many days evidence keeps its date though it was seen again.
KEPT_DAYS = 30
#: The names of the backends other than iptables: a rule for each command, and fewer rules that do the same.
IN_NFTABLES, IN_FEWER_RULES = "nftables", "nftables, in fewer rules"
#: How what was not run begins where it is a way to try the experiment, and no line of a snippet.
NOT_TRIED = f"in {IN_NFTABLES}: "
#: Incremented when the meaning of the file changes.
_FORM = 1


class Unreadable(Exception):
    """A file of evidence that `make prove` did not write; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that was run: on which host, its words as a shell would take them, its exit status and what it said."""

    on: str
    command: str
    status: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """Some traffic: in words what was sent, what was seen of it, and how that agrees with each expectation."""

    sent: str
    seen: Seen
    judgements: tuple[Judgement, ...]

    @property
    def holds(self) -> bool:
        """Whether all is as expected."""
        return all(each.holds for each in self.judgements)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an experiment: with which `backend` of which iptables (`1.8.9`), the commands that were run, those
    that the author wrote where the page corrects them, with what was expected of these, and the traffic.
    """

    backend: str
    version: str
    commands: tuple[Ran, ...]
    as_written: tuple[Ran, ...]
    traffic: tuple[Watched, ...]
    refusal: Judgement | None = None

    @property
    def way(self) -> str:
        """The way in which the rules reached the kernel: `legacy 1.8.9`, `nftables 1.0.6, in fewer rules`."""
        name, _, how = self.backend.partition(", ")
        return f"{name} {self.version}{f', {how}' if how else ''}"

    @property
    def is_of_iptables(self) -> bool:
        """Whether iptables took the rules, and not nft."""
        return self.backend not in (IN_NFTABLES, IN_FEWER_RULES)

    @property
    def holds(self) -> bool:
        """Whether all is as expected."""
        return all(each.holds for each in self.traffic) and (self.refusal is None or self.refusal.holds)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of one experiment: its title, the digest of all that it speaks of, when, on which kernel (as
    `uname -r` says), and its runs. `not_run` are the commands of other programs in its snippets, which were not.
    """

    title: str
    digest: str
    date: date
    kernel: str
    runs: tuple[Run, ...]
    not_run: tuple[str, ...] = ()

    @property
    def linux(self) -> str:
        """The kernel's series, as people name it: `6.18`."""
        return ".".join(self.kernel.split("-")[0].split(".")[:2])

    @property
    def backends(self) -> tuple[str, ...]:
        """The backends that were tried, each once."""
        return tuple(dict.fromkeys(run.backend for run in self.runs))

    def confirms(self, other: Evidence) -> bool:
        """Whether it agrees with another, except for what chance changes from run to run."""
        mine = (self.title, self.digest, self.kernel, self.not_run, [_fixed(run) for run in self.runs])
        return mine == (other.title, other.digest, other.kernel, other.not_run, [_fixed(run) for run in other.runs])


def digest_of(experiment: Experiment, snippets: Sequence[PageSnippet]) -> str:
    """What changes when the experiment or a command that it tries does, in either form; not with the rest of the page.

    Takes all snippets of the page. Raises NoSuchSnippet.
    """
    forms: tuple[Form, ...] = ("written", "corrected")
    used = [
        [use.form, use.on, *(each.text[form] for form in forms)] for use, each in used_snippets(experiment, snippets)
    ]
    # Dates and other values that TOML has and JSON has not are faults by now, and so is not-a-number.
    text = json.dumps([experiment.data, used], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_evidence(text: str) -> tuple[Evidence, ...]:
    """The evidence in the text of a file. Raises Unreadable."""
    try:
        data = json.loads(text)
        if data["form"] != _FORM:
            raise Unreadable(f"is of form {data['form']}, and this program reads form {_FORM}; run make prove")
        return tuple(_evidence(each) for each in data["experiments"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Unreadable(f"is not what make prove wrote ({type(error).__name__}: {error}); run make prove") from None


def text_of(evidence: Sequence[Evidence]) -> str:
    """The text of a file of evidence."""
    data = {"form": _FORM, "experiments": [_data(each) for each in evidence]}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def write_evidence(file: Path, evidence: Sequence[Evidence]) -> bool:
    """Write a file of evidence, whole or not at all; return whether it has changed. Raises OSError."""
    content = text_of(evidence).encode()
    if file.is_file() and file.read_bytes() == content:
        return False
    with replacing(file) as fresh:
        with fresh.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        _give_to_owner(fresh, file.parent)
    return True


def _give_to_owner(file: Path, folder: Path) -> None:
    """Give a file that root has written to whoever owns the folder it is in."""
    owner = folder.stat()
    if os.geteuid() == 0 and owner.st_uid:
        os.chown(file, owner.st_uid, owner.st_gid)


def remove_leftovers(file: Path) -> None:
    """Remove what a process left beside a file of evidence that was killed while it wrote. Raises OSError."""
    for left in file.parent.glob(f".{file.name}.*"):
        process = left.suffix[1:]
        if process.isdigit() and not Path("/proc", process).exists():
            left.unlink(missing_ok=True)


def kept_or_new(old: Evidence | None, new: Evidence) -> Evidence:
    """The old evidence if the new one confirms it and it is not older than KEPT_DAYS; else the new one."""
    is_recent = old is not None and 0 <= (new.date - old.date).days <= KEPT_DAYS
    return old if old is not None and is_recent and new.confirms(old) else new


def _fixed(run: Run) -> Run:
    """A run without what chance decides: what was seen, if all of it is as expected."""
    if not run.holds:
        return run
    return replace(run, traffic=tuple(Watched(each.sent, Seen(()), ()) for each in run.traffic))


def _data(evidence: Evidence) -> dict[str, Any]:
    return {
        "title": evidence.title,
        "digest": evidence.digest,
        "date": evidence.date.isoformat(),
        "kernel": evidence.kernel,
        "not_run": list(evidence.not_run),
        "runs": [
            {
                "backend": run.backend,
                "version": run.version,
                "commands": [asdict(each) for each in run.commands],
                "as_written": [asdict(each) for each in run.as_written],
                "refusal": asdict(run.refusal) if run.refusal else None,
                "traffic": [
                    {
                        "sent": each.sent,
                        "seen": record(each.seen),
                        "judgements": [asdict(judgement) for judgement in each.judgements],
                    }
                    for each in run.traffic
                ],
            }
            for run in evidence.runs
        ],
    }


def _evidence(data: Mapping[str, Any]) -> Evidence:
    runs = tuple(
        Run(
            each["backend"],
            each["version"],
            tuple(Ran(**ran) for ran in each["commands"]),
            tuple(Ran(**ran) for ran in each["as_written"]),
            tuple(
                Watched(some["sent"], seen_of(some["seen"]), tuple(Judgement(**one) for one in some["judgements"]))
                for some in each["traffic"]
            ),
            Judgement(**each["refusal"]) if each["refusal"] else None,
        )
        for each in data["runs"]
    )
    day = date.fromisoformat(data["date"])
    return Evidence(data["title"], data["digest"], day, data["kernel"], runs, tuple(data["not_run"]))
