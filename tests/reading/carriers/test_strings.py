"""The commands in strings of programs and configurations: what is run, and what is only shown."""

from __future__ import annotations

import pytest
from drytables.reading.carriers.string_syntax import SYNTAXES
from one_fence import commands, read, typed

A, F = "iptables -A INPUT -j DROP", "iptables -F"

RUST = [
    ('Command::new("iptables").args(&["-A", "INPUT", "-j", "DROP"]).status()?;', [A]),
    (
        'let out = Command::new("iptables")\n    .arg("-A").arg("INPUT")\n    .args(["-j", "DROP"])\n    .output()?;',
        [A],
    ),
    ('let mut c = Command::new("sudo");\nc.arg("iptables").arg("-A").arg("INPUT").args(&["-j", "DROP"]);', [A]),
    ('std::process::Command::new("sh").arg("-c").arg("iptables -F").spawn();', [F]),
    (
        'Command::new("/sbin/iptables").arg("-s").arg(&ip).arg(format!("-j{x}")).args(rest);',
        ["/sbin/iptables -s ? ? ?"],
    ),
    ('Command::new("iptables").args(&args).status();', ["iptables ?"]),
    ('let c = Command::new("iptables").stdin(x);', []),
]
PYTHON = [
    (f'os.system("{F}")', [F]),
    (f"os.system('{F}'); os.popen(\"{A}\")", [F, A]),
    ("os.system(f\"iptables -s {ip} -d {net['a']}/{len} -j X\")", ["iptables -s ? -d ?/? -j X"]),
    ('os.system("iptables -s %s -p %(p)s" % ip)', ["iptables -s ? -p ?"]),
    ('os.system("iptables -s {} -d {0} -p {p}".format(a))', ["iptables -s ? -d ? -p ?"]),
    ('os.system("iptables -s " + ip + " -j " + f(x, "y") + "Z")', ["iptables -s ? -j ?Z"]),
    ('os.system("iptables -A INPUT "\n          "-j DROP")', [A]),
    ("cmd = (\"iptables -A INPUT \"\n  # why\n  '-j DROP')", [A]),
    ('c = "iptables -A INPUT "\nc += "-j DROP"', ["iptables -A INPUT ?"]),
    (f'subprocess.run("{F} && {A}", shell=True, check=True)', [F, A]),
    ('subprocess.run(["iptables", "-A", chain, f"-j{x}"], check=True)', ["iptables -A ? -j?"]),
    (
        'subprocess.call(("sudo", "/sbin/iptables",\n  "-m", "comment", "--comment", "a b",))',
        ["/sbin/iptables -m comment --comment [a b]"],
    ),
    ('subprocess.check_output(["ip", "netns", "exec", n, "iptables", "-F"])', [F]),
    (f'subprocess.run(["sh", "-c", "{F}; {A}"])', [F, A]),
    ('run("iptables", "-A", *args)', ["iptables -A ?"]),
    ('run(["iptables", "-A"] + args)', ["iptables -A ?"]),
    ('c = ["iptables", "-A", "x"]\nc += ["-j", "DROP"]', ["iptables -A x ?"]),
    ('c = "iptables -A x"\nc += " -j DROP"', ["iptables -A x ?"]),
    ("c = 'iptables -A x ' + \\\n  '-j DROP'", ["iptables -A x -j DROP"]),
    (f'x = """\n{F}\n{A}\n"""', [F, A]),
    (f'x = r"{F} \\\\." # {A}', [F + " \\."]),
    (f'rules = ["{F}", "{A}"]\nfor r in rules: os.system(r)', [F, A]),
    (f'print("{F}")\nlogging.info("{A}")\nraise ValueError("{F}")\nprint(colored("{F}", "red"))', []),
    (f'def f():\n    """{F}"""\n    """\n    {A}\n    """', []),
    (f'p.add_argument("-x", help="{F}")', []),
    ('x = "iptables is a program; see iptables -h"', []),
    ('os.system("which iptables && iptables-save")', []),
    ('x = ["iptables", "ip6tables"]', []),
    ('if x in ("iptables", "iptables_hybrid", "-"): pass', []),
]
OTHERS = [
    ("go", 'exec.Command("iptables", "-A", chain, "-j", "DROP").Run()', ["iptables -A ? -j DROP"]),
    ("go", 'parts = append([]string{"iptables", "-D"}, parts[1:]...)', ["iptables -D ?"]),
    ("go", 'cmd := exec.Command("sudo", append([]string{"x"}, a...)...)', []),
    ("go", f'exec.Command("bash", "-c", `{F}\n{A}`)', [F, A]),
    ("go", 'c := fmt.Sprintf("iptables -A %s -p %v --dport %d", a, b, c)', ["iptables -A ? -p ? --dport ?"]),
    ("go", f'fmt.Println("{F}")\nlog.Printf("{F}")\nreturn errors.New("{F}")\nt.Errorf("{F}")', []),
    ("javascript", "exec(`iptables -s ${a.b(c)} -j ${d}X`)", ["iptables -s ? -j ?X"]),
    ("js", "spawn('iptables', ['-A', 'INPUT', ip, '-j', 'DROP'], {stdio: 'inherit'})", ["iptables -A INPUT ? -j DROP"]),
    ("ts", f"it('works', async () => {{ await exec('{F}'); console.log('{A}') }})", [F]),
    ("c", f'system("iptables -A INPUT "\n       "-j DROP"); printf("{F}\\n");', [A]),
    ("c", 'execl("/sbin/iptables", "iptables", "-A", "INPUT", NULL);', ["/sbin/iptables -A INPUT"]),
    (
        "cpp",
        'snprintf(buf, sizeof(buf), "iptables -s %s -m limit --limit %d/s", ip, n);',
        ["iptables -s ? -m limit --limit ?/s"],
    ),
    ("java", f'Runtime.getRuntime().exec("{F}"); new ProcessBuilder("iptables", "-A", c)', [F, "iptables -A ?"]),
    ("java", 'exec(new String[]{"iptables", "-A", "x y"})', ["iptables -A [x y]"]),
    (
        "ruby",
        f'system "{F}"; `iptables -s #{{ip}}`; %x(iptables -L); system("iptables", "-A", c)',
        [F, "iptables -s ?", "iptables -L", "iptables -A ?"],
    ),
    ("ruby", f'config.vm.provision "shell", inline: <<-SHELL\n  {F}\n  {A}\nSHELL\nputs "{F}"', [F, A]),
    ("ruby", f"execute '{F}' do\n  command '{A}'\nend", [F, A]),
    (
        "php",
        f"<?php shell_exec(\"iptables -s $ip -j {{$a['b']}}\"); exec('iptables -s ' . f($x)); echo '{F}';",
        ["iptables -s ? -j ?", "iptables -s ?"],
    ),
    ("perl", f'system("iptables -s $ip"); print "{F}\\n"; `{A}`;', ["iptables -s ?", A]),
    ("lua", f"os.execute('{F}') print('{A}') os.execute('iptables -s ' .. ip)", [F, "iptables -s ?"]),
    (
        "hcl",
        f'provisioner "remote-exec" {{\n  inline = [\n    "{F}",\n    "iptables -s ${{a.b[0]}}",\n  ]\n}}',
        [F, "iptables -s ?"],
    ),
    ("terraform", f"user_data = <<-EOF\n  #!/bin/sh\n  if a; then\n    {F}\n  fi\nEOF\n", [F]),
    ("tf", "user_data = <<EOF\n#cloud-config\nruncmd:\n  - >-\n    iptables -A INPUT\n    -j DROP\nEOF\n", [A]),
    ("hcl", f'description = "{F}"\ncommand = "iptables -A INPUT \\"x\\""', ["iptables -A INPUT x"]),
    ("json", f'{{"postCreateCommand": "{F}", "description": "{A}"}}', [F]),
    ("json", '{"command": ["iptables", "-A", "a b"], "args": ["sh", "-c", "iptables -F"]}', ["iptables -A [a b]", F]),
    (
        "json",
        '{"script": ["iptables -A INPUT -m comment --comment \\"a \\u0062\\""]}',
        ["iptables -A INPUT -m comment --comment [a b]"],
    ),
    ("toml", f'run = \'{F}\'\ndescription = \'{A}\'\nscript = """\n{A}\n"""', [F, A]),
    ("puppet", f"exec {{ 'x':\n  command => '{F}',\n  unless  => \"iptables -C $chain\",\n}}", [F, "iptables -C ?"]),
]


