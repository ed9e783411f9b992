"""Commands in texts that are not shell: values of YAML, lines of systemd units, strings of programming languages.

Each language has a module, which yields what the language makes of its text: scripts for a shell, and argument lists
that no shell sees. `languages` is the way in, and has the table of them. Nothing here knows the shell, or which strings
are commands of iptables: that is for `shell.carried_commands` to say.
"""
