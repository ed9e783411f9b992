"""Proof: what a post claims about its rules, tried on a real kernel. `make prove`; PROVING.md is its manual.

From the ground up; a module imports from those above it in this list. Only standing.py and the last are about Pelican.

- beside.py        the files beside a page;
- experiment.py    what an experiment is: data;
- fields.py        what each field of one can be;
- seen.py          what was seen of its traffic;
- chance.py, expectations.py   what can be expected, and how that is held against what was seen;
- network.py       the hosts, and how they reach one another;
- reading.py       reads the file beside a page: experiments, or all that is wrong with it;
- snippets.py      the commands of the page that are tried;
- evidence.py      what is written beside the page of what was seen, and of which commands and experiment it speaks;
- telling/         evidence in a sentence, as a log, and on the page;
- standing.py      how evidence stands to the page as it is now: what may be shown, and what is wrong;
- backends.py, needs.py        the ways in which rules reach the kernel, and what a machine must have for them;
- lab/             what runs in the network namespaces: it has a list of its own;
- planning.py      from an experiment to what the laboratory does;
- laboratory.py    the laboratory from outside: a process that ends with this one;
- forecast.py      what the model of drytables says will come of it;
- trying.py        tries an experiment with each backend;
- prove.py, __main__.py        `make prove`;
- pelican_plugin.py   shows evidence, and fails the build that would show what is not so.
"""


def register() -> None:
    """Connect to Pelican, which calls this when it loads the plugin; only then is Pelican needed."""
    from .pelican_plugin import register

    register()
