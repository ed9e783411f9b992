"""The house of drytables stands as its plan says: imports point one way, and only the top floor touches the world."""

import ast
import functools
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from drytables.grammar.builtin import BY_NAME
from drytables.grammar.catalogue import all_extensions

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "plugins" / "drytables"

#: From the ground up. A module imports from floors below, and from modules of its own floor that do not import it.
FLOORS = (
    "diagnostics", "reading", "grammar", "judging", "ruleset", "meaning", "model", "advice", "nft", "page", "formats",
    "bulk", "pelican_plugin",
)  # fmt: skip
ENTRANCES = dict.fromkeys(("__init__", "__main__", "cli", "commands", "configuration", "one_line"), "pelican_plugin")

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 420, 45


def name_of(path: Path) -> tuple[str, ...]:
    """The dotted name within the package, as a tuple; a package's own file has the package's name."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def floor_of(name: tuple[str, ...]) -> int:
    """How high a module stands."""
    return FLOORS.index(ENTRANCES.get(name[0], name[0]))


def where(path: Path) -> str:
    """The file, as a failing test names it."""
    return path.relative_to(PACKAGE).as_posix()


@functools.cache
def nodes_of(path: Path) -> list[ast.AST]:
    """Everything in a file, from its module down; each file is read once for all tests."""
    return [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def imports(path: Path) -> Iterator[ast.Import | ast.ImportFrom]:
    """Every import of a file, but for those that only type checkers see."""
    unseen = {
        id(child)
        for node in nodes_of(path)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for child in ast.walk(node)
    }
    for node in nodes_of(path):
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in unseen:
            yield node


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """The modules of this package that a file imports."""
    own = path.relative_to(PACKAGE).with_suffix("").parts
    for node in imports(path):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = own[: len(own) - node.level]
        module = (*base, *(node.module.split(".") if node.module else ()))
        for alias in node.names:
            deeper = (*module, alias.name)
            is_module = PACKAGE.joinpath(*deeper).with_suffix(".py").is_file() or PACKAGE.joinpath(*deeper).is_dir()
            yield deeper if is_module else module


def test_a_module_imports_only_from_its_floor_and_below() -> None:
    above = [
        (where(path), ".".join(name))
        for path in MODULES
        for name in imported(path)
        if name and floor_of(name) > floor_of(name_of(path))
    ]

    assert above == []


def test_no_two_modules_import_each_other() -> None:
    graph = {name_of(path): {name for name in imported(path) if name != name_of(path)} for path in MODULES}

    assert list(TopologicalSorter(graph).static_order())  # a circle is named by the CycleError that it raises


#: Tests of a whole room, and of what a room makes of one kind of text.
OF_A_WHOLE_ROOM = {
    "advice/test_chains_kernel.py": "chains, against the real kernel",
    "diagnostics/test_codes.py": "every code",
    "grammar/test_extensions.py": "every case of tests/cases",
    "judging/test_properties.py": "whatever the words",
    "meaning/test_evaluate_kernel.py": "evaluate, against the real kernel",
    "meaning/test_numbers.py": "every number that a sentence may hold",
    "model/test_machine_kernel.py": "machine, against the real kernel",
    "model/test_memory_kernel.py": "memory, against the real kernel",
    "model/test_walk_kernel.py": "walk, against the real kernel's own trace",
    "page/test_golden.py": "whole pages, and all that is said of them",
    "page/test_notes_on_releases.py": "what a page says of older releases",
    "reading/markdown/test_fences_on_pages.py": "what the dialects make of the same pages",
    "reading/markdown/test_parsers.py": "what the parsers of the dialects make of the same texts",
    "pelican_plugin/test_adoption.py": "other people's sites",
    "formats/html/test_snippet_classes.py": "the contract with the stylesheet",
    "commands/test_cli.py": "every command",
    "commands/test_formats.py": "check, in every format",
    "commands/test_manners.py": "what every program must do well",
    "commands/test_start.py": "what is loaded",
    "commands/language_server/test_in_neovim.py": "the whole server, in a real editor",
}


def test_the_tests_follow_the_rooms() -> None:
    """A module's test is found by its name: tests/meaning/test_flow.py tests meaning/flow.py."""
    rooms = [room for room in (*FLOORS, "commands", "configuration") if (TESTS / room).is_dir()]
    tests = {test.relative_to(TESTS) for room in rooms for test in (TESTS / room).rglob("test_*.py")}
    lost = [test for test in tests if not (PACKAGE / test.with_name(test.name.removeprefix("test_"))).is_file()]

    assert {test.as_posix() for test in lost} == OF_A_WHOLE_ROOM.keys()


