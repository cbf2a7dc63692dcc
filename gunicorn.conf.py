"""How gunicorn serves the app. Put a buffering proxy in front: without one, slow senders hold threads."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
timeout = 30
control_socket_disable = True
accesslog = None
