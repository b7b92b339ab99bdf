// Loggers with their Loki transports push to the URL given: winston-loki in protobuf and in JSON, pino-loki in JSON.
// Prints what each has logged, a JSON object on each line.
import { once } from 'node:events';
import pino from 'pino';
import { pinoLoki } from 'pino-loki';
import winston from 'winston';
import LokiTransport from 'winston-loki';

const host = process.argv[2];
const start = Date.now() - 60_000;
const trace = '0102030405060708090a0b0c0d0e0f10';

function said(app, ms, level, line, metadata) {
  console.log(JSON.stringify({ app, ms, level, line, metadata }));
}

async function throughWinston(app, json) {
  const errors = [];
  const transport = new LokiTransport({
    host,
    json,
    labels: { app, namespace: 'shop', note: 'tab\tand é' },
    interval: 1,
    replaceTimestamp: false,
    gracefulShutdown: false,
    onConnectionError: (error) => errors.push(String(error)),
    format: winston.format.printf(({ message }) => message),
  });
  const logger = winston.createLogger({ level: 'debug', transports: [transport] });
  const lines = [
    ['info', 'order placed'],
    ['error', 'line one\nline two "quoted" \\ é 𝄞'],
    ['debug', '{"msg":"structured","n":{"code":7}}'],
    ['warn', ''],
  ];
  for (let i = 0; i < 200; i++) {
    const [level, message] = lines[i % lines.length];
    const timestamp = start + i;
    logger.log({ level, message, timestamp, trace_id: trace, user: 'u-' + i });
    said(app, timestamp, level, message, json ? { level, trace_id: trace, user: 'u-' + i } : {});
  }
  await transport.flush();
  await transport.close();
  if (errors.length > 0) {
    throw new Error(errors.join('\n'));
  }
}

async function throughPino(app) {
  const loki = pinoLoki({ host, batching: { interval: 1 }, labels: { app }, structuredMetaKey: 'meta' });
  let ms = start;
  const ours = {
    write: (text) => {
      const { hostname, ...rest } = JSON.parse(text);
      const level = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'critical' }[rest.level];
      said(app, rest.time, level, JSON.stringify(rest), rest.meta ?? {});
    },
  };
  const logger = pino(
    { level: 'debug', timestamp: () => `,"time":${ms}` },
    pino.multistream([
      { stream: loki, level: 'debug' },
      { stream: ours, level: 'debug' },
    ]),
  );
  for (const [i, level] of ['debug', 'info', 'warn', 'error', 'fatal'].entries()) {
    ms = start + i;
    logger[level]({ meta: { trace_id: trace, n: String(i) }, http: { status: 200 + i } }, 'message ' + i);
  }
  loki.end();
  await once(loki, 'close');
}

await throughWinston('winston-protobuf', false);
await throughWinston('winston-json', true);
await throughPino('pino-json');
process.exit(0);