def room_of(name: tuple[str, ...]) -> tuple[str, ...]:
    """The folder that a module is in."""
    return name if PACKAGE.joinpath(*name).is_dir() else name[:-1]


def test_no_two_rooms_import_each_other() -> None:
    """Nor does a folder within a floor turn back to one that it serves."""
    graph: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for path in MODULES:
        here = room_of(name_of(path))
        there = {room_of(name) for name in imported(path)}
        # A floor's own files may serve the rooms in it and be served by them; no two modules of them do so.
        graph.setdefault(here, set()).update(room for room in there if room[: len(here)] != here != room[: len(here)])

    rooms = {here: {room for room in there if here[: len(room)] != room} for here, there in graph.items()}
    assert list(TopologicalSorter(rooms).static_order())


def modules_named_in(path: Path) -> set[str]:
    """The modules that a file imports by their full names, from other packages."""
    names = {alias.name for node in imports(path) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in imports(path) if isinstance(node, ast.ImportFrom) and not node.level}


def test_only_the_plugin_imports_pelican() -> None:
    users = {where(path) for path in MODULES if any(name.split(".")[0] == "pelican" for name in modules_named_in(path))}

    assert {Path(user).parent.name for user in users} == {"pelican_plugin"}, users


def test_html_is_made_in_one_room() -> None:
    makers = {where(path) for path in MODULES if "html" in modules_named_in(path) and "escape" in imported_names(path)}

    assert makers
    assert {Path(maker).parent.as_posix() for maker in makers} == {"formats/html"}


