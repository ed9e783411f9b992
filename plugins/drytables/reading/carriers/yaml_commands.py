"""The commands in a YAML text: cloud-init's, Ansible's, Salt's, those of containers and of steps of CI."""

from __future__ import annotations

from collections.abc import Iterator

from ..excerpt import Excerpt
from ..names import FOLDER, IPTABLES, is_iptables, is_shell
from ..pattern import pattern
from .argument_words import POSIX, argument_of, split
from .carried import Argument, Carried, Contents, in_order, without_lines
from .yaml_scalars import folded
from .yaml_tree import Mapping, Node, Scalar, Sequence, Tree, parse

#: Keys whose values a shell runs.
_RUN = frozenset({
    "run", "shell", "script", "cmd", "runcmd", "bootcmd", "command", "commands", "raw", "before_script", "after_script",
    "exec", "entrypoint", "cmd.run", "cmd.script", "preup", "postup", "predown", "postdown",
    "action", "local_action",
})  # fmt: skip
#: Keys whose values people read.
_READ = frozenset({
    "name", "description", "title", "summary", "msg", "message", "help", "comment", "comments", "note", "notes",
    "label", "displayname", "display_name", "doc", "docs", "reason", "text", "subject", "fail_msg", "success_msg",
})  # fmt: skip
#: What Ansible's tasks have beside their module.
_TASK = frozenset({
    "become", "become_user", "when", "register", "tags", "notify", "changed_when", "failed_when", "loop", "with_items",
    "ignore_errors", "check_mode", "delegate_to", "args", "vars", "environment", "no_log", "run_once", "listen",
})  # fmt: skip
#: Ansible's words after a free-form command, which are for the module.
_FOR_MODULE = pattern(
    r"(?:[ \t]+(?:creates|removes|chdir|executable|warn|stdin)=(?:\"[^\"]*\"|'[^']*'|\S+))+[ \t\n]*\Z"
)
_MODULE = pattern(r"(?:ansible\.(?:builtin|legacy)\.)?(?:shell|command|raw)[ \t]+")
#: Interpreters of a CI step that are not Unix shells.
_OTHER_SHELLS = pattern(r"python|pwsh|powershell|cmd|node|ruby|perl")
#: How deep values may lie in others.
_DEEPEST = 100
_LINE = pattern(r"[ \t]*(?:-[ \t]+)*(?:(?:\"[\w. -]+\"|'[\w. -]+'|[A-Za-z_][\w./-]*)[ \t]*:(?:[ \t]|$)|-[ \t])")
_KEY = pattern(r"[ \t]*(?:-[ \t]+)*(?:[A-Za-z_][\w./-]*):(?:[ \t]*$|[ \t]+\S)")

#: A line that opens a block scalar, whose lines stay as they are; and a line that runs iptables.
_BLOCK = pattern(r"(?:^|[ \t])[|>][-+\d]*(?:[ \t]+#.*)?\s*$")
_COMMAND = pattern(rf"[ \t]+(?:(?:sudo|doas)[ \t]+)?{FOLDER}{IPTABLES}[ \t]+-")


