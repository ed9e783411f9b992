"""SECMARK: mark packets for SELinux. iptables-extensions(8), SECMARK; which contexts exist is up to its policy."""

from ....diagnostics.codes.command import BAD_VALUE
from ....reading.need import Need
from ...extension import CheckFailure, Option, Target
from ...nft import NamedSet, Said, quoted
from ...rule import Use
from ...values.base import Text


class SecurityContext(Text):
    """A security context, which the machine's policy must know."""

    synopsis = "CONTEXT"

    def needs(self, value: str) -> list[Need]:
        return [Need("security context", str(value))]


def a_context_is_named(use: Use) -> CheckFailure | None:
    """The kernel refuses an empty context."""
    if use.value("selctx", "any"):
        return None
    return CheckFailure(
        BAD_VALUE,
        "empty security context",
        option="selctx",
        label="empty",
        by_kernel=True,
        says="No chain/target/match by that name.",
    )


def by_an_object(use: Use) -> Said:
    """A security context, as an object of the table."""
    context = use.value("selctx")
    return Said(
        "meta secmark set {secmark}", sets=(NamedSet("secmark", quoted(context), numbered=True, kind="secmark"),)
    )


secmark = Target(
    "SECMARK",
    Option(
        "selctx",
        SecurityContext(cut_at=255, quoted=False),
        required=True,
        sentence="mark it with the context {value}",
        negation_ignored_in="..1.4.10",
    ),
    tables="mangle security",
    kernel=(a_context_is_named,),
    sentence="mark the packet for SELinux",
    nft=by_an_object,
)
