"""Packets in the chains of a table: rule by rule, into the chains that are jumped to, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal, NamedTuple

from ..grammar.builtin import TABLES
from .branch import Assumed, Branch, merged
from .condition import AllOf, Condition, Counted, Question, Routing, Single, Unknowable, ask, narrowed
from .conditions import conditions_of
from .fate import Verdict
from .hooks import Stop
from .host import Host
from .memory import Memory
from .packet import Packet, before_tracking, tracked_after
from .path import Ending, Meeting, Turn
from .remembered.arrival import Arrival
from .ruleset import Chain, PlacedRule, Ruleset
from .targets.effect import Effect
from .targets.table import act, observes
from .targets.verdicts import STANDARD

#: More chains within one another than anybody has; iptables-nft refuses more than 16.
_DEEPEST = 100
#: How often a packet may meet each rule, on average: chains that jump twice to others meet some of them very often.
_MOST_MEETINGS, _FEWEST = 10, 10_000
_TOO_MANY = "what follows, which is more than is followed"


class _Split(NamedTuple):
    """What becomes of the ways that reach a rule: those that meet it and those that do not, and why that is."""

    meeting: list[Branch]
    passing: list[Branch]
    asked: tuple[Question, ...] = ()
    share: Fraction | None = None

    @property
    def meets(self) -> Literal["yes", "no", "perhaps"]:
        """Whether the packet meets the rule."""
        if not self.meeting:
            return "no"
        return "perhaps" if self.passing or self.asked else "yes"


class ChainWalk:
    """Follows ways through tables, and collects what they meet, and those that end."""

    def __init__(self, ruleset: Ruleset, host: Host, memory: Memory) -> None:
        self.ruleset, self.host, self.memory = ruleset, host, memory
        self._conditions: dict[PlacedRule, tuple[Condition, ...]] = {}
        self._most = _FEWEST + _MOST_MEETINGS * sum(1 for _ in ruleset.rules())
        self.begin(None)

    def begin(self, time: Fraction | None) -> None:
        """Begin with another packet, which comes at a time."""
        self.time, self.left = time, self._most
        self.meetings: list[Meeting] = []
        self.endings: list[Ending] = []
        self._accepted: list[Branch] = []
        self._given: tuple[Question, ...] = ()
        self._is_tracked = True
        self._hook = ""

    def table(self, at: Stop, branches: list[Branch]) -> list[Branch]:
        """Follow ways through a table, from its built-in chain on; returns those that it accepts."""
        if not branches:
            return []
        chain = self.ruleset.chain(branches[0].packet.family, at.table, at.hook)
        if chain is None or not (chain.rules or chain.doubt or chain.policy_span):
            return branches
        self._accepted = []
        self._hook = at.hook
        self._given = _routing(branches)
        # What a machine sends to itself keeps its connection when it comes in.
        comes_back = branches[0].packet.way == "loopback" and at.hook == "PREROUTING"
        self._is_tracked = at.table != "raw" or comes_back
        left = merged(self._chain(at, chain, branches, 0))
        if left:
            self._policy(at, chain, left)
        return merged(self._accepted)

    def _policy(self, at: Stop, chain: Chain, branches: list[Branch]) -> None:
        policy = chain.policy or "ACCEPT"
        verdict = STANDARD[policy]
        turns = tuple(Turn(branch.packet, Effect(branch.packet, verdict)) for branch in branches[:1])
        comes = _share_of(branches)
        self.meetings.append(Meeting(at, chain.name, 0, None, "yes", turns=turns, given=self._given, comes=comes))
        for branch in branches:
            self._end(at, chain.name, None, verdict, branch)

    def _end(
        self, at: Stop, chain: str, placed: PlacedRule | None, verdict: Verdict, branch: Branch, answer: str = ""
    ) -> None:
        if verdict == "accepted":
            self._accepted.append(branch)
        else:
            self.endings.append(Ending(verdict, branch, at, chain, placed, answer))

    def _chain(self, at: Stop, chain: Chain, branches: list[Branch], depth: int) -> list[Branch]:
        """Follow ways through one chain; returns those that come to its end, or return before."""
        returned: list[Branch] = []
        if chain.doubt:
            branches = [branch.lacking(chain.doubt) for branch in branches]
        for placed in chain.rules:
            if not branches:
                break
            self.left -= 1
            if self.left < 0 or depth > _DEEPEST:
                for branch in branches:
                    self._end(at, chain.name, placed, "unknown", branch.lacking(_TOO_MANY))
                return returned
            going, back = self._rule(at, chain, placed, branches, depth)
            returned += back
            branches = merged(going)
        return [*returned, *branches]

    def _rule(
        self, at: Stop, chain: Chain, placed: PlacedRule, branches: list[Branch], depth: int
    ) -> tuple[list[Branch], list[Branch]]:
        """The ways that go on with the next rule, and those that leave the chain without a verdict."""
        split = self._split(placed, branches)
        rule = placed.rule
        jump = rule.jump.text if rule.jump is not None else ""
        below = self._below(placed, at.table, branches[0].packet.family) if split.meeting else None
        turns: list[Turn] = []
        index = len(self.meetings)
        meeting = Meeting(at, chain.name, depth, placed, split.meets, split.share, split.asked, given=self._given)
        comes = _share_of(branches)
        self.meetings.append(replace(meeting, jumps=jump if below is not None else "", comes=comes))
        going: list[Branch] = []
        back: list[Branch] = []
        if below is not None:
            came = self._chain(at, below, split.meeting, depth + 1)
            (back if rule.goto else going).extend(came)
        elif jump == "RETURN":
            back = split.meeting
        else:
            for branch in split.meeting:
                effect = self._effect(placed, branch.packet, jump)
                if effect.log is not None and split.asked:
                    effect = effect._replace(log=effect.log._replace(is_certain=False))
                turns.append(Turn(branch.packet, effect))
                going += self._after(at, chain.name, placed, branch, effect)
            self.meetings[index] = replace(self.meetings[index], turns=tuple(turns))
        return [*going, *split.passing], back

    def _below(self, placed: PlacedRule, table: str, family: str) -> Chain | None:
        """The user-defined chain that a rule sends packets to, if it is known."""
        jump = placed.rule.jump
        if jump is None or placed.rule.target is not None or jump.holes or jump.text in TABLES.get(table, ()):
            return None
        return self.ruleset.tables.get((family, table), {}).get(jump.text)

    def _effect(self, placed: PlacedRule, packet: Packet, jump: str) -> Effect:
        rule = placed.rule
        if rule.target is not None:
            if self._is_tracked:
                return act(rule.target, packet, self.host)
            effect = act(rule.target, before_tracking(packet), self.host)
            return effect._replace(packet=tracked_after(effect.packet, packet))
        if not jump:
            return Effect(packet)
        if jump in STANDARD:
            unknown = "what the program decides that listens to the queue" if jump == "QUEUE" else ""
            return Effect(packet, STANDARD[jump], unknown=unknown)
        return Effect(packet, "unknown", unknown=f"what `{jump}` does, which is not among these rules")

    def _after(self, at: Stop, chain: str, placed: PlacedRule, branch: Branch, effect: Effect) -> list[Branch]:
        """The way after an effect; none if it ends."""
        if effect.log is not None:
            branch = branch.logging(effect.log)
        branch = branch.changed(effect.packet)
        if effect.verdict is None:
            return [branch]
        if effect.verdict == "unknown" and effect.unknown:
            branch = branch.lacking(effect.unknown)
        self._end(at, chain, placed, effect.verdict, branch, effect.answer)
        # What a chain does that is not known may also be to let the packet come back.
        comes_back = effect.verdict == "unknown" and placed.rule.target is None and not placed.rule.goto
        return [branch] if comes_back else []

    # conditions

    def _as_asked(self, packet: Packet) -> Packet:
        return packet if self._is_tracked else before_tracking(packet)

    def _split(self, placed: PlacedRule, branches: list[Branch]) -> _Split:
        """Part the ways by the conditions of a rule, in the order in which Linux asks them."""
        conditions = self._conditions.get(placed)
        if conditions is None:
            conditions = self._conditions[placed] = conditions_of(placed, self.ruleset.sets)
        whole = _share_of(branches)
        meeting, passing, asked = branches, list[Branch](), list[Question]()
        is_drawn = False
        for number, group in enumerate(_groups(conditions)):
            if not meeting:
                break
            if isinstance(group, Counted):
                meeting, missed, question, drawn = self._counted(placed, number, group, meeting)
                asked += question
                is_drawn |= drawn
            else:
                missed = []
                met: list[Branch] = []
                for branch in meeting:
                    yes, no, questions = _part(branch, group, is_tracked=self._is_tracked)
                    met += yes
                    missed += no
                    asked += questions
                meeting = met
            passing += missed
        if asked and meeting and _only_observes(placed):
            # Whether it meets the rule or not, it goes on in the same way.
            return _Split(branches, [], tuple(dict.fromkeys(asked)))
        share = _share_of(meeting) / whole if is_drawn and not asked else None
        return _Split(meeting, passing, tuple(dict.fromkeys(asked)), share)

    def _counted(
        self, placed: PlacedRule, number: int, counted: Counted, branches: list[Branch]
    ) -> tuple[list[Branch], list[Branch], list[Question], bool]:
        """Part the ways by a match that remembers packets, which answers them all alike; also, whether by chance."""
        is_known = not any(branch.unknown for branch in branches)
        arrives = _share_of(branches) if is_known else None
        ways = tuple(dict.fromkeys(self._as_asked(branch.packet) for branch in branches))
        answer = self.memory.answer((placed, number), counted, Arrival(ways, arrives, self.time, self._hook))
        if answer is True:
            return branches, [], [], False
        if answer is False:
            return [], branches, [], False
        if isinstance(answer, Fraction):
            met = [branch.by_chance(answer) for branch in branches]
            return met, [branch.by_chance(1 - answer) for branch in branches], [], True
        condition = Unknowable(answer.lacks, answer.condition)
        parted = [
            [branch.assuming(Assumed(condition, holds, answer.lacks), branch.packet) for branch in branches]
            for holds in (True, False)
        ]
        return parted[0], parted[1], [answer], False


def _share_of(branches: Sequence[Branch]) -> Fraction:
    """The share of the packets that go one of some ways."""
    return sum((branch.chance for branch in branches), Fraction(0))


def _routing(branches: Sequence[Branch]) -> tuple[Question, ...]:
    """What has to be so for a packet to come this way, if one would have to know the machine's addresses."""
    common = set(branches[0].assumed).intersection(*(branch.assumed for branch in branches[1:]))
    return tuple(
        Question(("" if each.holds else "not: ") + each.condition.text, each.lacks)
        for each in branches[0].assumed
        if each in common and isinstance(each.condition, Routing)
    )


