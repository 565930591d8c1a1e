"""The suite never leaves this machine."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkForbidden


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
def test_a_connection_to_another_machine_is_refused(
    network_attempts: list[str], address: tuple[str | int, ...]
) -> None:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(NetworkForbidden):
        one.connect(address)
    assert network_attempts == ["socket.connect"]
    network_attempts.clear()


def test_a_name_is_not_even_looked_up(network_attempts: list[str]) -> None:
    with pytest.raises(NetworkForbidden):
        socket.getaddrinfo("example.org", 443)
    assert network_attempts == ["socket.getaddrinfo"]
    network_attempts.clear()


def test_our_own_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()[:2]) as one,
    ):
        assert one.getpeername() == server.getsockname()
