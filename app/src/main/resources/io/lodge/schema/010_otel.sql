-- Everything OpenTelemetry sends lives here: otel.generic_logs today, traces and metrics beside it.
CREATE DATABASE IF NOT EXISTS otel