def _groups(conditions: Sequence[Condition]) -> list[Counted | list[Single]]:
    """Conditions in a row whose answers do not depend on their order, and between them those that count."""
    groups: list[Counted | list[Single]] = []
    for condition in conditions:
        if isinstance(condition, Counted):
            groups.append(condition)
        elif groups and isinstance(groups[-1], list):
            groups[-1].append(condition)
        else:
            groups.append([condition])
    return groups


def _part(
    branch: Branch, conditions: list[Single], *, is_tracked: bool
) -> tuple[list[Branch], list[Branch], list[Question]]:
    """A way parted by some conditions: where it meets them, where it does not, and what would have to be known."""
    packet = branch.packet if is_tracked else before_tracking(branch.packet)
    open_: list[Single] = []
    questions: list[Question] = []
    for condition in conditions:
        answer = ask(condition, packet)
        if isinstance(answer, Question):
            recalled = branch.recall(condition)
            if recalled is None:
                open_.append(condition)
                questions.append(answer)
            elif not recalled:
                return [], [branch], []
        elif not answer:
            return [], [branch], []
    if not open_:
        return [branch], [], []
    whole = open_[0] if len(open_) == 1 else AllOf(tuple(open_))
    lacks = " and ".join(dict.fromkeys(question.lacks for question in questions))
    ways = [
        branch.assuming(Assumed(whole, holds, lacks), narrowed(branch.packet, whole, holds)) for holds in (True, False)
    ]
    return [ways[0]], [ways[1]], questions


def _only_observes(placed: PlacedRule) -> bool:
    """Whether a packet goes on in the same way whether it meets a rule or not."""
    rule = placed.rule
    return rule.jump is None or (rule.target is not None and observes(rule.target))
