"""How gunicorn serves the app. Put a buffering proxy in front: without one, slow senders hold threads."""

import os
import signal

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
timeout = 30
# Imported once for all processes, not once in each: they start in half the time.
preload_app = True
control_socket_disable = True
accesslog = None


def post_worker_init(_worker: object) -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the parent: a worker told twice can lock itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
