"""Threads whose arithmetic does not depend on how many of them there are."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock, Semaphore

import torch

_starting = Lock()


def _use_one_thread(standing):
    torch.get_num_threads()  # lets torch set up this thread first, or it would undo the next line
    torch.set_num_threads(1)
    standing.release()


def _start_workers(pool, n_workers, standing):
    """Start all workers at once; a pool by itself starts none while another is idle."""
    everyone = Event()
    try:
        for _ in range(n_workers):
            pool.submit(everyone.wait)
            standing.acquire()
    finally:
        everyone.set()


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
    standing = Semaphore(0)
    with _starting:
        n_threads = torch.get_num_threads()
        n_workers = min(n_workers, n_threads)
        pool = ThreadPoolExecutor(n_workers, None, _use_one_thread, (standing,))
        try:
            _start_workers(pool, n_workers, standing)
        finally:
            torch.set_num_threads(n_threads)
    with pool:
        yield pool
