"""Claims about a whole conversation: its order is one regular language, and a lie is its end."""

import copy
import re
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from autograder.protocol.codec import CodecError
from autograder.protocol.conversation import Conversation, ProtocolError
from autograder.protocol.messages import (
    ASKING,
    CHECKER,
    IDLE,
    OVER,
    RUNNING,
    WORKER,
    Answer,
    Ask,
    Done,
    Message,
    Raised,
    Request,
)
from tests.wire.properties import frame, identical
from tests.wire.test_protocol import NAMES, VALUES
from tests.wire.test_protocol_lies import body

ARGUMENTS = st.lists(VALUES, max_size=2), st.dictionaries(NAMES, VALUES, max_size=2)
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(Request, st.text(), *ARGUMENTS),
    st.builds(Ask, st.text(), *ARGUMENTS),
    st.builds(Answer, VALUES, st.none() | st.text()),
    st.builds(Done, VALUES),
    st.builds(Raised, NAMES, NAMES, NAMES, st.integers(-(2**63), 2**64 - 1)),
)
SIDES = st.sampled_from([CHECKER, WORKER])

# The table of transitions once more, as a regular expression over what has been said so far: the
# checker's messages in capitals. It was written from the README, not from the table.
LETTERS = {Request: "R", Ask: "a", Answer: "A", Done: "d", Raised: "d"}
LEGAL = re.compile("(R(aA)*d)*(R(aA)*a?)?")
STATES = {"": IDLE, "d": IDLE, "R": RUNNING, "A": RUNNING, "a": ASKING}


def letter(sender: str, message: Message) -> str:
    """The message's letter; that of nothing where the sender is the wrong one."""
    name = LETTERS[type(message)]
    return name if name.isupper() == (sender == CHECKER) else "?"


class BothSides(RuleBasedStateMachine):
    """Two honest ends, and liars who speak to copies of them, so that the conversation can go on."""

    def __init__(self) -> None:
        super().__init__()
        self.ends = {CHECKER: Conversation(CHECKER), WORKER: Conversation(WORKER)}
        self.said = ""
        self.last: tuple[str, bytes] | None = None

    def legal(self, sender: str, message: Message) -> bool:
        """Whether the message may come next."""
        return LEGAL.fullmatch(self.said + letter(sender, message)) is not None

    def listener(self, sender: str) -> Conversation:
        """A copy of the end that listens to `sender`."""
        return copy.deepcopy(self.ends[WORKER if sender == CHECKER else CHECKER])

    @rule(sender=SIDES, message=MESSAGES, size=st.integers(1, 50))
    def speak(self, sender: str, message: Message, size: int) -> None:
        """What is legal arrives as it was, in whatever pieces; what is not, is not even sent."""
        if not self.legal(sender, message):
            with pytest.raises(ProtocolError):
                self.ends[sender].send(message)
            return
        data = self.ends[sender].send(message)
        other = self.ends[WORKER if sender == CHECKER else CHECKER]
        pieces = [data[start : start + size] for start in range(0, len(data), size)]
        for piece in pieces[:-1]:
            assert list(other.receive(piece)) == []
        (received,) = other.receive(pieces[-1])
        assert type(received) is type(message)
        assert identical(vars(received), vars(message))
        self.said += letter(sender, message)
        self.last = sender, data

    @rule(sender=SIDES, message=MESSAGES)
    def speak_out_of_turn(self, sender: str, message: Message) -> None:
        """A side that ignores its own table meets the other side's."""
        if not self.legal(sender, message):
            ends(self.listener(sender), frame(message), ProtocolError)

    @rule()
    def replay(self) -> None:
        """No message is legal twice in a row."""
        if self.last:
            ends(self.listener(self.last[0]), self.last[1], ProtocolError)

    @rule(sender=SIDES, value=VALUES)
    def say_what_is_no_message(self, sender: str, value: object) -> None:
        """A frame with a good value in it is not yet a message."""
        data = body({"list": [repr(value)]})
        ends(self.listener(sender), len(data).to_bytes(4, "big") + data, CodecError)

    @rule(sender=SIDES, data=st.binary(min_size=1, max_size=30))
    def send_junk(self, sender: str, data: bytes) -> None:
        """Bytes that are no frame are the end, wherever the conversation stands."""
        length = (len(data) + 4).to_bytes(4, "big")
        ends(self.listener(sender), length + b"\xff" * 4 + data, CodecError)

    @rule(sender=SIDES, message=MESSAGES)
    def fail_to_send(self, sender: str, message: Message) -> None:
        """What cannot be encoded changes nothing: the worker then says so with another message."""
        value = "value" if hasattr(message, "value") else None
        if value and self.legal(sender, message):
            broken = type(message)(object())  # type: ignore[call-arg, arg-type]
            with pytest.raises(CodecError):
                self.ends[sender].send(broken)

    @invariant()
    def both_know_whose_turn_it_is(self) -> None:
        """Both ends are in the state that the last message leads to, and wait for a frame's beginning."""
        states = {end.state for end in self.ends.values()}
        assert states == {STATES[self.said[-1:]]}
        assert {end.unread() for end in self.ends.values()} == {0}


def ends(conversation: Conversation, data: bytes, error: type[Exception]) -> None:
    """Assert that these bytes are refused with that error, and everything after them too."""
    with pytest.raises(error):
        list(conversation.receive(data))
    assert conversation.state == OVER
    messages: list[Message] = [
        Request("call", [], {}), Ask("env.0.reset", [], {}), Answer(1), Done(1), Raised("", "", "", 1)
    ]  # fmt: skip
    attempts: list[Callable[[Message], object]]
    attempts = [conversation.send, lambda message: list(conversation.receive(frame(message)))]
    for attempt in attempts:
        for message in messages:
            with pytest.raises(ProtocolError):
                attempt(message)


TestBothSides = BothSides.TestCase
TestBothSides.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
