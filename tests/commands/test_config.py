"""A configuration as its user meets it: `check` and `fix` follow it, the command line wins, `config` shows it."""

from pathlib import Path

import pytest
from conftest import PROJECT

from commands.run import BAD, GOOD, drytables, page

MISSPELT = "iptables -A INPTU -j DROP"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a configuration, and a page with a fault in each of its folders."""
    for name in ("docs", "docs/old", "vendor"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text(page(MISSPELT))
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        '[tool.drytables]\npaths = ["docs", "vendor"]\nexclude = ["vendor"]\niptables = "1.8.9"\n'
        '[[tool.drytables.overrides]]\npaths = ["docs/old"]\nmarkdown = "quotes"\ncodes.unknown-chain = "off"\n'
    )
    return tmp_path


def short(*arguments: str, folder: Path) -> list[str]:
    """The pages in which something is found, with its severity and code."""
    run = drytables("check", "--format", "short", *arguments, folder=folder)
    return [f"{line.split(':')[0]} {line.split(' ')[1]}" for line in run.stdout.splitlines()]


def test_without_a_path_the_configured_ones_are_checked(folder: Path) -> None:
    assert short(folder=folder) == ["docs/page.md error[unknown-chain]:"]
    assert short(folder=folder / "docs" / "old") == ["../page.md error[unknown-chain]:"]

    (folder / "pyproject.toml").unlink()
    run = drytables("check", folder=folder)
    assert (run.returncode, run.stdout) == (2, "")
    assert "name a file or a folder, or set `paths`" in run.stderr


def test_what_is_excluded_is_left_out_unless_it_is_named(folder: Path) -> None:
    found = ["vendor/page.md error[unknown-chain]:"]

    assert short("vendor", folder=folder) == short("vendor/page.md", folder=folder) == found
    assert short("--isolated", ".", folder=folder)[-1:] == found
    for named in ("vendor", "vendor/page.md", "vendor/*.md", "*/*.md"):
        assert found[0] not in short("--force-exclude", named, folder=folder), named
    assert drytables("check", "--force-exclude", "vendor", folder=folder).returncode == 0


def test_a_code_that_is_off_is_neither_told_nor_repaired_and_is_counted(folder: Path) -> None:
    run = drytables("check", "docs/old", folder=folder)
    fixed = drytables("fix", "docs", folder=folder)

    assert (run.returncode, run.stdout) == (
        0, "1 iptables command checked, 0 refused, 1 refused but let pass; 1 finding left out: 1 switched off\n",
    )  # fmt: skip
    assert fixed.stderr == "1 finding repaired, 0 left\n"
    assert (folder / "docs/old/page.md").read_text() == page(MISSPELT)
    assert (folder / "docs/page.md").read_text() == page(MISSPELT.replace("INPTU", "INPUT"))


def test_a_level_makes_a_warning_of_an_error_and_an_error_of_a_warning(folder: Path) -> None:
    (folder / ".drytables.toml").write_text('codes = { unknown-chain = "warning", read-differently = "error" }')
    differently = page("iptables -A INPUT -m quota --quota 5k -j DROP", mark='{.sh iptables="1.4.10"}')
    (folder / "docs" / "warned.md").write_text(differently)

    assert short("docs/page.md", folder=folder) == ["docs/page.md warning[unknown-chain]:"]
    assert drytables("check", "docs/page.md", folder=folder).returncode == 0
    assert short("docs/warned.md", "--isolated", folder=folder) == ["docs/warned.md warning[read-differently]:"]
    assert "docs/warned.md error[read-differently]:" in short("docs/warned.md", folder=folder)
    assert drytables("check", "docs/warned.md", folder=folder).returncode == 1


def test_the_command_line_wins(folder: Path) -> None:
    (folder / "docs" / "page.md").write_text(page("iptables -A INPUT -m cgroup --path x -j DROP"))
    (folder / "other.toml").write_text('iptables = "1.4.10"')

    def is_refused(*arguments: str) -> bool:
        return drytables("check", *arguments, "docs/page.md", folder=folder).returncode == 1

    assert not is_refused()
    assert is_refused("--iptables", "1.4.10")
    assert is_refused("--config", "other.toml")
    assert not is_refused("--config", "other.toml", "--iptables", "1.8.11")


def test_faults_of_a_configuration_are_shown_as_those_of_a_page_and_nothing_is_checked(folder: Path) -> None:
    (folder / "docs" / ".drytables.toml").write_text('iptables = "1.4.100"\nmarkdwon = "quotes"\n')

    for command in ("check", "fix", "config"):
        run = drytables(command, "docs/page.md", folder=folder)
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr == (
            "error[bad-setting]: unknown iptables release `1.4.100`\n"
            " --> docs/.drytables.toml:1:12\n"
            "  |\n"
            '1 | iptables = "1.4.100"\n'
            "  |            ^^^^^^^^^\n"
            "  = help: did you mean `1.4.10`? the known releases are 1.1.0 to 1.8.11\n"
            "\n"
            "error[unknown-setting]: unknown setting `markdwon`\n"
            " --> docs/.drytables.toml:2:1\n"
            "  |\n"
            '2 | markdwon = "quotes"\n'
            "  | ^^^^^^^^\n"
            "  = help: did you mean `markdown`? there are `paths`, `exclude`, `baseline`, `iptables`, `markdown`, "
            "`inline`, `advice`, `codes`, `overrides`\n"
            "\n"
            "drytables: 2 faults in docs/.drytables.toml: nothing was done\n"
        )


def test_config_shows_what_holds_and_where_it_is_said(folder: Path) -> None:
    (folder / "docs" / "dated.md").write_text(f"Title: A\n\n{GOOD}\n")
    run = drytables("config", "docs/old/page.md", "docs/dated.md", "vendor", folder=folder)

    assert run.stdout == (
        "docs/old/page.md\n"
        "  configuration  pyproject.toml\n"
        "  iptables       1.8.9           pyproject.toml:4:1\n"
        "  markdown       quotes          pyproject.toml:7:1\n"
        "  inline         note            default\n"
        "  advice         false           default\n"
        "  unknown-chain  off             pyproject.toml:8:7\n"
        "\n"
        "docs/dated.md\n"
        "  configuration  pyproject.toml\n"
        "  iptables       1.8.9           pyproject.toml:4:1\n"
        "  markdown       superfences     its first line\n"
        "  inline         note            default\n"
        "  advice         false           default\n"
        "\n"
        "vendor\n"
        "  configuration  pyproject.toml\n"
        "  excluded       yes             pyproject.toml:3:1\n"
        "  iptables       1.8.9           pyproject.toml:4:1\n"
        "  markdown       commonmark      default\n"
        "  inline         note            default\n"
        "  advice         false           default\n"
    )
    assert drytables("config", "--isolated", "--iptables", "1.4.10", folder=folder).stdout == (
        ".\n  configuration  none\n  iptables       1.4.10      --iptables\n  markdown       commonmark  default\n"
        "  inline         note        default\n  advice         false       default\n"
    )
    assert drytables("config", "missing.md", folder=folder).returncode == 2


def test_standard_input_has_the_configuration_of_this_folder(folder: Path) -> None:
    (folder / ".drytables.toml").write_text('codes.bad-value = "off"')

    assert drytables("check", "-", stdin=page(BAD), folder=folder).returncode == 0
    assert drytables("check", "-", stdin=page(BAD), folder=folder / "vendor").returncode == 0
    assert drytables("check", "--isolated", "-", stdin=page(BAD), folder=folder).returncode == 1


def test_the_settings_that_are_shown_are_read(tmp_path: Path) -> None:
    shown = (PROJECT / "CHECKING.md").read_text(encoding="utf-8")
    (tmp_path / ".drytables.toml").write_text(shown.split("```toml\n")[1].split("```")[0])
    (tmp_path / "docs" / "old").mkdir(parents=True)
    (tmp_path / "docs" / "old" / "a.fr.md").write_text(page(MISSPELT))
    (tmp_path / "docs" / "old" / "a.md").write_text(page(GOOD))

    assert drytables("check", "--write-baseline", folder=tmp_path).returncode == 0
    assert drytables("check", folder=tmp_path).returncode == 0
    assert "1.4.10" in drytables("config", "docs/old/a.md", folder=tmp_path).stdout


def test_faults_within_sentences_fail_where_the_configuration_wants_it(folder: Path) -> None:
    """In some files, and the command line wins."""
    for name in ("docs/page.md", "docs/old/page.md"):
        (folder / name).write_text(f"Try `{BAD}`.\n")
    settings = folder / "pyproject.toml"
    settings.write_text(settings.read_text().replace('markdown = "quotes"', 'inline = "error"'))

    assert short(folder=folder) == ["docs/page.md note[bad-value]:", "docs/old/page.md error[bad-value]:"]
    assert drytables("check", folder=folder).returncode == 1
    assert drytables("check", "--inline", "note", folder=folder).returncode == 0
    shown = drytables("config", "docs/old/page.md", folder=folder).stdout
    assert ["inline", "error", "pyproject.toml:7:1"] in [line.split() for line in shown.splitlines()]


def test_advice_is_given_where_the_configuration_wants_it(folder: Path) -> None:
    """In some files, and the command line wins, either way."""
    covered = page("iptables -A INPUT -p tcp -j DROP", "iptables -A INPUT -p tcp --dport 22 -j ACCEPT")
    for name in ("docs/page.md", "docs/old/page.md"):
        (folder / name).write_text(covered)
    settings = folder / "pyproject.toml"
    settings.write_text(settings.read_text().replace('markdown = "quotes"', "advice = true"))
    first, second = (f"{name} note[covered-rule]:" for name in ("docs/page.md", "docs/old/page.md"))

    assert short(folder=folder) == [second]
    assert drytables("check", folder=folder).returncode == 0
    assert short("--advice", folder=folder) == [first, second]
    assert short("--no-advice", folder=folder) == short("--isolated", "docs", folder=folder) == []
    shown = drytables("config", "docs/old/page.md", folder=folder).stdout
    assert ["advice", "true", "pyproject.toml:7:1"] in [line.split() for line in shown.splitlines()]


@pytest.mark.parametrize(("value", "help"), [('"on"', "true"), ('"off"', "false"), ("1", "true")])
def test_advice_is_wanted_or_not(folder: Path, value: str, help: str) -> None:
    (folder / ".drytables.toml").write_text(f"advice = {value}\n")
    run = drytables("check", "docs", folder=folder)

    assert run.returncode == 2
    assert "error[bad-setting]: a boolean is expected" in run.stderr
    assert f"= help: write {help}, without quotes" in run.stderr
