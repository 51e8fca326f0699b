"""gunicorn's settings in the full deployment. Address and number of workers come from the command line."""

from expresso import env, garbage, logs

wsgi_app = "expresso.wsgi:application"
if not env.text("TWILIO_ACCOUNT_SID", ""):
    # The page that sends a test text waits for the webhook's response, so a worker needs more than one thread.
    worker_class = "gthread"
    threads = 2
    # A worker accepts no more requests than it has threads for. The rest wait in the socket that all workers share, in
    # the order in which they came, and each is answered by the first worker that is free. Otherwise a worker would
    # accept requests while all its threads are busy and another worker has nothing to do.
    worker_connections = threads
    keepalive = 0
# Seconds after which a stuck worker is replaced. Twilio waits 15 s for a response.
timeout = 14
graceful_timeout = 10
# Workers are replaced now and then, which frees leaked memory. The jitter keeps them from restarting together.
max_requests = 20_000
max_requests_jitter = 2_000
logconfig_dict = logs.config(env.choice("LOG_FORMAT", "json", among=("json", "console"))) | {
    "loggers": {"gunicorn.error": {"level": "INFO", "propagate": True, "handlers": []}},
}
# gunicorn's access log would contain paths, and with them customers' tracking tokens.
accesslog = None
# The control socket is not used, and would be created in the home folder of the account.
control_socket_disable = True


def post_worker_init(_worker: object) -> None:
    garbage.spare_what_is_loaded()
