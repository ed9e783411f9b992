"""What a configuration says, and what is said of one with faults: each at its place, and with what was meant."""

import pytest
from drytables.configuration.read import read_configuration
from drytables.configuration.settings import Configuration
from drytables.diagnostics.source import Source
from drytables.grammar.history.releases import Release

TOOL = ("tool", "drytables")


def read(text: str) -> Configuration:
    """The configuration in a text that has no fault."""
    found = read_configuration(Source(".drytables.toml", text), "/site")
    assert isinstance(found, Configuration), found
    return found


def told(text: str, *table: str) -> list[str]:
    """What is wrong with a text, one line each."""
    source = Source("x.toml", text)
    found = read_configuration(source, "/site", table)
    assert isinstance(found, tuple), found
    return [
        "{}:{} {}: {}".format(*source.position(each.span.start), each.message, each.help.split(";")[0])
        for each in found
    ]


FAULTS = [
    # a text, where it is wrong, how, and what to do
    ('markdwon = "quotes"', "1:1 unknown setting `markdwon`: did you mean `markdown`?"),
    ('Iptables = "1.8.9"', "1:1 unknown setting `Iptables`: did you mean `iptables`?"),
    ('extend_exclude = ["x"]', "1:1 unknown setting `extend_exclude`: did you mean `exclude`?"),
    ('"per-file-ignores" = 1', "1:1 unknown setting `per-file-ignores`: did you mean `overrides`?"),
    ("strange = 1", "1:1 unknown setting `strange`: there are `paths`, "),
    ('iptables = "1.4.100"', "1:12 unknown iptables release `1.4.100`: did you mean `1.4.10`?"),
    ("iptables = 1.4", '1:12 a release is a string, not a number: write "1.4"'),
    ("iptables = []", "1:12 a string is expected, not a list"),
    ('markdown = "supefences"', "1:12 unknown Markdown `supefences`: did you mean `superfences`?"),
    ('exclude = "old"', '1:11 a list of strings is expected, not a string: write ["old"]'),
    ('exclude = ["old", 7]', "1:19 a string is expected, not a number"),
    ('exclude = [\n  "old", # ü\n  "!",\n]', "3:3 the pattern `!` matches no path"),
    ('exclude = ["# old"]', "1:12 the pattern `# old` matches no path"),
    ('paths = [""]', "1:10 an empty string says nothing"),
    ("paths = 2026-01-01", "1:9 a list of strings is expected, not a date or time"),
    ("baseline = true", "1:12 a string is expected, not a boolean"),
    ('codes = ["bad-value"]', "1:9 a table of codes is expected, not a list"),
    ('codes.bad-valeu = "off"', "1:7 unknown code `bad-valeu`: did you mean `bad-value`?"),
    ('codes."bad-value" = "of"', "1:21 unknown level `of`: did you mean `off`?"),
    ("[codes]\nbad-value = false", '2:13 a string is expected, not a boolean: write "off"'),
    ('codes = {not-toml = "off"}', "1:10 `not-toml` cannot be set"),
    ("overrides = {}", "1:13 a list of tables is expected"),
    ("[[overrides]]\niptables = '1.8.9'", "1:3 this override has no `paths`"),
    ('[[overrides]]\npaths = ["a"]\n[[overrides]]\npaths = ["a"]\nexclude = []', "5:1 unknown setting `exclude`"),
    ('"ü" = 1\niptables = "1.8.9', "2:18 this is not TOML: "),
    ('iptables = "1.8.9"\niptables = "1.8.9"\n', "2:19 this is not TOML: cannot overwrite a value"),
    ("paths = [", "1:10 this is not TOML: "),
]


@pytest.mark.parametrize(("text", "line"), FAULTS, ids=[text for text, _ in FAULTS])
def test_a_fault_is_told_at_its_place_with_what_was_meant(text: str, line: str) -> None:
    (found,) = told(text)

    assert found.startswith(line)


def test_all_faults_are_told_at_once_in_the_order_of_the_text() -> None:
    text = '[tool.drytables]\nx = 1\ncodes = { a-code = 1, bad-value = "loud", b-code = 1 }\niptables = "2"\n'

    assert [line.split(" ")[0] for line in told(text, *TOOL)] == ["2:1", "3:11", "3:35", "3:43", "4:12"]


def test_a_table_of_another_tool_is_its_own_business() -> None:
    for text in ("[tool.ruff]\nx = 1", "", "[tool.ruff\n"):
        assert read_configuration(Source("pyproject.toml", text), "/site", TOOL) is None
    assert told("[tool]\ndrytables = 1", *TOOL) == ["2:13 a table is expected, not a number: write a table"]
    assert len(told("[tool.drytables\n", *TOOL)) == 1


def test_a_later_override_wins_over_an_earlier_one_and_over_what_holds_for_all() -> None:
    configuration = read(
        """
        iptables = "1.8.9"
        codes = { bad-value = "warning", unseen-fence = "off" }
        [[overrides]]
        paths = ["old"]
        iptables = "1.4.10"
        markdown = "fenced_code"
        codes.bad-value = "off"
        [[overrides]]
        paths = ["/old/new/*.md", "!draft.md"]
        iptables = "1.6.0"
        codes = { bad-value = "error" }
        """
    )

    def holds(file: str) -> tuple[Release | None, str | None, dict[str, str]]:
        settings = configuration.settings_of(file)
        return settings.iptables, settings.markdown, dict(settings.codes)

    off = {"unseen-fence": "off"}
    assert holds("/site/a.md") == (Release("1.8.9"), None, {"bad-value": "warning", **off})
    assert holds("/site/docs/old/a.md") == (Release("1.4.10"), "fenced_code", {"bad-value": "off", **off})
    assert holds("/site/old/new/a.md") == (Release("1.6.0"), "fenced_code", {"bad-value": "error", **off})
    assert holds("/site/old/new/draft.md") == (Release("1.4.10"), "fenced_code", {"bad-value": "off", **off})
