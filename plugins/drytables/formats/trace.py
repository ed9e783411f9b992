"""A packet's way through some rules, for a terminal: every table and chain, the rules that it meets, and its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..diagnostics.source import Source, Span
from ..grammar.values.base import IPV4
from ..model.condition import Question
from ..model.deciding import Decision, decisions
from ..model.fate import Verdict
from ..model.packet import Packet
from ..model.path import Meeting, Path
from ..model.ruleset import PlacedRule, Ruleset
from ..model.targets.effect import Effect
from .packets import changes_of, not_said, packet_in_words

_INDENT = "  "
#: Fractions with a larger denominator are written as decimal numbers.
_PLAIN_FRACTION = 1000
_DOES: dict[Verdict, str] = {
    "accepted": "accepted", "dropped": "dropped", "rejected": "rejected", "queued": "left to a program",
    "answered": "answered by this machine", "unknown": "not known what becomes of it",
}  # fmt: skip
_DECIDES: dict[Verdict, str] = {
    "accepted": "accepts it", "dropped": "drops it", "rejected": "rejects it", "queued": "leaves it to a program",
    "answered": "has this machine answer it", "unknown": "does what is not known",
}  # fmt: skip


def trace(path: Path, ruleset: Ruleset, source: Source, *, is_complete: bool = False) -> str:
    """The way of a packet; with the rules that it does not meet, if it is to be complete."""
    blocks = [_about(path.packet), *_notes(path, ruleset, source), *_hooks(path, source, is_complete)]
    return "\n\n".join([*blocks, "\n".join(_summary(path, source))])


def _about(packet: Packet) -> str:
    lacking = not_said(packet)
    return packet_in_words(packet) + (f"\nNot said of it: {', '.join(lacking)}." if lacking else "")


def _notes(path: Path, ruleset: Ruleset, source: Source) -> Iterator[str]:
    """What is to be known of the rules."""
    if ruleset.doubts:
        yield "\n".join(f"{where(source, span)}: {why}" for span, why in ruleset.doubts)
    families = {family for family, _ in ruleset.tables}
    if families and path.packet.family not in families:
        other = "ip6tables" if path.packet.family == IPV4 else "iptables"
        yield f"All rules are of {other}, which never sees such a packet."
    asks_nat = any(meeting.at.table == "nat" and meeting.placed is not None for meeting in path.meetings)
    if asks_nat and path.packet.is_first is None and path.packet.state is None:
        yield "The nat table is asked for the first packet of a connection; the others are changed as that was."


def where(source: Source, span: Span) -> str:
    """A place, as editors read it: file and line."""
    return f"{source.path}:{source.position(span.start)[0]}"


# The way


def _hooks(path: Path, source: Source, is_complete: bool) -> Iterator[str]:
    """A block for each hook, and in it the tables."""
    rows: list[str] = []
    hook = table = ""
    skipped = 0

    def left_out() -> list[str]:
        if not skipped or is_complete:
            return []
        return [f"{_INDENT * 2}{skipped} {'rule does' if skipped == 1 else 'rules do'} not match"]

    for meeting in path.meetings:
        if (meeting.at.hook, meeting.at.table) != (hook, table):
            rows += left_out()
            skipped = 0
            if meeting.at.hook != hook:
                if rows:
                    yield "\n".join(rows)
                rows = [meeting.at.hook]
            hook, table = meeting.at
            rows.append(f"{_INDENT}{table}")
        if meeting.meets == "no" and not is_complete:
            skipped += 1
            continue
        if meeting.placed is None and table != "filter" and not is_complete and _is_accepted(meeting):
            continue
        rows += _meeting(meeting, source)
    rows += left_out()
    if rows:
        yield "\n".join(rows)


def _is_accepted(meeting: Meeting) -> bool:
    return all(turn.effect.verdict == "accepted" for turn in meeting.turns)


def _meeting(meeting: Meeting, source: Source) -> Iterator[str]:
    """A rule with its place, and below it what it does to the packet."""
    indent = _INDENT * (2 + meeting.depth)
    if meeting.placed is None:
        (turn,) = meeting.turns[:1]
        yield f"{indent}policy of {meeting.chain}: {_DOES[turn.effect.verdict or 'accepted']}"
        return
    yield f"{indent}{where(source, meeting.placed.span)}: {rule_text(meeting.placed)}"
    yield f"{indent}{_INDENT}{_outcome(meeting)}"


def rule_text(placed: PlacedRule) -> str:
    """A rule as it was typed, without the program and the table."""
    words = [word.text for word in placed.rule.words]
    command = placed.rule.command_word
    at = next((at for at, word in enumerate(placed.rule.words) if word is command), 0)
    return " ".join(words[at:])


def _outcome(meeting: Meeting) -> str:
    if meeting.meets == "no":
        return "does not match"
    does = _does(meeting)
    if meeting.share is not None:
        return f"{_share(meeting)}: {does}"
    if meeting.meets == "perhaps":
        return f"perhaps: {does}{_depending(meeting.asked)}"
    return does


def _share(meeting: Meeting) -> str:
    share = meeting.share
    assert share is not None
    if share.numerator == 1 and share.denominator < _PLAIN_FRACTION:
        return f"1 packet in {share.denominator} that come here"
    return f"{_part(share)} of the packets that come here"


def _depending(asked: Sequence[Question]) -> str:
    if not asked:
        return ", depending on what came before"
    conditions = " and ".join(map(condition_text, asked))
    return f", if {conditions} ({' and '.join(dict.fromkeys(each.lacks for each in asked))} is not known)"


def condition_text(question: Question) -> str:
    """A condition; as code if it was typed."""
    return f"`{question.condition}`" if question.condition.startswith(("-", "!")) else question.condition


def _does(meeting: Meeting) -> str:
    """What a rule does, in words."""
    if meeting.jumps:
        goes = meeting.placed is not None and meeting.placed.rule.goto
        return f"goes to {meeting.jumps}" + (" for good" if goes else "")
    jump = meeting.placed.rule.jump if meeting.placed is not None else None
    if not meeting.turns and jump is not None:
        return "returns to the chain that it came from" if meeting.depth else "goes to the policy"
    said = dict.fromkeys(words for turn in meeting.turns for words in _effect(turn.before, turn.effect))
    return ", ".join(said) or ("counted" if jump is None else "nothing changes")


def _effect(before: Packet, effect: Effect) -> Iterator[str]:
    yield from changes_of(before, effect.packet)
    if effect.log is not None:
        yield f'logged as "{effect.log.prefix}"' if effect.log.prefix else "logged"
    if effect.says:
        yield effect.says
    if effect.unknown:
        yield f"not known: {effect.unknown}"
    if effect.verdict is not None and not (effect.verdict == "unknown" and effect.unknown):
        yield _DOES[effect.verdict] + (f" with {effect.answer}" if effect.answer else "")


# Its end


def _summary(path: Path, source: Source) -> Iterator[str]:
    """Where the packet ends, and what that depends on."""
    found = [*decisions(path)]
    yield headline(path, found, source)
    if not all(each.is_certain for each in found):
        for number, decision in enumerate(found):
            yield f"{_INDENT}{_decision(decision, number, source)}"
        if found and not any(each.is_last for each in found):
            yield f"{_INDENT}otherwise it is {_DOES['accepted']}"
    unknown = dict.fromkeys(lacking for ending in path.endings for lacking in ending.branch.unknown)
    if unknown:
        yield f"What cannot be known without saying more: {', '.join(unknown)}."
    yield from _leaving(path)


def _leaving(path: Path) -> Iterator[str]:
    """What is otherwise of the packet afterwards, each with its share where chance decides alone."""
    accepted = [ending for ending in path.endings if ending.verdict == "accepted"]
    shares: dict[str, Fraction] = {}
    for ending in accepted:
        changes = " and ".join(changes_of(path.packet, ending.branch.packet)) or "nothing changed"
        shares[changes] = shares.get(changes, Fraction(0)) + ending.branch.chance
    if not shares or [*shares] == ["nothing changed"]:
        return
    is_chance = len(shares) > 1 and not any(ending.branch.unknown for ending in path.endings)
    ways = (f"{changes} ({_part(share)})" if is_chance else changes for changes, share in shares.items())
    yield f"It leaves with {', or '.join(ways)}."


def _part(share: Fraction) -> str:
    return str(share) if share.denominator < _PLAIN_FRACTION else f"{float(share):.4g}"


def headline(path: Path, found: Sequence[Decision], source: Source) -> str:
    """What becomes of the packet, in a few words."""
    verdicts: dict[Verdict, None] = dict.fromkeys(ending.verdict for ending in path.endings)
    if len(verdicts) > 1:
        return "It depends:"
    verdict: Verdict = next(iter(verdicts), "accepted")
    if not found:
        return f"It is {_DOES[verdict]}: no rule says otherwise."
    if found[-1].is_certain:
        return f"It is {_DOES[verdict]} by {_by(found[-1], source)}."
    return f"It is {_DOES[verdict]}, whatever is not known:"


def _by(decision: Decision, source: Source) -> str:
    placed = decision.meeting.placed
    return f"the policy of {decision.meeting.chain}" if placed is None else where(source, placed.span)


def _decision(decision: Decision, number: int, source: Source) -> str:
    start = "otherwise " if number else ""
    condition = ""
    if decision.asked:
        condition = ", if " + " and ".join(map(condition_text, decision.asked))
    elif decision.meeting.share is not None:
        condition = f", {_share(decision.meeting)}"
    return f"{start}{_by(decision, source)} {_DECIDES[decision.verdict]}{condition}"
