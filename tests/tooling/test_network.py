"""Tests reach nothing but this machine: loopback and Unix sockets."""

import socket
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

ELSEWHERE = "192.0.2.1"  # set aside for documentation (RFC 5737): no host anywhere has it


def test_another_host_is_refused_before_anything_is_sent() -> None:
    refused = pytest.raises(SocketConnectBlockedError)
    told = pytest.warns(UserWarning, match=ELSEWHERE)
    with socket.socket() as outward, told, refused:
        outward.connect((ELSEWHERE, 80))


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())


def test_unix_sockets_are_open(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
