"""plugins/press/serve: what the preview answers, and to whom."""

import re
import socket

import pytest
from conftest import Site
from previews import PATIENCE, Preview, preview_of

pytestmark = pytest.mark.starts_programs


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/2026/01/first/", 200, "alpha"),
        ("/theme/style.css", 200, ":root"),
        ("/feeds/all.atom.xml", 200, "<feed"),
        ("/no/such/page/", 404, "<h1>Page not found</h1>"),
        ("/2026/01/frist/", 404, '<a href="/2026/01/first/">'),
        ("/theme/", 404, "<h1>Page not found</h1>"),
        ("/../pelicanconf.py", 404, "<h1>Page not found</h1>"),
        ("/..%2fpelicanconf.py", 404, "<h1>Page not found</h1>"),
        ("/%2e%2e/pelicanconf.py", 404, "<h1>Page not found</h1>"),
        ("/..%5cpelicanconf.py", 404, "<h1>Page not found</h1>"),
        ("/%00", 404, "<h1>Page not found</h1>"),
        ("/theme/%00.css", 404, "<h1>Page not found</h1>"),
        ("/a?b%00", 404, "<h1>Page not found</h1>"),
        (f"/{'n' * 300}", 404, "<h1>Page not found</h1>"),
        ("/%ff", 404, "<h1>Page not found</h1>"),
        ("//[", 404, "<h1>Page not found</h1>"),
        ("/" + "a" * 3000, 404, "<h1>Page not found</h1>"),
    ],
)
def test_an_address_has_what_a_host_would_have(standing: Preview, path: str, status: int, text: str) -> None:
    answer = standing.ask(path)
    length = answer.getheader("Content-Length")

    assert (answer.status, answer.getheader("Cache-Control")) == (status, "no-store")
    assert text in answer.text  # type: ignore[attr-defined]
    head = standing.ask(path, "HEAD")
    assert (head.status, head.getheader("Content-Length"), head.text) == (status, length, "")  # type: ignore[attr-defined]


def test_a_folder_without_its_slash_leads_to_the_page(standing: Preview) -> None:
    answer = standing.ask("/2026/01/first?a=b")

    assert (answer.status, answer.getheader("Location")) == (301, "/2026/01/first/?a=b")


def test_only_pages_have_the_script(standing: Preview) -> None:
    paths = ("/", "/no/", "/theme/style.css", "/feeds/all.atom.xml")
    with_it = {path for path in paths if ".press" in standing.get(path)[1]}

    assert with_it == {"/", "/no/"}


def test_a_film_can_be_asked_for_in_parts(standing: Preview) -> None:
    whole = standing.get("/theme/style.css")[1]
    part = standing.ask("/theme/style.css", Range="bytes=1-5")

    assert (part.status, part.text) == (206, whole[1:6])  # type: ignore[attr-defined]
    assert part.getheader("Content-Range") == f"bytes 1-5/{len(whole.encode())}"
    assert standing.ask("/theme/style.css", Range="bytes=9999999-").status == 416


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(standing: Preview, method: str) -> None:
    answer = standing.ask("/", method)

    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""])
def test_another_name_is_refused_and_told_why(standing: Preview, host: str) -> None:
    answer = standing.ask("/2026/01/first/", Host=host)

    assert answer.status == 403
    assert "does not go by this name" in answer.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec_Fetch_Site": "cross-site"}])
def test_events_are_for_the_previews_own_pages(standing: Preview, headers: dict[str, str]) -> None:
    assert standing.ask("/.press/events", **headers).status == 403


@pytest.mark.parametrize(
    "request_", [b"GET / HTTP/9\r\n\r\n", b"\0\0\0\r\n\r\n", b"GET http://x HTTP/1.1\r\nHost: localhost\r\n\r\n"]
)
def test_what_is_no_request_gets_a_400(standing: Preview, request_: bytes) -> None:
    with socket.create_connection(("127.0.0.1", standing.port), PATIENCE) as connection:
        connection.sendall(request_)
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_nothing_of_all_this_is_told_on_the_terminal(standing: Preview) -> None:
    standing.get("/%00")
    standing.says("the site is read .*\n")

    assert "Traceback" not in standing.said
    assert "error" not in standing.said


def test_the_preview_has_the_page_of_the_themes_elements(site: Site) -> None:
    with preview_of(site, STYLE_PAGE="1") as preview:
        assert preview.get("/style/")[0] == 200


def test_everywhere_means_also_the_telephone(site: Site) -> None:
    with preview_of(site, "--port", "0", "--host", "0.0.0.0") as preview:
        assert preview.get("/")[0] == 200
        assert preview.ask("/", Host="192.0.2.1").status == 200
        assert preview.ask("/", Host="evil.example").status == 403
        preview.says("the site is read")
        for address in re.findall(r"In this network: http://\[?([^\]/]+)\]?:\d+/", preview.said):
            with socket.create_connection((address, preview.port), PATIENCE):
                pass


def test_an_address_of_another_machine_is_refused(site: Site) -> None:
    with pytest.raises(AssertionError, match=r"error: .*cannot be used: Cannot assign requested address"):
        Preview(site.folder, "--host", "192.0.2.1")


def test_a_taken_port_is_told_with_the_next_free_one(site: Site, standing: Preview) -> None:
    with pytest.raises(AssertionError) as refusal:
        Preview(site.folder, "--port", str(standing.port))

    said = rf"error: port {standing.port} of 127\.0\.0\.1 cannot be used: .*(?:PORT=|--port )(\d+)\n$"
    found = re.search(said, str(refusal.value))
    assert found
    assert int(found[1]) > standing.port


@pytest.mark.parametrize("port", ["80x", "99999", "-1", ""])
def test_what_is_no_port_is_told_so(site: Site, port: str) -> None:
    with pytest.raises(AssertionError, match="is not a port; use a number from 1024 to 65535"):
        Preview(site.folder, f"--port={port}")
