// The shop's nightly repricing, as one trace: a scheduler that hands batches to workers side by side, which call five more
// services, with retries, failures, work that nobody waits for, a machine whose clock is late, and a span that got lost.
//   node night.mjs OTLP_HTTP_URL [SPANS] [SEED]
import { pathToFileURL } from 'node:url';
import { send, Shop } from './shop.mjs';

const MORE = {
  scheduler: { namespace: 'batch', pods: 1, language: 'java', scope: 'jobs.Nightly' },
  pricing: { namespace: 'batch', pods: 4, language: 'rust', scope: 'pricing::worker' },
  catalog: { namespace: 'shop', pods: 3, language: 'java', scope: 'catalog.ProductStore' },
  'search-index': { namespace: 'platform', pods: 2, language: 'java', scope: 'index.Writer' },
};

/** Milliseconds that the clock of the search index's pods is behind: more than a batch takes. */
export const CLOCK_LATE_MS = 2000;

/** A shop that holds nothing but the trace; its id is that of any of its spans. */
export function night(spans = 10_000, seed = 11, now = Date.now()) {
  const shop = new Shop(seed);
  for (const [service, about] of Object.entries(MORE)) {
    for (let pod = 0; pod < about.pods; pod++) shop.pods.push(shop.pod(service, about));
  }
  const start = now - 4 * 60_000;
  shop.span('scheduler', 'nightly reprice', 1, start, null, { 'job.name': 'reprice', 'job.schedule': '0 2 * * *' }, (job, pod) => {
    shop.log(pod, start, 'INFO', 'nightly reprice started', { 'job.name': 'reprice' }, job);
    const plan = shop.span('catalog', 'SELECT products', 3, start + 4, job, { 'db.system': 'postgresql', 'db.statement': 'SELECT sku FROM products WHERE active' }, (span) => span.start + 420);
    const lanes = [0, 1, 2, 3].map(() => plan.end + 10);
    for (let batch = 0; shop.spans.length < spans - 2; batch++) {
      const lane = lanes.indexOf(Math.min(...lanes));
      lanes[lane] = reprice(shop, job, lanes[lane], batch, spans - 2).end + shop.latency(3);
    }
    const end = Math.max(...lanes) + 60;
    shop.log(pod, end, 'INFO', `nightly reprice done in ${Math.round((end - start) / 1000)} s`, { 'job.name': 'reprice' }, job);
    return end;
  });
  const lost = shop.spans[Math.floor(spans / 2)];
  shop.span('email', 'mail.Report', 5, start + 900, { trace: lost.trace, id: shop.hex(16) }, { 'messaging.system': 'kafka' }, (span) => span.start + 310);
  return shop;
}

function reprice(shop, job, start, batch, most) {
  return shop.span('pricing', 'reprice batch', 5, start, job, { 'batch.number': batch, 'batch.size': 40 }, (span, pod) => {
    let now = start + shop.latency(2);
    span.links = [{ trace: shop.hex(32), span: shop.hex(16), attributes: { 'messaging.message.id': `m-${batch}` } }];
    for (let product = 0; product < 40 && shop.spans.length < most - 4; product++) now = one(shop, span, pod, now);
    if (shop.spans.length < most - 1) index(shop, span, now);
    return now + 1;
  });
}

function one(shop, batch, pod, start) {
  const sku = shop.between(10_000, 99_999);
  return shop.span('pricing', 'price product', 1, start, batch, { sku }, (span) => {
    let now = shop.span('catalog', 'catalog.Get', 2, start + 0.2, span, { 'rpc.system': 'grpc', sku }, (get) => get.start + shop.latency(3)).end;
    if (shop.random() < 0.4) {
      now = shop.span('inventory', 'inventory.Level', 2, now, span, { 'rpc.system': 'grpc', sku }, (level) =>
        shop.span('inventory', 'SELECT stock', 3, level.start + 0.3, level, { 'db.system': 'postgresql' }, (query) => query.start + shop.latency(4)).end + 0.2).end;
    }
    for (let attempt = 1; shop.random() < 0.03 && attempt < 4; attempt++) {
      const failed = shop.span('recommendation', 'recommend.Elasticity', 2, now, span, { attempt, sku }, (call) => {
        call.error = 'deadline exceeded';
        call.events.push({ name: 'exception', time: call.start + 40, attributes: { 'exception.type': 'DeadlineExceeded', 'exception.message': 'deadline of 40 ms exceeded' } });
        return call.start + 41;
      });
      now = failed.end + 5 * attempt;
      shop.log(pod, now, 'WARN', `Attempt ${attempt} for sku ${sku} failed: deadline exceeded, trying again`, { sku, attempt }, span);
      if (attempt === 3) {
        span.error = 'no elasticity after 3 attempts';
        shop.log(pod, now + 1, 'ERROR', `Cannot price sku ${sku}: no elasticity after 3 attempts`, { sku }, span);
      }
    }
    return now + shop.latency(0.6);
  }).end;
}

/** Nobody waits for the index; its machines' clock is late, so it seems to begin before it was asked for. */
function index(shop, batch, asked) {
  shop.span('search-index', 'index.Update', 5, asked - CLOCK_LATE_MS, batch, { 'messaging.system': 'kafka', documents: 40 }, (span) => span.start + shop.latency(60));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [url = 'http://127.0.0.1:4318', spans = '10000', seed = '11'] = process.argv.slice(2);
  const shop = night(Number(spans), Number(seed));
  await send(url, shop);
  console.log(`sent trace ${shop.spans[0].trace} of ${shop.spans.length} spans`);
}
