"""Claims about the checker's end: whatever a worker sends, a request ends in a value or in one known way."""

import os
import socket
import threading
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checker import channel as channel_module
from autograder.checker.channel import Channel, StudentError, StudentTimeout, WorkerLost
from autograder.protocol.codec import Handle, encode
from autograder.protocol.messages import Answer, Ask, Done, Request
from tests.wire.properties import cut, frame, identical
from tests.wire.workers import (
    ASK,
    DONE,
    LIES,
    RAISED,
    REQUEST,
    WAITS,
    Worker,
    facing,
    framed,
    hold,
    saying,
)

LONG = 60.0  # never waited for: what ends these requests is the lie itself
SHORT = 0.2


def played(ask: Ask) -> Answer:
    """What the checker answers here."""
    return Answer(np.zeros(3))


def always_asking(end: socket.socket) -> None:
    """A worker that has one more question whenever one is answered."""
    while True:
        end.sendall(ASK)
        end.recv(2**20)


@pytest.mark.parametrize("worker", LIES.values(), ids=LIES)
def test_a_worker_that_lies_is_lost(worker: Worker):
    """Not one of them is waited for, believed, or an error of ours."""
    with facing(worker) as channel:
        with pytest.raises(WorkerLost):
            channel.request(REQUEST, LONG, played)
        assert not channel.idle
        with pytest.raises(WorkerLost):
            channel.request(REQUEST, LONG, played)


@pytest.mark.parametrize("worker", WAITS.values(), ids=WAITS)
def test_a_worker_that_keeps_us_waiting_times_out(worker: Worker):
    """What it has sent until then is not enough to go on, and the channel is of no use any more."""
    with facing(worker) as channel:
        with pytest.raises(StudentTimeout):
            channel.request(REQUEST, SHORT, played)
        with pytest.raises(WorkerLost):
            channel.request(REQUEST, LONG, played)


def test_a_byte_now_and_then_does_not_extend_the_deadline():
    """Each byte comes in time for itself, the frame as a whole does not."""
    over = threading.Event()

    def worker(end: socket.socket) -> None:
        for byte in DONE * 1000:
            end.sendall(bytes([byte]))
            over.wait(SHORT / 4)

    with facing(worker) as channel, pytest.raises(StudentTimeout):
        channel.request(REQUEST, SHORT, played)


def test_questions_do_not_extend_the_deadline():
    """A worker that always has one more question is out of time like any other."""

    with facing(always_asking) as channel, pytest.raises(StudentTimeout):
        channel.request(REQUEST, SHORT, played)


def test_questions_have_an_end(monkeypatch: pytest.MonkeyPatch):
    """However quick they are and however much time there is."""
    monkeypatch.setattr(channel_module, "MAX_ASKS", 5)

    with facing(always_asking) as channel, pytest.raises(WorkerLost, match="without end"):
        channel.request(REQUEST, LONG, played)


def test_a_worker_that_does_not_read_its_request_times_out():
    """Sending is bounded like receiving: the pipe is full and nobody empties it."""
    ours, theirs = socket.socketpair()
    with theirs, pytest.raises(StudentTimeout):
        Channel(ours).request(Request("call", [bytes(2**24)], {}), SHORT, played)


def test_a_worker_that_does_not_read_its_answer_times_out():
    """It asks for something large and leaves it lying."""
    over = threading.Event()

    def worker(end: socket.socket) -> None:
        end.sendall(ASK)
        over.wait()

    with facing(worker) as channel:
        with pytest.raises(StudentTimeout):
            channel.request(REQUEST, SHORT, lambda ask: Answer(bytes(2**24)))
        over.set()


def test_an_answer_that_cannot_cross_costs_the_worker():
    """Whatever it made a check compute, the checker lives."""
    with facing(saying(ASK)) as channel, pytest.raises(WorkerLost):
        channel.request(REQUEST, LONG, lambda ask: Answer(object()))


def test_a_result_in_single_bytes_is_a_result():
    """Slow is no lie."""
    pieces = [bytes([byte]) for byte in frame(Done([1.5, "é"]))]
    with facing(saying(*pieces)) as channel:
        assert channel.request(REQUEST, LONG, played) == [1.5, "é"]
        assert channel.idle


def test_what_the_code_raised_is_told_and_the_worker_stays():
    """A student's error is no breach."""
    with facing(saying(RAISED)) as channel:
        with pytest.raises(StudentError, match="ValueError: no"):
            channel.request(REQUEST, LONG, played)
        assert channel.idle


@pytest.mark.parametrize("early", [DONE, DONE[:1], ASK, RAISED, bytes(4), b"\xff" * 9])
def test_nothing_that_came_before_the_request_is_its_result(early: bytes):
    """A result sent twice, or ahead of time, or the first byte of one, is a breach and not an answer."""
    ours, theirs = socket.socketpair()
    with theirs:
        channel = Channel(ours)
        theirs.sendall(early)
        with pytest.raises(WorkerLost, match="before it was asked"):
            channel.request(REQUEST, LONG, played)


def test_a_result_with_the_beginning_of_the_next_is_the_last():
    """Half of an answer to a question that nobody has asked yet has come along."""
    with facing(saying(DONE + DONE[:7])) as channel:
        assert channel.request(REQUEST, LONG, played) == 1
        with pytest.raises(WorkerLost, match="before it was asked"):
            channel.request(REQUEST, LONG, played)


def test_nothing_that_came_before_our_answer_is_heeded():
    """Who asks has to wait: a result that does not depend on the answer is none."""
    asked, sent = threading.Event(), threading.Event()

    def worker(end: socket.socket) -> None:
        end.sendall(ASK)
        asked.wait()
        end.sendall(DONE)
        sent.set()
        hold(end)

    def play(ask: Ask) -> Answer:
        asked.set()
        sent.wait()
        return Answer(1)

    with facing(worker) as channel, pytest.raises(WorkerLost, match="before it was asked"):
        channel.request(REQUEST, LONG, play)


def test_no_descriptor_comes_in():
    """A worker may pass its own open files along with its bytes; nobody takes them."""

    def worker(end: socket.socket) -> None:
        socket.send_fds(end, [DONE], [0, 1, 2])
        hold(end)

    with facing(worker) as channel:
        before = os.listdir("/proc/self/fd")
        assert channel.request(REQUEST, LONG, played) == 1
        assert os.listdir("/proc/self/fd") == before


FRAMES = st.sampled_from(
    [DONE, ASK, RAISED, frame(REQUEST), encode(1), encode(Handle("model", 0)), bytes(4)]
)


@given(st.lists(FRAMES | st.binary(max_size=40), max_size=4), st.integers(1, 30))
@settings(max_examples=150)
def test_a_value_comes_from_a_legal_result_and_from_nothing_else(pieces: list[bytes], size: int):
    """Any bytes in any pieces, and then the worker's end: a result that is there, or a fault of its own."""
    data = b"".join(pieces)

    def worker(end: socket.socket) -> None:
        for start in range(0, len(data), size):
            end.sendall(data[start : start + size])

    with facing(worker) as channel, suppress(WorkerLost, StudentError):
        assert identical(channel.request(REQUEST, LONG, played), 1)
        assert DONE in map(framed, cut(data)[0])
