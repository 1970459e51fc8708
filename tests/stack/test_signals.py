# SPDX-License-Identifier: Apache-2.0
"""A stop signal is one exception, borne when it can be."""

from __future__ import annotations

import signal

import pytest

from filiera.stack.signals import STOPPING, Stopped, StopSignals


@pytest.mark.parametrize("signum", STOPPING)
def test_each_stop_signal_stops(signum: signal.Signals) -> None:
    with pytest.raises(Stopped) as caught, StopSignals():
        signal.raise_signal(signum)
    assert caught.value.signum == signum


def test_a_second_signal_does_not_interrupt_the_stopping() -> None:
    stopped_in_order = False
    with pytest.raises(Stopped), StopSignals():
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGINT)
            stopped_in_order = True
    assert stopped_in_order


def test_a_signal_waits_until_what_is_shielded_is_done() -> None:
    done = []
    with pytest.raises(Stopped), StopSignals() as signals:
        with signals.shield():
            with signals.shield():
                signal.raise_signal(signal.SIGHUP)
                done.append("inner")
            done.append("outer")
        done.append("never")
    assert done == ["inner", "outer"]


def test_what_fails_under_the_shield_is_not_hidden_by_the_signal() -> None:
    with pytest.raises(ZeroDivisionError), StopSignals() as signals, signals.shield():
        signal.raise_signal(signal.SIGINT)
        raise ZeroDivisionError


def test_afterwards_signals_do_what_they_did_before() -> None:
    before = [signal.getsignal(each) for each in STOPPING]
    with StopSignals():
        pass
    assert [signal.getsignal(each) for each in STOPPING] == before


def test_no_handler_of_ordinary_errors_swallows_a_stop() -> None:
    assert not issubclass(Stopped, Exception)
