"""Messages over a socket: what is no message, comes too late or not at all, is named."""

import os
import resource
import socket
import struct
import threading
import time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course_utils.grading.values import ValueRefused, pack
from course_utils.grading.wire import (
    LARGEST_MESSAGE,
    Channel,
    Closed,
    TimeUp,
    WireError,
)


@pytest.fixture
def pair():
    """A channel, and the raw socket at its other end."""
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    yield channel, theirs
    channel.close()
    theirs.close()


def announced(content, length=None):
    return struct.pack(">I", len(content) if length is None else length) + content


def soon():
    return time.monotonic() + 5


def test_messages_arrive_in_order_and_whole(pair):
    channel, other = pair
    there = Channel(other)
    big = np.arange(400_000.0)  # more than a socket holds at a time
    sender = threading.Thread(target=lambda: [there.send("a", 1), there.send("b", big)])
    sender.start()
    assert channel.receive(soon()) == ["a", 1]
    kind, got = channel.receive(soon())
    sender.join()
    assert kind == "b"
    assert np.array_equal(got, big)
    channel.send("c")
    assert there.receive() == ["c"]


@given(st.binary(max_size=80))
@example(pack("no list"))
@example(pack([]))
@example(pack([1, "kind comes first"]))
@example(pack({"kind": 1}))
@example(pack([b"kind"]))
@settings(max_examples=60)
def test_garbage_is_a_wire_error_or_a_message(content):
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    theirs.sendall(announced(content))
    try:
        assert isinstance(channel.receive(soon())[0], str)
    except Closed:
        pytest.fail("nobody has closed it")
    except WireError:
        pass
    finally:
        channel.close()
        theirs.close()


@pytest.mark.parametrize("length", [LARGEST_MESSAGE + 1, 2**32 - 1])
def test_too_long_a_message_is_refused_when_it_is_announced(pair, length):
    channel, other = pair
    other.sendall(announced(b"", length))
    with pytest.raises(WireError, match=r"a message of \d+ MB was announced"):
        channel.receive(soon())


def test_nothing_too_long_is_sent(pair):
    channel, other = pair
    with pytest.raises(ValueRefused, match="MB are too much to pass on at once; at most 64 MB"):
        channel.send("x", b"\0" * LARGEST_MESSAGE)
    with pytest.raises(ValueRefused):
        channel.send("x", object())
    channel.send("y")  # and nothing of it went out
    assert Channel(other).receive(soon()) == ["y"]


@pytest.mark.parametrize("part", [b"", b"\0\0", announced(b"\x92\xa1", 100)])
def test_half_a_message_and_then_the_end(pair, part):
    channel, other = pair
    other.sendall(part)
    other.close()
    with pytest.raises(Closed, match="the other side is gone"):
        channel.receive(soon())


@pytest.mark.parametrize("part", [b"", b"\0\0", announced(b"\x92\xa1", 100)])
def test_half_a_message_at_the_deadline(pair, part):
    channel, other = pair
    other.sendall(part)
    with pytest.raises(TimeUp):
        channel.receive(time.monotonic() + 0.05)
    with pytest.raises(TimeUp):
        channel.receive(time.monotonic() - 1)


def test_drops_of_a_message_do_not_put_the_deadline_off(pair):
    channel, other = pair
    ended = threading.Event()

    def drip():
        other.sendall(announced(b"", 1_000_000))
        while not ended.wait(0.01):
            other.sendall(b"x")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        with pytest.raises(TimeUp):
            channel.receive(time.monotonic() + 0.2)
    finally:
        ended.set()
        thread.join()


def test_whoever_waits_is_told_of_a_close(pair):
    channel, _ = pair
    timer = threading.Timer(0.1, channel.close)
    timer.start()
    with pytest.raises(Closed):
        channel.receive()
    timer.join()
    with pytest.raises(Closed):
        channel.send("x")
    with pytest.raises(Closed):
        channel.receive(soon())
    channel.close()  # once more does no harm


def test_sending_to_nobody(pair):
    channel, other = pair
    other.close()
    with pytest.raises(Closed):
        channel.send("x", b"\0" * 1_000_000)


def test_a_connection_that_another_process_uses_is_let_go(pair):
    channel, other = pair
    copy = channel.connection.dup()
    channel.let_go()
    Channel(copy).send("still here")
    assert Channel(other).receive(soon()) == ["still here"]
    copy.close()


def test_descriptors_beyond_a_thousand():
    """A class of a thousand, or a large notebook server: `select` would end with an error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 1100:
        pytest.skip(f"this machine allows {hard} open files only")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1100), hard))
    ours, theirs = socket.socketpair()
    high = os.dup2(ours.fileno(), 1080, inheritable=False)
    ours.close()
    channel = Channel(socket.socket(fileno=high))
    try:
        theirs.sendall(announced(pack(["x"])))
        assert channel.receive(soon()) == ["x"]
        with pytest.raises(TimeUp):
            channel.receive(time.monotonic() + 0.05)
    finally:
        channel.close()
        theirs.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
