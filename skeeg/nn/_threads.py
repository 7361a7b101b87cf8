"""Threads whose arithmetic does not depend on how many of them there are."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Lock

import torch

_starting = Lock()


def _use_one_thread(barrier):
    torch.get_num_threads()  # lets torch set up this thread first, or it would undo the next line
    torch.set_num_threads(1)
    barrier.wait()


@contextmanager
def single_threaded_workers(n_workers):
    """Open a pool of at most `n_workers` Python threads that compute with one torch thread each.

    One torch thread and two do not agree bit for bit, so whatever is to be reproducible runs here.
    The setting is per thread, but torch also keeps it as the default of threads to come, so the
    caller's own is put back as soon as the workers stand.

    Parameters
    ----------
    n_workers : int
        Workers wanted; there are no more than torch has threads, so that outer limits hold.

    Yields
    ------
    pool : concurrent.futures.ThreadPoolExecutor
        The pool; it is closed on exit.
    """
    with _starting:
        n_threads = torch.get_num_threads()
        n_workers = min(n_workers, n_threads)
        barrier = Barrier(n_workers + 1)
        pool = ThreadPoolExecutor(n_workers, initializer=_use_one_thread, initargs=(barrier,))
        for _ in range(n_workers):
            pool.submit(int)
        barrier.wait()
        torch.set_num_threads(n_threads)
    with pool:
        yield pool
