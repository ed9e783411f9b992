"""A folder on a server, or on this machine, which holds releases side by side:

    current -> releases/20261127-160512-1a2b3c4d    what the web server shows
    releases/                                       the last five, unchanged files of which are the same on the disk
    .deploy/                                        says that the folder is ours: what is on its way, and who deploys

Readers never see a release that is being sent: a link leads to the one in use, and another link takes its place in a
single step.
"""
