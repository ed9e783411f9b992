"""Every page and the stylesheet, judged by the Nu checker, the W3C's own."""

import json
import shutil
import subprocess

from conftest import NODE_MODULES, NPM, Site, need


def test_nu_checker(whole_site: Site, rich_site: Site) -> None:
    """It has no error and no warning to report."""
    java = need(shutil.which("java"), "Java", "apt-get install default-jre-headless")
    jar = need(NODE_MODULES / "vnu-jar/build/dist/vnu.jar", "the Nu checker", NPM)
    endings = ("html", "css", "svg")
    files = [
        str(file) for site in (whole_site, rich_site) for ending in endings for file in site.output.rglob(f"*.{ending}")
    ]

    result = subprocess.run(
        [java, "-jar", str(jar), "--also-check-css", "--also-check-svg", "--format", "json", *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    messages = json.loads(result.stderr)["messages"]

    assert not [(each["url"], each.get("lastLine"), each["message"]) for each in messages if each["type"] != "info"
                or each.get("subType") == "warning"]  # fmt: skip
