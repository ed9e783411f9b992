"""LED: blink a light. iptables-extensions(8), LED.

What it prints is from upstream's tests, as the kernel used here was built without it; what iptables reads was observed
with iptables-legacy 1.8.9.
"""

from ....diagnostics.codes.command import BAD_VALUE
from ...extension import CheckFailure, Option, Target
from ...nft import NotInNft
from ...rule import Use
from ...values.base import Family, InvalidValue, Text, Value, number
from ...values.wording import Context, counted

_LONGEST_DELAY = 0xFFFF_FFFF
_FOR_EVER = -1


class TriggerName(Text):
    """A name of up to 16 bytes, always written in quotes."""

    synopsis = "NAME"

    def read(self, text: str, family: Family) -> str:
        if len(text.encode(errors="surrogateescape")) > 16:
            raise InvalidValue("longer than 16 bytes", says="Argument must have a maximum length of 16 characters")
        return text

    def write(self, value: str, family: Family) -> str:
        return f'"{value}"'

    def say(self, value: str, context: Context) -> str:
        return value


class Delay(Value):
    """Milliseconds, or `inf`."""

    synopsis = "MS|inf"

    def read(self, text: str, family: Family) -> int:
        if text[:3].lower() == "inf":
            return _FOR_EVER
        delay = number(text)
        if delay is None or delay > _LONGEST_DELAY:
            raise InvalidValue(
                "neither a number of milliseconds nor `inf`",
                says=f"Delay value must be within range 0..{_LONGEST_DELAY}",
            )
        return delay

    def write(self, value: int, family: Family) -> str:
        return "inf" if value == _FOR_EVER else str(value)

    def say(self, value: int, context: Context) -> str:
        return "for good" if value == _FOR_EVER else f"for {counted(str(value), 'millisecond')}"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"for {text} milliseconds"


def a_trigger_has_a_name(use: Use) -> CheckFailure | None:
    """The kernel refuses an empty name."""
    if use.value("led-trigger-id", "any"):
        return None
    return CheckFailure(BAD_VALUE, "a trigger needs a name", option="led-trigger-id", label="empty", by_kernel=True)


led = Target(
    "LED",
    Option(
        "led-trigger-id",
        TriggerName(),
        required=True,
        sentence="switch the light whose trigger is netfilter-{value}",
        twice_in="..1.4.10",
    ),
    Option("led-delay", Delay(), default=0, sentence="keep it on {value}", twice_in="..1.4.10"),
    Option(
        "led-always-blink",
        sentence="blink again for each packet, also while it is on",
        twice_in="..1.4.10",
        negation_ignored_in="..1.4.10",
    ),
    kernel=(a_trigger_has_a_name,),
    sentence="switch a light on, and go on with the next rule",
    nft=NotInNft("nft does not switch lights", "a program that listens to `log group …`"),
)