@pytest.mark.parametrize(("code", "found"), PYTHON)
def test_python(code: str, found: list[str]) -> None:
    assert commands(code, "python") == found


@pytest.mark.parametrize(("code", "found"), RUST)
def test_commands_that_rust_builds_call_by_call(code: str, found: list[str]) -> None:
    assert commands(code, "rust") == found


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", 'IPT = "/sbin/iptables -w"\nbase = ["iptables", "-t", "nat"]'), ("go", 'const i = "iptables -w"'),
        ("json", '{"iptables": "/sbin/iptables -w"}'), ("ini", "path=/sbin/iptables -w\nipt6 = ip6tables -w -n"),
        ("yaml", "fw: iptables -w\nvalue: 'iptables -t nat'"), ("make", "IPT = /sbin/iptables -w"),
        ("", "iptables = /sbin/iptables --wait=3"),
    ],
)  # fmt: skip
def test_what_commands_begin_with_is_none_yet(language: str, code: str) -> None:
    assert commands(code, language) == []
    assert len(commands(code.replace("-w", "-w -F").replace("-t nat", "-nL").replace("--wait", "-L --wait"), language))


@pytest.mark.parametrize(("language", "code", "found"), OTHERS)
def test_other_languages(language: str, code: str, found: list[str]) -> None:
    assert commands(code, language) == found


