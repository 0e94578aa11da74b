"""A real server in a thread, for what only a browser on the other side of a socket shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from waitress import create_server, wasyncore


@contextmanager
def servir(hilos: int) -> Iterator[Any]:
    """waitress at work on a port of its own. Give it its ``application``, which may need to know the port."""
    conexiones: dict[int, Any] = {}
    servidor = create_server(lambda *_: [], conexiones, host="127.0.0.1", port=0, threads=hilos)
    hilo = Thread(target=servidor.run, daemon=True)
    hilo.start()
    yield servidor
    # The loop ends when it has nothing left to listen to; only it may close what it listens to.
    servidor.task_dispatcher.shutdown()
    servidor.trigger.pull_trigger(lambda: wasyncore.close_all(conexiones))
    hilo.join()
