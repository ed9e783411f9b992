"""A build and `drytables check` say the same of a site, whose configuration both follow."""

import re

import pytest
from commands.run import BAD, drytables
from conftest import Site

pytestmark = pytest.mark.starts_programs

MISSPELT = "iptables -A INPTU -j DROP"
OLD = "iptables -t nat -A POSTROUTING -m statistic --mode nth --every 3 -j SNAT --to 192.0.2.1"
SETTINGS = """\
paths = ["content"]
exclude = ["content/posts/excluded.md"]
baseline = "known.jsonl"

[[overrides]]
paths = ["content/posts/off.md"]
codes = { bad-value = "off", unknown-chain = "warning" }

[[overrides]]
paths = ["content/posts/of-1.4.10.md"]
iptables = "1.4.10"

[[overrides]]
paths = ["content/posts/sentence.md"]
inline = "error"
"""


def fence(*commands: str) -> str:
    """A fence of shell."""
    return "```sh\n" + "\n".join(commands) + "\n```\n"


def told_by_build(site: Site) -> tuple[int, list[str], str]:
    """The exit status of a build, what it tells with its places, and all that it prints."""
    built = site.build()
    found = re.findall(r"(error|warning|note)\[([\w-]+)\]: [^\n]*\n *--> content/posts/(\S+):(\d+):", built.stderr)
    return (
        built.returncode,
        sorted(f"{name}:{line} {severity} {code}" for severity, code, name, line in found),
        (built.stdout + built.stderr),
    )


def told_by_check(site: Site) -> tuple[int, list[str]]:
    """The same of `drytables check`."""
    checked = drytables("check", "--format", "short", folder=site.folder)
    found = re.findall(r"content/posts/(\S+?):(\d+):\d+: (\w+)\[([\w-]+)\]", checked.stdout)
    return checked.returncode, sorted(f"{name}:{line} {severity} {code}" for name, line, severity, code in found)


def test_a_build_follows_the_configuration_as_the_check_does(site: Site) -> None:
    (site.folder / ".drytables.toml").write_text(SETTINGS)
    site.post("known", fence(BAD))
    assert drytables("check", "--write-baseline", folder=site.folder).returncode == 0
    site.post("off", fence(BAD, MISSPELT))
    site.post("of-1.4.10", fence(OLD))
    site.post("excluded", fence(BAD))
    site.post("known", fence(BAD, "iptables -L"))

    status, told, said = told_by_build(site)
    assert (status, told) == (0, ["off.md:9 warning unknown-chain"])
    assert told_by_check(site) == (0, told)
    assert "2 findings left out: 1 known from before, 1 switched off" in said
    assert "1.4.10" in site.page("2026/01/of-1.4.10")
    assert '<figure class="snippet' in site.page("2026/01/known")
    assert '<figure class="snippet' not in site.page("2026/01/excluded")

    (site.folder / ".drytables.toml").write_text(SETTINGS.replace('"1.4.10"', '"1.4.9"'))
    assert site.build().returncode == 0
    assert "1.4.9" in site.page("2026/01/of-1.4.10")
    (site.folder / ".drytables.toml").write_text(SETTINGS)

    site.post("known", fence(BAD, BAD))
    site.post("sentence", f"Try `{BAD}`.\n")
    status, told, _ = told_by_build(site)
    assert (status, told) == (
        1,
        ["known.md:9 error bad-value", "off.md:9 warning unknown-chain", "sentence.md:7 error bad-value"],
    )
    assert told_by_check(site) == (1, told)

    site.settings('DRYTABLES_IPTABLES = "1.8.11"')
    assert "of-1.4.10.md:8 error also-requires" in told_by_build(site)[1]


def test_advice_is_told_where_the_configuration_wants_it(site: Site) -> None:
    """It is in the figure unless it is not wanted at all."""
    site.post("covered", fence("iptables -A INPUT -p tcp -j DROP", "iptables -A INPUT -p tcp --dport 22 -j ACCEPT"))
    seen = []
    for settings in ("", "advice = true\n", "advice = false\n"):
        (site.folder / ".drytables.toml").write_text(settings)
        status, told, _ = told_by_build(site)
        seen.append((status, told, "if these are two ways" in site.page("2026/01/covered")))

    noted = ["covered.md:9 note covered-rule"]
    assert seen == [(0, [], True), (0, noted, True), (0, [], False)]


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        (
            'iptables = "1.4.100"\n',
            "error[bad-setting]: unknown iptables release `1.4.100`\n --> .drytables.toml:1:12\n",
        ),
        ('baseline = "lost.jsonl"\n', "lost.jsonl: there is no such baseline"),
    ],
)
def test_a_configuration_with_faults_ends_the_build(site: Site, settings: str, fault: str) -> None:
    site.post("good", fence("iptables -L"))
    (site.folder / ".drytables.toml").write_text(settings)

    built = site.build()

    assert built.returncode == 1
    assert fault in built.stderr
    assert "Traceback" not in built.stderr
    assert not (site.folder / "output").exists()
