"""Checks that many extensions share."""

from __future__ import annotations

from ..diagnostics.codes.command import BAD_VALUE, REQUIRED, UNKNOWN_TARGET, WRONG_CHAIN
from .extension import Check, CheckFailure
from .rule import Use


def needs_one_of(*names: str, says: str, help: str = "", until: str = "") -> Check:
    """A check that refuses a use without any of these options; `says` are iptables' words, and `until` the last release
    with this demand, if not all make it.
    """

    def one_is_given(use: Use) -> CheckFailure | None:
        if any(use.has(name) for name in names):
            return None
        spelled = [f"`--{name}`" for name in names]
        choices = spelled[0] if len(spelled) == 1 else f"{', '.join(spelled[:-1])} or {spelled[-1]}"
        return CheckFailure(
            REQUIRED,
            f"the `{use.extension.name}` {use.extension.kind} requires {choices}",
            label="it is missing" if len(names) == 1 else "all of these are missing",
            says=says,
            help=help,
            until=until,
        )

    return one_is_given


def needs_something(says: str, help: str = "", until: str = "") -> Check:
    """A check that refuses a use without any option; `says` are iptables' words, and `until` the last release with this
    demand, if not all make it.
    """

    def something_is_given(use: Use) -> CheckFailure | None:
        if use.settings:
            return None
        name = f"`{use.extension.name}` {use.extension.kind}"
        return CheckFailure(
            REQUIRED,
            f"the {name} requires at least one of its options",
            label="no options",
            says=says,
            help=help,
            until=until,
        )

    return something_is_given


def not_in(chains: str, option: str, label: str) -> Check:
    """A kernel check that refuses an option in some chains, separated by spaces; `label` says why."""

    def chain_is_another(use: Use) -> CheckFailure | None:
        chain = use.rule.chain.text if use.rule.chain else ""
        if not use.has(option) or chain not in chains.split():
            return None
        message = f"`--{option}` cannot be used in `{chain}`"
        return CheckFailure(WRONG_CHAIN, message, option=option, label=label, by_kernel=True)

    return chain_is_another


def names_a_file(option: str, folder: str) -> Check:
    """A kernel check that refuses a name which is not a valid file name in a folder of /proc."""

    def name_is_possible(use: Use) -> CheckFailure | None:
        name = use.value(option, "name")
        if name not in ("", ".", "..") and "/" not in name:
            return None
        message = f"`{name}` is not a valid name" if name else "the name is empty"
        return CheckFailure(
            BAD_VALUE, message, option=option, label=f"it becomes a file name in {folder}", by_kernel=True
        )

    return name_is_possible


def gone_from_linux(release: str, instead: str, since: str) -> Check:
    """A check that refuses a target which Linux has not had since a release; `instead` is what replaces it today.

    `since` is the first iptables that came out after that Linux: older ones are judged with the kernels of their time.
    """

    def kernel_has_it(use: Use) -> CheckFailure | None:
        name = use.extension.name
        return CheckFailure(
            UNKNOWN_TARGET,
            f"Linux has had no `{name}` target since {release}",
            label="iptables still accepts it, but the kernel no longer has it",
            says="No chain/target/match by that name.",
            by_kernel=True,
            help=f"use {instead} instead",
            since=since,
        )

    return kernel_has_it
