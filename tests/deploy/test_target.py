"""plugins/deploy/target.py: what stands in DEPLOY_TO or `TO=`."""

import pytest
from deploy.deploy_error import DeployError
from deploy.target import GitBranch, RcloneFolder, ServerFolder, Target, target_of

READ = [
    ("ann@host:/srv/blog/", ServerFolder("/srv/blog", "host", "ann")),
    ("host:blog", ServerFolder("blog", "host")),
    ("host:~/it's a $blog", ServerFolder("~/it's a $blog", "host")),
    ("host:-blog", ServerFolder("-blog", "host")),
    ("ann@[::1]:/srv/b:l@og", ServerFolder("/srv/b:l@og", "::1", "ann")),
    ("[fe80::1%eth0]:blog", ServerFolder("blog", "fe80::1%eth0")),
    ("ssh://ann@[::1]:2222/srv/a%20b", ServerFolder("/srv/a b", "::1", "ann", 2222)),
    ("ssh://host/~/blog", ServerFolder("~/blog", "host")),
    ("/srv/blog", ServerFolder("/srv/blog")),
    ("../www", ServerFolder("../www")),
    ("git+https://github.com/ann/blog", GitBranch("https://github.com/ann/blog", "")),
    ("git+git@codeberg.org:ann/blog.git#site", GitBranch("git@codeberg.org:ann/blog.git", "site")),
    ("git+upstream#gh-pages", GitBranch("upstream", "gh-pages")),
    ("branch:gh-pages", GitBranch("origin", "gh-pages")),
    ("rclone:s3:bucket/blog", RcloneFolder("s3:bucket/blog")),
    ("rclone:s3:bucket/blog/", RcloneFolder("s3:bucket/blog")),
    ("rclone:sftp:/", RcloneFolder("sftp:/")),
    ("rclone:s3:", RcloneFolder("s3:")),
    ("rclone::s3,provider=AWS:bucket", RcloneFolder(":s3,provider=AWS:bucket")),
]


@pytest.mark.parametrize(("text", "target"), READ)
def test_what_can_be_read(text: str, target: Target) -> None:
    """What is shown of it is read as the same again, as `make rollback TO=` needs."""
    assert target_of(text) == target
    if "," not in text:
        assert target_of(str(target)) == target


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Set DEPLOY_TO"),
        ("blog", "is not a place to deploy to"),
        ("host:", "name a folder"),
        ("host:~", "name a folder"),
        ("/", "name a folder"),
        ("-oProxyCommand=x:/srv", "name of the host"),
        ("-x@host:/srv", "name of the user"),
        ("ssh://ann:s3cret@host/srv", "takes no password"),
        ("ssh://host:port/srv", "a port is a number"),
        ("ann@host:2222:/srv/blog", "write ssh://ann@host:2222/srv/blog"),
        ("[::1]:22:blog", "write ssh://[::1]:22/blog"),
        ("ann:s3cret@host:/srv", "takes no password"),
        ("https://github.com/ann/blog", "write git+https://github.com/ann/blog"),
        ("git@github.com:ann/blog.git", "write git+git@github.com:ann/blog.git"),
        ("git+https://github.com/ann/blog#a..b", "cannot be the name of a branch"),
        ("git+--upload-pack=x", "is not a place"),
        ("branch:", "name the branch"),
        ("branch:-f", "cannot be the name of a branch"),
        ("sftp://ann:s3cret@host/x", "rclone config"),
        ("rclone:remote", "rclone listremotes"),
        ("rsync://host/x", "is not a place"),
        ("host:/srv\n/x", "line break"),
    ],
)
def test_what_cannot_be_read(text: str, said: str) -> None:
    """What is wrong is said with what to write, and no password is."""
    with pytest.raises(DeployError) as refusal:
        target_of(text)
    assert said in str(refusal.value) and "s3cret" not in str(refusal.value)