SCRIPT = [
    "# the policy, and what it's for",
    "sudo iptables -P INPUT DROP      # drop (by default)",
    'iptables -A INPUT -j LOG --log-prefix "in: "',
    "iptables -A INPUT -p tcp \\",
    '    --dport 22 -m comment --comment "ssh" -j ACCEPT',
    "iptables -A INPUT -j DROP   // the rest",
]


@pytest.mark.parametrize("language", {syntax: name for name, syntax in SYNTAXES.items()}.values())
def test_a_shell_script_in_the_colours_of_another_language(language: str) -> None:
    found = commands("\n".join(SCRIPT), language)

    assert found[:3] == commands("\n".join(SCRIPT), "sh")[:3]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("language", "code"),
    [("go", f"x := `\n{F}\n`"), ("python", f'"""\n{F}\n"""'), ("c", f"/*\n{F}\n*/"), ("ruby", f"puts <<X\n{F}\nX")],
)
def test_a_line_within_a_string_or_comment_is_of_no_shell(language: str, code: str) -> None:
    assert len(commands(code, language)) <= 1


def test_places_behind_escapes_and_in_lists() -> None:
    assert typed('os.system("iptables \\x2dF \\"a b\\" x")', "python") == [["iptables", "\\x2dF", '\\"a b\\"', "x"]]
    assert typed('run(["iptables", "-A", ip, "x"])', "python") == [['"iptables"', '"-A"', "ip", '"x"']]


@pytest.mark.parametrize("language", {syntax: name for name, syntax in SYNTAXES.items()}.values())
@pytest.mark.parametrize(
    "code", ['"', "'", "`", "((((", "))))", '"a', "<<EOF", "/*", 'f("iptables -F', "{%x(", "'''\n"]
)
def test_a_fragment_is_no_fault(language: str, code: str) -> None:
    """What is not whole is read as far as it goes; lines outside of strings are read as before."""
    _, script = read(f"{code}\niptables -F\n{code}", language)

    assert not script.diagnostics


@pytest.mark.parametrize("language", ["hcl", "python", "go"])
def test_code_that_is_all_comments_carries_nothing(language: str) -> None:
    assert commands(f"{'//' if language == 'go' else '#'} {F}", language) == []
