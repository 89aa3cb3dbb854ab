"""Claims about what crosses between the machines of a Dask cluster, and who may be one of them."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import pytest
from distributed.protocol import pickle

from autograder import report
from autograder.batch.job import MAX_USES
from autograder.course.folder import Course
from autograder.engines.base import Postponed
from autograder.engines.registry import ENGINES
from autograder.errors import EngineError, UsageError
from autograder.limits import MAX_NOTEBOOK
from autograder.remote import answer, certificates, letters
from autograder.remote.answer import About, Answer, NoAnswer
from autograder.remote.certificates import CLIENT, Credentials
from autograder.remote.cluster import connected
from autograder.remote.library import tls_address
from autograder.remote.sessions import Sessions
from tests.helpers import evil, tiny_course
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.dask_cluster import Cluster
from tests.helpers.fake_engine import FakeEngine, never, passing
from tests.helpers.hosts import Loopback

ABOUT = About(assignment="tiny", judged_by="sha256:0", engine="fake")
JUDGED = Answer(kind="judgement", about=ABOUT, judgement=passing())

# Addresses


@pytest.mark.parametrize(
    "address", ["tls://10.0.0.1:8786", "tls://node-3.example.org:1", "tls://[::1]:8786"]
)
def test_an_address_with_tls_is_taken(address: str):
    """By name or number."""
    assert tls_address(address) == address


@pytest.mark.parametrize("command", [("grade", "submitted", "--scheduler"), ("dask", "worker")])
@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "tls://", "tls://a", "ws://a:1", "inproc://a:1"],
)
def test_any_other_address_is_one_sentence(
    command: tuple[str, ...], address: str, small: Course, run: Run
):
    """Status 2, whoever is told it; of plain TCP it says why."""
    Path("submitted").mkdir()
    Path("submitted/ada.ipynb").write_text("{}")
    status, _, errors = run(*command, address)
    assert (status, is_one_sentence(errors)) == (2, True)
    assert "tls://HOST:PORT" in errors
    assert ("neither encrypted nor authenticated" in errors) == address.startswith("tcp")


@pytest.mark.parametrize(
    "option", [("--engine", "docker"), ("--workers", "2"), ("--isolation", "submission")]
)
def test_what_only_a_worker_can_be_told_is_one_sentence(
    option: tuple[str, str], small: Course, run: Run
):
    """An option that nothing reads would mislead."""
    Path("ada.ipynb").write_text("{}")
    status, _, errors = run("grade", "ada.ipynb", "--scheduler", "tls://a:1", *option)
    assert (status, is_one_sentence(errors)) == (2, True)
    assert option[0] in errors


# Certificates


def test_each_role_has_a_certificate_of_the_authority(tmp_path: Path):
    """As OpenSSL sees it; a client cannot pass for a scheduler."""
    certificates.make(tmp_path / "c")
    for role in certificates.ROLES:
        for purpose in ("sslclient", "sslserver"):
            done = subprocess.run(
                ["openssl", "verify", "-CAfile", tmp_path / "c" / "ca.pem", "-purpose", purpose,
                 tmp_path / "c" / f"{role}.pem"], capture_output=True, check=False,
            )  # fmt: skip
            assert (done.returncode == 0) == (role != CLIENT or purpose == "sslclient")


def test_keys_are_their_makers_alone_and_are_never_replaced(small: Course, run: Run):
    """Whoever had the old ones would be locked out: one sentence."""
    assert run("dask", "certificates")[0] == 0
    keys = {path: path.read_bytes() for path in Path("certificates").glob("*.key")}
    assert len(keys) == 4
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}
    assert Path("certificates").stat().st_mode & 0o777 == 0o700
    status, _, errors = run("dask", "certificates")
    assert (status, is_one_sentence(errors)) == (2, True)
    assert {path: path.read_bytes() for path in keys} == keys


def test_certificates_that_are_missing_are_named(tmp_path: Path):
    """With the command that makes them."""
    with pytest.raises(UsageError, match=r"ca\.pem is missing: 'autograder dask certificates'"):
        Credentials(tmp_path, CLIENT).security()


# What comes back


def test_an_answer_comes_back_as_it_was_sent():
    """Judgement and all."""
    assert answer.read(answer.packed(JUDGED)) == JUDGED


@pytest.mark.parametrize(
    "data",
    [
        None, "text", b"", b"{", b"[]", b"\x80\x04N.", b" " * (answer.LARGEST + 1),
        answer.packed(JUDGED).replace(b'"graded"', b'"excellent"'),
        answer.packed(JUDGED).replace(b'"judgement"', b'"postponed"', 1),
        json.dumps(JUDGED.model_dump(mode="json") | {"more": 1}).encode(),
        json.dumps(JUDGED.model_dump(mode="json") | {"judgement": None}).encode(),
    ],
    ids=lambda data: repr(data)[:30],
)  # fmt: skip
def test_what_is_no_answer_is_refused_with_a_sentence(data: Any):
    """Whatever a worker sends."""
    with pytest.raises(NoAnswer, match=r"\.$"):
        answer.read(data)


# A worker's sessions


def sessions(engine: FakeEngine, number: int = 1) -> Sessions:
    """The sessions of a worker with this engine."""
    return Sessions(engine, "tiny", number, lambda sentence: None)  # type: ignore[arg-type]


def test_a_session_that_broke_or_was_breached_serves_nobody_else():
    """The next submission meets a fresh one."""

    def behave(notebook: bytes, call: int) -> report.Judgement:
        if notebook == b"breaks":
            raise EngineError("It broke.")
        return passing().model_copy(update={"breach": "escaped"} if notebook == b"escapes" else {})

    engine = FakeEngine(behave)
    pool = sessions(engine)
    pool.warm()
    assert pool.grade(b"fine", 1, False).kind == "judgement"
    assert len(engine.sessions) == 1
    for number, notebook in enumerate((b"breaks", b"escapes"), 2):
        pool.grade(notebook, 1, False)
        assert not any(session.open for session in engine.sessions)
        assert pool.grade(b"fine", 1, False).kind == "judgement"
        assert len(engine.sessions) == number


def test_a_session_serves_as_many_as_one_at_home_does():
    """Whatever it leaks, a fresh one cannot have grown."""
    engine = FakeEngine()
    pool = sessions(engine)
    for _ in range(MAX_USES + 1):
        pool.grade(b"", 1, False)
    assert [session.open for session in engine.sessions] == [False, True]


def test_whatever_goes_wrong_on_a_worker_is_an_answer(monkeypatch: pytest.MonkeyPatch):
    """An exception would cross pickled."""
    monkeypatch.setattr("autograder.batch.retry._PAUSE", 0.0)

    def waits(notebook: bytes, call: int) -> report.Judgement:
        raise Postponed

    assert sessions(FakeEngine(waits)).grade(b"", 1, True).kind == "postponed"
    engine = FakeEngine()
    engine.start = never  # type: ignore[method-assign]
    pool = sessions(engine)
    said = pool.grade(b"", 1, False)
    assert (said.kind, said.sentence, pool.failed.is_set()) == ("no_session", "No room.", True)


# Notebooks on their way


def test_the_scheduler_keeps_a_notebook_as_long_as_its_client_waits():
    """And takes none that is larger than a notebook may be."""

    async def story() -> None:
        kept, said = letters.Letters(), []
        scheduler: Any = SimpleNamespace(
            handlers={},
            stream_handlers={},
            report=lambda message, client: said.append((client, message)),
        )
        await kept.start(scheduler)
        put, drop, answered = (
            scheduler.stream_handlers[name] for name in (letters.PUT, letters.DROP, letters.ANSWER)
        )
        get = scheduler.handlers[letters.GET]
        put(number="1", notebook=b"a", client="ada")
        put(number="2", notebook=b"b", client="bob")
        put(number="3", notebook=b"c" * (MAX_NOTEBOOK + 2), client="bob")
        assert [await get(number=number) for number in "123"] == [b"a", b"b", None]
        answered(number="2", answer=b"!", worker="w")
        assert said == [("bob", {"op": letters.ANSWER, "number": "2", "answer": b"!"})]
        kept.remove_client(scheduler, "ada")
        drop(number="2", client="bob")
        assert [await get(number=number) for number in "12"] == [None, None]
        answered(number="2", answer=b"!", worker="w")
        assert len(said) == 1

    asyncio.run(story())


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and a worker on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cluster = Cluster(Loopback(), tmp_path_factory.mktemp("dask"), port)
    try:
        cluster.schedule()
        cluster.work(1)
        yield cluster
    finally:
        cluster.end()


@pytest.mark.slow
def test_no_byte_of_a_notebook_is_in_a_pickle(cluster: Cluster, monkeypatch: pytest.MonkeyPatch):
    """It travels beside them; 20 MB do, too."""
    pickled: list[bytes] = []

    def dumps(*arguments: Any, original: Any = pickle.dumps, **names: Any) -> bytes:
        pickled.append(original(*arguments, **names))
        return pickled[-1]

    monkeypatch.setattr(pickle, "dumps", dumps)
    folder = cluster.course.root / "certificates"
    marker = "a_byte_of_a_students"
    right = tiny_course.notebook(
        double=f"def double(number):\n    {marker} = 2\n    return 2 * number"
    )
    with connected(cluster.address, folder, cluster.course, ENGINES) as engine:
        session = engine.start()
        assert session.grade(right, 1).score == 10.0
        assert session.grade(right + b" " * (MAX_NOTEBOOK - len(right)), 1).score == 10.0
    assert pickled
    assert not any(marker.encode() in each for each in pickled)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["returned", "raised"])
def test_nothing_that_a_worker_sends_is_unpickled_by_who_grades(
    cluster: Cluster, way: str, tmp_path: Path
):
    """Dask's own client would: a worker that was taken over has nothing to gain here."""
    folder = cluster.course.root / "certificates"
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    with connected(cluster.address, folder, cluster.course, ENGINES) as engine:
        sent = engine._client.submit(evil.answer, str(ours), way, pure=False)
        with contextlib.suppress(Exception):
            pytest.fail(f"{sent.result(timeout=30)} came out")
    security = Credentials(folder, CLIENT).security()
    with distributed.Client(cluster.address, security=security, set_as_default=False) as client:
        sent = client.submit(evil.answer, str(theirs), way, pure=False)
        with contextlib.suppress(Exception):
            sent.result(timeout=30)
    processes = {path: path.read_text().split() if path.exists() else [] for path in (ours, theirs)}
    assert str(os.getpid()) not in processes[ours]
    assert str(os.getpid()) in processes[theirs]
