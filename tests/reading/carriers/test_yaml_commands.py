"""The commands in YAML: what is run, by a shell or without one, and what is only said."""

from __future__ import annotations

import pytest
from drytables.reading.carriers.yaml_commands import looks_like_yaml
from one_fence import commands, read, typed

A, F = "iptables -A INPUT", "iptables -F"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        # the styles of scalars
        (f"- shell: >-\n    {A}\n    -j DROP", [f"{A} -j DROP"]),
        (f"- shell: >\n    {A}\n    -j DROP\n\n    {F}", [f"{A} -j DROP", F]),
        (f"- run: |\n    {A} \\\n      -j DROP\n    {F}", [f"{A} -j DROP", F]),
        (f"- run: {A}\n    -j DROP", [f"{A} -j DROP"]),
        (f'- run: "{A} \\\n    -j \\"DROP\\""', [f"{A} -j DROP"]),
        # Ansible
        (f"- name: {F}\n  ansible.builtin.shell: {A} || true", [A]),
        (f"- name: x\n  shell: {A} chdir=/ creates=/x", [A]),
        (f"- name: x\n  command: {A} || true", [f"{A} || true"]),
        (f"- command: {A} || true\n  become: true", [f"{A} || true"]),
        (f"- ansible.builtin.command:\n    cmd: >-\n      {A}\n      -j DROP", [f"{A} -j DROP"]),
        ("- command:\n    argv:\n      - iptables\n      - -A\n      - my chain", ["iptables -A [my chain]"]),
        (f"- name: x\n  command: {A} -s {{{{ net.x }}}}", [f"{A} -s ?"]),
        (f"- shell: {A} -s {{{{ net | default('a b') }}}}", [f"{A} -s ?"]),
        (f"- debug:\n    msg: {F}\n- fail:\n    msg: '{F}'", []),
        (f"- local_action: command {F}\n- action: shell {A} creates=/x", [F, A]),
        (
            "- shell: '{{ bin }} -A INPUT -j DROP'\n- command: '{{ x }} -w -t nat -A PREROUTING'",
            ["? -A INPUT -j DROP", "? -w -t nat -A PREROUTING"],
        ),
        (
            "- shell: '{{ bin }} -A FILES'\n- shell: '{{ tar }} -P INPUT'\n- shell: 'x {{ bin }} -A INPUT'",
            ["? -P INPUT"],
        ),
        # cloud-init
        (
            f"#cloud-config\nruncmd:\n  - {F}\n  - [iptables, -A, x y]\n  - [sh, -c, '{F}; {A}']",
            [F, "iptables -A [x y]", F, A],
        ),
        (f"bootcmd:\n  - - iptables\n    - -F\n  - cloud-init-per once x {F}", [F, F]),
        (f"write_files:\n  - path: /x\n    content: |\n      #!/bin/sh\n      {F}\n      {A}", [F, A]),
        ("write_files:\n  - content: |\n      [Service]\n      ExecStart=iptables -F || x", ["iptables -F || x"]),
        # containers
        (f"services:\n  a:\n    command: {A} || x", [f"{A} || x"]),
        (f'services:\n  a:\n    command: ["sh", "-c", "{A} || x"]', [A]),
        (f'services:\n  a:\n    entrypoint: [sh, -c]\n    command: ["{F}"]', [F]),
        (f'containers:\n- command: ["/bin/sh", "-c"]\n  args: ["{F}"]', [F]),
        (
            "containers:\n- command: [iptables]\n  args:\n  - -A\n  - $(CHAIN)\n  - -j\n  - DROP",
            ["iptables -A ? -j DROP"],
        ),
        (
            f"lifecycle:\n  postStart:\n    exec:\n      command:\n      - sh\n      - -c\n      - |\n"
            f"        {F}\n        {A}",
            [F, A],
        ),
        # CI, Salt
        (f"steps:\n- name: x\n  run: |\n    {F}\n    {A} -s ${{{{ x.y }}}}", [F, f"{A} -s ?"]),
        (f"- run: |\n    os.system('{F}')\n    {F}\n  shell: python", []),
        (f"steps:\n- run:\n    name: x\n    command: {F} || true", [F]),
        (
            f"a:\n  cmd.run:\n    - name: {F}\n{{% if x %}}\n    - unless: iptables -C INPUT\n{{% endif %}}",
            [F, "iptables -C INPUT"],
        ),
        # what is left out, and what is not YAML
        (f"a:\n  b: c\n  ...\n  run: {F}", [F]),
        ("args:\n- iptables\n- -A\n...\n- -j\n- DROP", ["iptables -A ? -j DROP"]),
        (f"a: 'b\nrun: {F}\n", [F]),
        (f"\ta: b\nruncmd:\n - {F}", [F]),
        (f"a: @x {A}\nb: {F}", [F]),
        (f"{F}\n{A}", [F, A]),
        (f"#!/bin/sh\n{F}\n{A}\nx: y", [F, A]),
        ("a: &a 10.0.0.1\nrun: [iptables, -I, INPUT, -s, *a, -j, DROP]", ["iptables -I INPUT -s ? -j DROP"]),
        (f"- {{{{ x }}}} {{{{ y\n- run: {F}", [F]),
        # no commands
        ("packages: [iptables, iptables-persistent]", []),
        (f"# {F}\na: b # {F}", []),
        (f"description: >\n  {F}\n  {A}", []),
        ("- iptables:\n    chain: INPUT\n    jump: DROP", []),
    ],
)
@pytest.mark.parametrize("language", ["yaml"])
def test_commands(code: str, found: list[str], language: str) -> None:
    assert commands(code, language) == found


def test_a_fence_that_says_nothing_of_its_language() -> None:
    assert commands(f"runcmd:\n  - >-\n    {A}\n    -j DROP", "") == [f"{A} -j DROP"]
    assert commands(f"Step 1: flush\n{F}", "") == [F]


@pytest.mark.parametrize(
    "code",
    [
        f"Example:\n  {F}\n  sudo {A}",
        f"Example:\n\n    sysctl -p\n    {F}\n\n    {A}",
        f"Usage: {F}\n       {A}",
        f"run: |\n  {F}\nThen:\n  {A}\n  {F}",
    ],
)
def test_commands_below_a_heading_are_no_yaml(code: str) -> None:
    assert not looks_like_yaml(code)


@pytest.mark.parametrize("code", [f"run: |\n  {F}\n  {A}\nx: y", f"- > # both\n  {F};\n  {A}\n- x: y", f"run:\n  {F}"])
def test_a_scalar_with_commands_is_yaml(code: str) -> None:
    assert looks_like_yaml(code)


def test_saved_text_in_a_file_of_it() -> None:
    _, script = read("data:\n  rules: |\n    *filter\n    -A INPUT -j DROP\n    COMMIT\n", "yaml")
    assert [part.code.text for part in script.saved] == ["*filter\n-A INPUT -j DROP\nCOMMIT"]


def test_places() -> None:
    assert typed('- [ "iptables", -A, \'x\' ]\n- "iptables \\x2dF\n  -v"', "yaml") == [
        ['"iptables"', "-A", "'x'"],
        ["iptables", "\\x2dF", "-v"],
    ]


def test_a_value_that_lies_too_deep_is_no_fault() -> None:
    assert commands("[" * 5000 + F, "yaml") == []
    assert commands("\n".join(" " * depth + "a:" for depth in range(600)) + f" {F}\nb: {F}", "yaml") == [F]


def test_aliases_are_not_followed() -> None:
    """Ten lines may mean as many values as there are atoms."""
    laughs = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert commands(f"a0: &a0 lol\n{laughs}run: {F}", "yaml") == [F]
