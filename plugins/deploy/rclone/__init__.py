"""Whatever rclone knows: object stores, SFTP, WebDAV and many others.

None of these can exchange a whole site at once. So each step leaves a site in which every link leads somewhere: what
pages load is sent before the pages, pages before those that lead to them, and what is gone is removed last. What the
site consists of is written down beside it, in `.deploy/`, and before a file is touched, that it will be: whatever ends
a deployment, the next one sends what may be half there. Readers can open `.deploy/`, so it names nothing but digests.

Former releases are kept where they were deployed from: a copy at the host would still be there for readers after a
page has been removed.
"""
