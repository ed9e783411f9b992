"""The preview, `make serve`: the site as it is now, in a browser that follows each save.

Two processes share the work. The front (`front/`) has the port, the open tabs and the terminal; it never imports
Pelican, and so starts at once and outlives whatever a plugin does. The worker (`worker.py`) has the site, and answers
one request of the front's after the other (`messages.py`). When settings or a plugin's code change, a second worker
takes the place of the first one, once it has read the site.
"""
