"""Workers compute with one thread each, and nobody else notices."""

import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, get_ident

import pytest
import torch

from skeeg.nn import _threads
from skeeg.nn._threads import single_threaded_workers


def meet(barrier):
    """Wait until as many workers run this as the barrier has parties; report the threads of one."""
    barrier.wait(timeout=10)
    return get_ident(), torch.get_num_threads()


@pytest.mark.parametrize(("outer", "wanted", "expected"), [(1, 2, 1), (2, 2, 2), (3, 2, 2)])
def test_workers_have_one_thread_each_and_are_no_more_than_outside(
    set_threads, outer, wanted, expected
):
    set_threads(outer)
    with single_threaded_workers(wanted) as pool:
        barrier = Barrier(expected)
        met = [pool.submit(meet, barrier) for _ in range(expected)]
        idents, threads = zip(*(future.result() for future in met), strict=True)
        everyone = {pool.submit(get_ident).result() for _ in range(20)}
    assert set(threads) == {1}
    assert len(set(idents)) == expected
    assert everyone <= set(idents)


@pytest.mark.parametrize("outer", [1, 2, 3])
def test_the_caller_and_later_threads_keep_their_number(set_threads, in_new_thread, outer):
    set_threads(outer)
    with single_threaded_workers(2):
        assert torch.get_num_threads() == outer
        assert in_new_thread(torch.get_num_threads) == outer
    assert torch.get_num_threads() == outer
    assert in_new_thread(torch.get_num_threads) == outer


def test_workers_may_open_workers(set_threads):
    set_threads(2)

    def inner():
        with single_threaded_workers(2) as pool:
            return pool.submit(torch.get_num_threads).result()

    with single_threaded_workers(2) as pool:
        assert pool.submit(inner).result() == 1
    assert torch.get_num_threads() == 2


def test_several_callers_at_once_do_not_see_each_other(set_threads, in_new_thread):
    set_threads(2)

    def repeat():
        seen = set()
        for _ in range(20):
            with single_threaded_workers(2) as pool:
                met = [pool.submit(meet, barrier) for barrier in [Barrier(2)] * 2]
                seen |= {("worker", future.result()[1]) for future in met}
            seen.add(("caller", torch.get_num_threads()))
        return seen

    with ThreadPoolExecutor(3) as callers:
        futures = [callers.submit(repeat) for _ in range(3)]
    for future in futures:
        assert future.result() == {("worker", 1), ("caller", 2)}
    assert torch.get_num_threads() == in_new_thread(torch.get_num_threads) == 2


def test_an_error_closes_the_pool():
    before = threading.enumerate()
    with pytest.raises(ZeroDivisionError), single_threaded_workers(2) as pool:
        pool.submit(lambda: 1 / 0).result()
    assert threading.enumerate() == before


def test_an_interrupt_while_workers_start_leaves_none_waiting(set_threads, monkeypatch):
    class Interrupted(threading.Semaphore):
        def acquire(self, *args):
            raise KeyboardInterrupt

    set_threads(2)
    before = set(threading.enumerate())
    monkeypatch.setattr(_threads, "Semaphore", Interrupted)
    try:
        with single_threaded_workers(2):
            pytest.fail("The interrupt was swallowed.")
    except KeyboardInterrupt:
        assert torch.get_num_threads() == 2
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
        assert not thread.is_alive()