def looks_like_yaml(text: str) -> bool:
    """Whether a text that does not say what it is must be YAML: its outermost lines are keys or items, with a key among
    them.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if text.lstrip().startswith("#cloud-config"):
        return True
    if not lines:
        return False
    indent = min(len(line) - len(line.lstrip()) for line in lines)
    outer = [line for line in lines if not line[indent].isspace()]
    is_outline = all(_LINE.match(line) or line.startswith("---") for line in outer) and any(map(_KEY.match, outer))
    return is_outline and not _lists_commands(lines)


def _lists_commands(lines: list[str]) -> bool:
    """Whether a command begins on a line that would go on with a plain scalar: the lines are commands below a heading
    (`Usage:`, `Example:`), and no YAML.
    """
    block, before = -1, ""
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if -1 < block < indent:
            continue
        block = indent if _BLOCK.search(line) else -1
        if _COMMAND.match(line) and not before.rstrip().endswith((":", "-")):
            return True
        before = line
    return False


def yaml_commands(code: Excerpt) -> Contents:
    """What the values of a YAML text carry; the lines that are not YAML are left."""
    tree = parse(code)
    walk = _Walk(code, tree)
    carried = in_order(each for root in tree.roots for each in walk.node(root, ()))
    return Contents(carried, without_lines(code, set(range(len(code.lines()))) - tree.lost))


class _Walk:
    """Goes through the nodes of a tree; `path` are the keys around one, in small letters, the innermost last."""

    def __init__(self, code: Excerpt, tree: Tree) -> None:
        self.code = code
        self.masked = tree.masked

    def node(self, node: Node, path: tuple[str, ...], depth: int = 0, *, is_item: bool = False) -> Iterator[Carried]:
        if isinstance(node, Scalar):
            yield from self.scalar(node, path)
        elif depth < _DEEPEST:
            yield from (
                self.sequence(node, path, depth)
                if isinstance(node, Sequence)
                else self.mapping(node, path, depth, is_item=is_item)
            )

    def mapping(self, mapping: Mapping, path: tuple[str, ...], depth: int, *, is_item: bool) -> Iterator[Carried]:
        pairs = [(key.lower(), value) for key, value in mapping.pairs]
        values = dict(pairs)
        command, arguments = (values.get(key) for key in _PROGRAM_AND_ARGUMENTS[_PROGRAM_KEY in values])
        shell = values.get("shell")
        if isinstance(shell, Scalar) and "run" in values and _OTHER_SHELLS.match(shell.value):
            return
        is_task = (
            path[-1:] != ("run",)
            and "steps" not in path
            and ((is_item and "name" in values) or not _TASK.isdisjoint(values))
        )
        for key, value in pairs:
            if value is arguments and isinstance(command, Sequence) and isinstance(arguments, Sequence):
                continue
            if value is command and isinstance(command, Sequence) and isinstance(arguments, Sequence):
                yield from self.sequence(Sequence([*command.items, *arguments.items]), (*path, key), depth + 1)
                continue
            yield from self.node(value, (*path, "task" if is_task else "", key), depth + 1)

    def sequence(self, sequence: Sequence, path: tuple[str, ...], depth: int) -> Iterator[Carried]:
        items = [item for item in sequence.items if isinstance(item, Scalar)]
        if items and len(items) == len(sequence.items) and _are_arguments(items):
            yield Carried(arguments=tuple(self.arguments(items)), use="run", is_list=True)
            return
        for item in sequence.items:
            yield from self.node(item, path, depth + 1, is_item=True)

    def scalar(self, scalar: Scalar, path: tuple[str, ...]) -> Iterator[Carried]:
        key = path[-1].rpartition(".")[2] if path else ""
        is_state = any(each.startswith("cmd.") for each in path)  # of Salt, whose commands are names
        if not scalar.value.strip() or (key in _READ and not is_state):
            return
        text = folded(self.code, self.masked, scalar)
        is_run = key in _RUN or is_state or (bool(path) and path[-1] in _RUN)
        if is_run:
            text = _without_words_for_module(text)
        if _is_split(path):
            words = split(text, POSIX)
            if words:
                yield Carried(text, tuple(words), use="run")
                return
        yield Carried(text, use="run" if is_run else "file")

    def arguments(self, items: list[Scalar]) -> Iterator[Argument]:
        """The items of a list as arguments; items that are left out are one unknown one."""
        end = items[0].start
        for item in items:
            gap = self.code.text[end : item.start]
            if gap != self.masked[end : item.start]:
                left_out = self.code.cut(end + len(gap) - len(gap.lstrip()), end + len(gap.rstrip(" -\n")))
                size = len(left_out.text)
                yield Argument(left_out, left_out.span(0, size), ((0, size),), "list")
            end = item.end
            text = folded(self.code, self.masked, item)
            yield argument_of(text, self.code.span(item.start, item.end))


def _without_words_for_module(text: Excerpt) -> Excerpt:
    """A command without what Ansible takes for the module: `shell` in an action, `creates=/x` at the end."""
    before, after = _MODULE.match(text.text), _FOR_MODULE.search(text.text)
    return text.cut(before.end() if before else 0, after.start() if after else len(text.text))


_PROGRAM_KEY = "entrypoint"
#: The keys for a container's program and its arguments: Kubernetes' names, and those of Compose.
_PROGRAM_AND_ARGUMENTS = (("command", "args"), ("entrypoint", "command"))


def _are_arguments(items: list[Scalar]) -> bool:
    """Whether the items of a list are the words of one command, and not each a command."""
    if is_shell(items[0].value):
        return True
    programs = [at for at, item in enumerate(items) if is_iptables(item.value)]
    return bool(programs) and items[min(programs[0] + 1, len(items) - 1)].value[:1] in ("-", "!")


def _is_split(path: tuple[str, ...]) -> bool:
    """Whether a command is split into words that no shell sees: of Ansible's module of that name, and of Compose."""
    if not path:
        return False
    if path[-1] in ("ansible.builtin.command", "ansible.legacy.command"):
        return True
    if path[-1] in ("cmd", "_raw_params") and len(path) > 2 and _is_split(path[:-2]):
        return True
    is_of_task = path[-1] == "command" and path[-2:-1] == ("task",)
    return is_of_task or (path[-1] in ("command", "entrypoint") and "services" in path[:-1])
