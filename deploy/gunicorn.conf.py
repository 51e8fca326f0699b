"""HTTP in the full deployment. The number of workers and the address come from the command line."""

from expresso import env, logs

wsgi_app = "expresso.wsgi:application"
if not env.text("TWILIO_ACCOUNT_SID", ""):
    # The phone simulator's page waits for the answer of the webhook, which needs a thread of its own.
    worker_class = "gthread"
    threads = 4
# A worker that hangs is replaced before Twilio, which waits 15 s, has given up.
timeout = 14
graceful_timeout = 10
# Memory that grows somewhere is given back; the jitter keeps workers from restarting together.
max_requests = 20_000
max_requests_jitter = 2_000
logconfig_dict = logs.config(env.choice("LOG_FORMAT", "json", among=("json", "console"))) | {
    "loggers": {"gunicorn.error": {"level": "INFO", "propagate": True, "handlers": []}},
}
# Its own access log would carry paths, and with them customers' tracking tokens.
accesslog = None
# Nobody steers it at run time, and the socket for that would lie in the account's home.
control_socket_disable = True