def imported_names(path: Path) -> set[str]:
    """The names that a file takes out of other modules."""
    return {alias.name for node in imports(path) if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_below_the_top_floor_nothing_prints_exits_or_reads_a_file() -> None:
    forbidden = {
        "print",
        "open",
        "input",
        "exit",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "system",
        "Popen",
    }
    calls = [
        (where(path), name)
        for path in MODULES
        if floor_of(name_of(path)) < FLOORS.index("pelican_plugin")
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        if (name := node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")) in forbidden
    ]

    assert calls == []


def test_a_file_holds_one_idea() -> None:
    """A long file is two ideas, and a long function is two functions; tables of data may be long."""
    long = [
        f"{where(path)}: {node.name}: {node.end_lineno - node.lineno} lines"
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno > LONGEST_FUNCTION
    ]
    lengths = {where(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert long == []
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_a_file_opens_with_a_sentence_about_itself() -> None:
    modules = [(where(path), node) for path in MODULES for node in nodes_of(path) if isinstance(node, ast.Module)]
    silent = [path for path, module in modules if (ast.get_docstring(module, clean=False) or " ")[0] in " \n"]

    assert silent == []


#: What may look at a setting's value whatever it is: those that make one, that print it, and that tell of a hole.
READ_RAW = {
    "grammar/rule.py", "grammar/saving.py", "grammar/nft_words.py", "grammar/extensions/shared/nat_ranges.py",
}  # fmt: skip


def test_checks_ask_for_a_value_and_do_not_take_it() -> None:
    """`Setting.known` and `Setting.facts` note that they were asked: on that, commands of one shape are judged once."""
    taken = [
        f"{where(path)}:{node.lineno}"
        for path in MODULES
        if name_of(path)[0] == "grammar" and where(path) not in READ_RAW
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute) and node.attr == "value"
        if ast.unparse(node.value).endswith(("setting", "]"))
    ]

    assert taken == []


#: Names of matches and targets that mean something else in a file, and what. Those that are iptables' own options and
#: commands too, such as `policy`, may be anywhere.
MEANT_OTHERWISE = {
    "diagnostics/code.py": ("length", "what a code is about"),
    "diagnostics/codes/command.py": ("length", "what a code is about"),
    # iptables itself looks for the match under another name, before it opens any file; so must the catalogue.
    "grammar/catalogue.py": ("icmp6", "where names lead to a file"),
    "grammar/nft.py": ("set", "a kind of object in a table of nft"),
    "advice/lockout.py": ("icmp", "a field of a packet"),
    "configuration/toml_places.py": ("comment", "a part of TOML's grammar"),
    "grammar/values/ipv6_options.py": ("length", "what iptables calls a part of an option"),
    "grammar/values/ports.py": ("sctp tcp udp", "protocols that have services"),
    "grammar/values/connection_states.py": ("DNAT SNAT", "states of a connection"),
    "grammar/values/protocols.py": ("ah esp ipcomp mh", "protocols"),
    "grammar/values/well_known_ports.py": ("tcp udp", "protocols that have services"),
    "grammar/registries.py": ("ah dccp esp icmp ipcomp mh sctp tcp udp", "protocols"),
    "formats/packets.py": ("icmp mark state tos ttl", "fields of a packet"),
    "formats/trace_record.py": ("length mark tos ttl", "fields of a packet"),
    "model/condition.py": ("icmp length mark state tos ttl", "fields of a packet"),
    "model/cover.py": ("mark state tos ttl", "fields of a packet"),
    "model/packet.py": ("DNAT REDIRECT SNAT", "what connection tracking knows of a connection"),
    "model/sets.py": ("comment", "what an entry of a set may have beside it"),
    "model/together.py": ("mark state tos ttl", "fields of a packet"),
    "ruleset/other_programs.py": ("conntrack set", "programs, and what the shell itself can do"),
    "model/packet_text.py": ("ah conntrack dccp esp icmp sctp state tcp udp", "how people say what a packet is"),
    "page/implied_placeholders.py": ("comment limit mac mark state string", "what people write in place of a value"),
    "reading/carriers/yaml_commands.py": ("comment", "a key whose value people read"),
    "reading/markdown/meant_fences.py": ("mark", "a part of a regular expression"),
    "reading/markdown/python_markdown.py": ("mark", "a part of a regular expression"),
    "reading/markdown/tags.py": ("comment", "a tag"),
    "reading/other_formats.py": ("mark", "an element of HTML"),
    "reading/shell/functions.py": ("set", "what the shell itself can do"),
    "reading/shell/runners.py": ("time", "a program"),
    "reading/shell/syntax.py": ("string", "a part of the shell's grammar"),
}
#: The rooms of extensions: what each is to iptables, and what it does to packets.
OF_EXTENSIONS = {("grammar", "extensions"), ("model", "matches"), ("model", "remembered"), ("model", "targets")}
ELSEWHERE = [path for path in MODULES if name_of(path)[:2] not in OF_EXTENSIONS]


def test_facts_about_an_extension_are_in_its_own_file() -> None:
    """Nothing else names a match or target: it asks for a field of the declaration (`grammar/extension.py`).

    What an extension does to packets is in the rooms of the model that say so for each.
    """
    names = {extension.name for extension in all_extensions()} - {*BY_NAME}
    constants = {
        where(path): {node.value for node in nodes_of(path) if isinstance(node, ast.Constant)} for path in ELSEWHERE
    }
    named = {path: found & names for path, found in constants.items() if found & names}
    allowed = {path: {*words.split()} for path, (words, _) in MEANT_OTHERWISE.items()}

    assert named == allowed, "declare it in the file of the match or target"


def test_nothing_is_decided_by_the_name_of_an_extension_or_of_its_option() -> None:
    """Some names are ordinary words: so none is compared with, and an option is asked for by its declaration."""
    compared = [
        f"{where(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in ELSEWHERE
        for node in nodes_of(path)
        if isinstance(node, ast.Compare)
        if any(ast.unparse(side).endswith("extension.name") for side in (node.left, *node.comparators))
        if any(
            isinstance(part, ast.Constant) or (isinstance(part, ast.Name) and part.id.isupper())
            for part in ast.walk(node)
        )
    ]
    asked = [
        f"{where(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in ELSEWHERE
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("has", "value", "facts", "negated")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        if len(str(node.args[0].value)) > 1  # iptables' own options are asked for by their letters
    ]

    assert compared + asked == []
