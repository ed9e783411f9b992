"""plugins/external_links/trying: what servers answer, and what is made of it; all of them are on this machine."""

import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import need
from external_links.limits import Limits
from external_links.trying.answer import Answer, Outcome
from external_links.trying.everything import try_all
from external_links.trying.hosts import seconds_of
from external_links.trying.places import is_place
from hosts.odd_server import OddServer

GOOD, MOVED, GONE, REFUSED, UNREACHABLE, UNTRIED = Outcome

#: What becomes of each address; behind it a word of the reason, or where it has moved to.
ANSWERS: tuple[tuple[str, Outcome, str], ...] = (
    ("/", GOOD, ""),
    ("/no_head/405", GOOD, ""),
    ("/no_head/404", GOOD, ""),
    ("/no_head/500", GOOD, ""),
    ("/no_head_at_all", GOOD, ""),
    ("/huge", GOOD, ""),
    ("/endless", GOOD, ""),
    ("/busy/0", GOOD, ""),
    ("/busy/date", GOOD, ""),
    ("/204", GOOD, ""),
    ("/302/x", GOOD, ""),
    ("/307/303/x", GOOD, ""),
    ("/302/301/x", GOOD, ""),
    ("/301/x", MOVED, "/x"),
    ("/308/301/x", MOVED, "/x"),
    ("/301/302/x", MOVED, "/302/x"),
    ("/301/ü", MOVED, "/%C3%BC"),
    ("/404", GONE, "404 Not Found"),
    ("/410", GONE, "410 Gone"),
    ("/301/404", GONE, "404 Not Found at "),
    ("/401", REFUSED, "401"),
    ("/403", REFUSED, "403 Forbidden"),
    ("/429", REFUSED, "429"),
    ("/999", REFUSED, "999"),
    ("/301/403", REFUSED, "403"),
    ("/500", UNREACHABLE, "500 Internal Server Error"),
    ("/503", UNREACHABLE, "503"),
    ("/loop/1", UNREACHABLE, "again and again"),
    ("/garbage", UNREACHABLE, "not HTTP"),
    ("/nothing", UNREACHABLE, "not HTTP, or breaks off"),
    ("/headers", UNREACHABLE, "not HTTP"),
    ("/elsewhere", UNREACHABLE, "not the address of a web page"),
    ("/nowhere", UNREACHABLE, ""),
    ("/slow", UNREACHABLE, "within 1 s"),
    ("/drip", UNREACHABLE, "within 1 s"),
)
#: Addresses that no server answers.
WITHOUT_SERVER = (
    ("http://nobody.invalid/", "its host is unknown"),
    ("http://127.0.0.1:{free}/", "takes no connection"),
    ("http://127.0.0.1:99999/", "not the address of a web page"),
    ("http://xn--\u2028/", "not the address of a web page"),
    ("https://127.0.0.1:{plain}/", "no safe connection"),
    ("https://127.0.0.1:{tls}/", "certificate is not trusted: self-signed certificate"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[OddServer]:
    """The server of all tests here."""
    server = OddServer()
    yield server
    server.stop()


def tried(*addresses: str, looked_at: bool = False, **limits: float) -> dict[str, Answer]:
    """What becomes of addresses."""
    answers: dict[str, Answer] = {}
    wanted = Limits(**{"timeout": 5, "within": 60, "pause": 0, "remembered": 0, **limits}, ignored=())
    # In a thread of its own: a test with a browser, before this one, leaves this thread with an event loop that runs.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(try_all, dict.fromkeys(addresses, looked_at), "test", wanted, answers.__setitem__).result()
    return answers


def test_each_answer_is_taken_for_what_it_means(server: OddServer) -> None:
    """Without reading more of it than that takes."""
    answers = tried(*(f"{server.address}{path}" for path, _, _ in ANSWERS), timeout=1)

    for path, outcome, words in ANSWERS:
        answer = answers[f"{server.address}{path}"]
        assert answer.outcome is outcome, (path, answer)
        if outcome is MOVED:
            assert answer.moved_to == f"{server.address}{words}"
        else:
            assert words in answer.reason, path


@pytest.mark.starts_programs
def test_a_host_without_an_answer_is_told_with_the_reason(server: OddServer, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1")
    command = ["openssl", *make, "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        need(None, "openssl", "apt-get install openssl")
    certificate.write_text(key.read_text(encoding="utf-8") + certificate.read_text(encoding="utf-8"), encoding="utf-8")
    secure = OddServer(certificate)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        ports = {"free": unused.getsockname()[1], "plain": server.server_port, "tls": secure.server_port}
        expected = {address.format(**ports): words for address, words in WITHOUT_SERVER}

        answers = tried(*expected)

    secure.stop()
    assert {address: answer.outcome for address, answer in answers.items()} == dict.fromkeys(expected, UNREACHABLE)
    for address, words in expected.items():
        assert words in answers[address].reason, (address, answers[address])


def test_the_places_of_a_page_are_read_if_it_is_one_and_small(server: OddServer) -> None:
    pages = ("/page", "/no_head/404", "/302/x", "/301/x")
    others = ("/text", "/packed", "/huge", "/404")
    answers = tried(*(f"{server.address}{path}" for path in (*pages, *others)), looked_at=True)

    for path in pages:
        assert answers[f"{server.address}{path}"].ids == {"here", "old", "user-content-on-github"}, path
    assert {answers[f"{server.address}{path}"].ids for path in others} == {None}


@pytest.mark.parametrize("fragment", ["l3-routing", "L2TP", "l7-filter", "L7-L9-x", "topology", "n42", "a-b"])
def test_a_fragment_names_an_element(fragment: str) -> None:
    assert is_place(fragment)


@pytest.mark.parametrize(
    "fragment", ["", "top", "L42", "L7-L9", "L7-9", "L7C1-L9C4", "!/x", "/route", "?x", ":~:text=x", "page=2"]
)
def test_a_fragment_names_no_element(fragment: str) -> None:
    """It is for a script, for a viewer, for words of the text, or for lines of code."""
    assert not is_place(fragment)


def test_a_host_that_asks_for_long_is_left_alone(server: OddServer) -> None:
    """Not one address more of it is asked for."""
    begun = len(server.asked)

    answers = tried(f"{server.address}/busy/3600", f"{server.address}/x", f"{server.address}/y")

    assert {answer.outcome for answer in answers.values()} == {REFUSED}
    assert server.asked[begun:] == [("HEAD", "/busy/3600")]


def test_a_host_is_asked_for_one_thing_after_the_other_with_a_pause_between() -> None:
    polite = OddServer()
    tried(f"{polite.address}/301/x", f"{polite.address}/no_head/404", f"{polite.address}/y", pause=0.05)
    polite.stop()

    assert polite.most_at_once == 1
    assert len(polite.times) == 5
    assert all(after - before >= 0.05 for before, after in pairwise(polite.times))
    assert polite.agents == {"test"}


def test_what_there_was_no_time_for_is_said_to_be_untried(server: OddServer) -> None:
    answers = tried(f"{server.address}/a", f"{server.address}/slow", f"{server.address}/z", within=1.5)

    assert [answers[f"{server.address}/{name}"].outcome for name in ("a", "slow", "z")] == [GOOD, UNTRIED, UNTRIED]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("5", 5), (" 0 ", 0), ("-1", None), ("1.5", None), ("soon", None), ("", None), ("9" * 5000, 999_999_999),
     ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("٣", None)],
)  # fmt: skip
def test_what_a_host_asks_to_wait_is_read(written: str, seconds: float | None) -> None:
    assert seconds_of(written) == seconds
