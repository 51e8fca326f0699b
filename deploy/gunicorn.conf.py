"""gunicorn's settings in the full deployment. The command line sets the address and the number of workers."""

from expresso import env, garbage, logs

wsgi_app = "expresso.wsgi:application"
if not env.text("TWILIO_ACCOUNT_SID", ""):
    # A worker needs two threads: the phone simulator's page waits while another thread answers its request to the
    # webhook.
    worker_class = "gthread"
    threads = 2
    # A worker accepts only as many requests as it has threads. Further requests wait in the socket that all workers
    # share, and the first free worker takes the oldest. Otherwise a busy worker would accept requests that an idle
    # worker could answer.
    worker_connections = threads
    keepalive = 0
# Seconds after which a worker that hangs is replaced. Twilio waits 15 s for a response.
timeout = 14
graceful_timeout = 10
# Replace workers now and then to free leaked memory. The jitter keeps them from restarting at the same time.
max_requests = 20_000
max_requests_jitter = 2_000
logconfig_dict = logs.config(env.choice("LOG_FORMAT", "json", among=("json", "console"))) | {
    "loggers": {"gunicorn.error": {"level": "INFO", "propagate": True, "handlers": []}},
}
# No access log: it would contain URLs with customers' tracking tokens.
accesslog = None
# The control socket is not used. gunicorn would create it in the account's home folder.
control_socket_disable = True


def post_worker_init(_worker: object) -> None:
    garbage.spare_what_is_loaded()
