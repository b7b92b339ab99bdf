// A shop of eight services in Kubernetes, as its telemetry looks: requests that become spans and logs in several pods, and
// an hour in which the payment provider was slow for a while. The same seed gives the same shop.
//   node shop.mjs OTLP_HTTP_URL [MINUTES] [REQUESTS] [SEED]
import { pathToFileURL } from 'node:url';

/** Numbers in [0, 1), always the same for a seed (mulberry32). */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SERVICES = {
  frontend: { namespace: 'shop', pods: 3, language: 'nodejs', scope: 'next.server' },
  checkout: { namespace: 'shop', pods: 3, language: 'java', scope: 'shop.checkout.CheckoutController' },
  cart: { namespace: 'shop', pods: 2, language: 'go', scope: 'cart/store' },
  payment: { namespace: 'payments', pods: 2, language: 'java', scope: 'payments.gateway.ProviderClient' },
  inventory: { namespace: 'shop', pods: 2, language: 'go', scope: 'inventory/grpc' },
  recommendation: { namespace: 'shop', pods: 2, language: 'python', scope: 'recommend.model' },
  email: { namespace: 'platform', pods: 1, language: 'ruby', scope: 'mailer' },
  'ingress-nginx': { namespace: 'platform', pods: 2, language: 'nginx', scope: 'access' },
};
const NUMBERS = { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17, FATAL: 21 };
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

export class Shop {
  constructor(seed = 7) {
    this.random = dice(seed);
    this.pods = Object.entries(SERVICES).flatMap(([service, about]) =>
      Array.from({ length: about.pods }, () => this.pod(service, about)),
    );
    this.logs = [];
    this.spans = [];
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  between(low, high) {
    return Math.floor(low + this.random() * (high - low));
  }

  hex(length) {
    return Array.from({ length }, () => this.between(0, 16).toString(16)).join('');
  }

  letters(length) {
    return Array.from({ length }, () => this.pick(ALPHABET)).join('');
  }

  pod(service, about) {
    return {
      service,
      about,
      attributes: {
        'service.name': service,
        'service.version': `1.${this.between(4, 9)}.${this.between(0, 20)}`,
        'k8s.cluster.name': 'eu-central-a',
        'k8s.namespace.name': about.namespace,
        'k8s.pod.name': `${service}-${this.letters(9)}-${this.letters(5)}`,
        'k8s.container.name': service,
        'k8s.node.name': `node-${this.between(1, 5)}`,
        'cloud.region': 'eu-central-1',
        'telemetry.sdk.language': about.language,
      },
    };
  }

  podOf(service) {
    return this.pick(this.pods.filter((pod) => pod.service === service));
  }

  log(pod, time, severity, body, attributes, span) {
    this.logs.push({ pod, time, severity, body, attributes, span });
  }

  /** A span; `inside` makes what it contains and gives back its end. Answers with its end. */
  span(service, name, kind, start, parent, attributes, inside) {
    const pod = this.podOf(service);
    const span = {
      pod, name, kind, start, attributes,
      trace: parent?.trace ?? this.hex(32),
      id: this.hex(16),
      parent: parent?.id ?? '',
      error: '',
      events: [],
    };
    span.end = inside(span, pod);
    this.spans.push(span);
    return span;
  }

  /** Milliseconds, mostly near the middle, sometimes far above. */
  latency(middle) {
    return middle * (0.5 + this.random() + (this.random() < 0.03 ? this.random() * 12 : 0));
  }

  /** One visit at a time in milliseconds. `trouble`: how likely the payment provider does not answer. */
  visit(time, trouble) {
    const user = `u-${this.between(1000, 1400)}`;
    const kind = this.random();
    if (kind < 0.3) return this.order(time, trouble, user);
    if (kind < 0.75) return this.browse(time, user);
    this.housekeeping(time);
  }

  access(pod, start, method, path, status, took, span) {
    const address = `10.${this.between(0, 4)}.${this.between(0, 255)}.${this.between(1, 255)}`;
    this.log(pod, start + took, status >= 500 ? 'ERROR' : status >= 400 ? 'WARN' : 'INFO',
      `${address} - "${method} ${path} HTTP/1.1" ${status} ${this.between(200, 48000)} ${(took / 1000).toFixed(3)}`,
      { 'http.request.method': method, 'url.path': path, 'http.response.status_code': status, 'client.address': address, 'duration.ms': Math.round(took) }, span);
  }

  order(time, trouble, user) {
    const order = `o-${this.between(100000, 999999)}`;
    const root = this.span('ingress-nginx', 'POST /checkout', 2, time, null, { 'http.request.method': 'POST', 'url.path': '/checkout' }, (ingress, nginx) => {
      const page = this.span('frontend', 'POST /checkout', 2, time + 1, ingress, { 'http.route': '/checkout', 'user.id': user }, (front) => {
        const checkout = this.span('checkout', 'CheckoutController.place', 2, time + 3, front, { 'order.id': order, 'user.id': user }, (span, pod) => this.place(span, pod, order, user, trouble));
        front.error = checkout.error && 'checkout failed';
        return checkout.end + this.latency(4);
      });
      ingress.attributes['http.response.status_code'] = page.error ? 502 : 200;
      ingress.error = page.error && '502 Bad Gateway';
      this.access(nginx, time, 'POST', '/checkout', page.error ? 502 : 200, page.end - time, ingress);
      return page.end + 1;
    });
    return root;
  }

  place(span, pod, order, user, trouble) {
    let now = span.start + 2;
    this.log(pod, now, 'INFO', `Placing order ${order} for user ${user}`, { 'order.id': order, 'user.id': user, 'items': this.between(1, 9) }, span);
    now = this.span('cart', 'cart.Get', 2, now, span, { 'rpc.system': 'grpc', 'user.id': user }, (inner, cart) => {
      const took = this.latency(6);
      this.log(cart, now + took, 'DEBUG', `cache hit key=cart:${user} took=${took.toFixed(1)}ms`, { 'cache.hit': 'true', 'user.id': user }, inner);
      return now + took;
    }).end;
    now = this.span('inventory', 'inventory.Reserve', 2, now, span, { 'rpc.system': 'grpc' }, (inner, stock) => {
      const took = this.latency(14);
      if (this.random() < 0.06) {
        this.log(stock, now + took, 'WARN', `stock of sku ${this.between(10000, 99999)} is low: ${this.between(1, 5)} left`, { sku: String(this.between(10000, 99999)) }, inner);
      }
      return this.span('inventory', 'SELECT stock', 3, now + 2, inner, { 'db.system': 'postgresql', 'db.statement': 'SELECT available FROM stock WHERE sku = ANY($1) FOR UPDATE' }, () => now + took).end + 1;
    }).end;
    const payment = this.span('payment', 'ProviderClient.charge', 2, now, span, { 'order.id': order, 'payment.provider': 'acquirer-eu' }, (inner, gateway) => this.charge(inner, gateway, order, trouble));
    if (payment.error) {
      span.error = payment.error;
      this.log(pod, payment.end + 1, 'ERROR',
        `Order ${order} failed: payment was not confirmed\nshop.payment.PaymentException: provider timeout after 3000 ms\n\tat shop.payment.PaymentClient.charge(PaymentClient.java:88)\n\tat shop.checkout.CheckoutController.place(CheckoutController.java:141)\n\tat java.base/java.lang.VirtualThread.run(VirtualThread.java:329)`,
        { 'order.id': order, 'user.id': user, 'exception.type': 'shop.payment.PaymentException' }, span);
      return payment.end + 3;
    }
    this.log(pod, payment.end + 1, 'INFO', `Order ${order} placed in ${Math.round(payment.end - span.start)} ms`, { 'order.id': order, 'user.id': user, 'amount': (this.between(500, 25000) / 100).toFixed(2), currency: 'EUR' }, span);
    const mail = this.podOf('email');
    this.log(mail, payment.end + this.between(20, 900), 'INFO', JSON.stringify({ event: 'mail.sent', template: 'order_confirmation', order, to: `${user}@example.com` }), { 'order.id': order }, span);
    return payment.end + 4;
  }

  charge(span, pod, order, trouble) {
    let now = span.start;
    if (this.random() < trouble) {
      for (let attempt = 1; attempt <= 3; attempt++) {
        now += this.latency(900);
        this.log(pod, now, 'WARN', `Attempt ${attempt} of 3 to charge order ${order} failed: connect timeout to acquirer-eu.example.net:443`, { 'order.id': order, attempt, 'payment.provider': 'acquirer-eu' }, span);
        span.events.push({ name: 'retry', time: now, attributes: { attempt } });
      }
      this.log(pod, now + 5, 'ERROR', `Connection to 10.0.${this.between(0, 9)}.${this.between(1, 255)} refused after ${Math.round(now - span.start)} ms`, { 'order.id': order, 'error.type': 'timeout', 'payment.provider': 'acquirer-eu' }, span);
      if (this.random() < 0.03) this.log(pod, now + 8, 'FATAL', 'circuit breaker for acquirer-eu opened: 50 of 50 calls failed', { 'breaker.state': 'open' }, span);
      span.error = 'provider timeout after 3000 ms';
      return now + 6;
    }
    now += this.latency(120);
    this.log(pod, now, 'INFO', `charged order ${order} at acquirer-eu, authorisation ${this.hex(12)}`, { 'order.id': order, 'payment.provider': 'acquirer-eu' }, span);
    return now;
  }

  browse(time, user) {
    const path = this.pick(['/', '/search?q=lamp', '/product/4711', '/product/1234', '/cart', '/account', '/product/98765']);
    const missing = this.random() < 0.02;
    this.span('ingress-nginx', `GET ${path.split('?')[0].replace(/\d+/, ':id')}`, 2, time, null, { 'http.request.method': 'GET', 'url.path': path }, (ingress, nginx) => {
      const page = this.span('frontend', `GET ${path.split('?')[0].replace(/\d+/, ':id')}`, 2, time + 1, ingress, { 'http.route': path, 'user.id': user }, (span, front) => {
        const took = this.latency(25);
        if (this.random() < 0.4) this.log(front, time + took, 'DEBUG', `rendered ${path} in ${took.toFixed(1)}ms`, { 'http.route': path, 'user.id': user }, span);
        return this.span('recommendation', 'recommend.Rank', 2, time + 4, span, { 'model.version': '2026-11-04' }, (inner, model) => {
          const rank = this.latency(18);
          if (this.random() < 0.25) this.log(model, time + rank, 'INFO', `ranked ${this.between(40, 400)} candidates for ${user} in ${rank.toFixed(2)} ms`, { 'user.id': user, 'model.version': '2026-11-04' }, inner);
          if (this.random() < 0.01) this.log(model, time + rank, 'WARN', 'feature store answered late, using stale features', { 'feature.age_s': this.between(60, 900) }, inner);
          return time + 4 + rank;
        }).end + took;
      });
      ingress.attributes['http.response.status_code'] = missing ? 404 : 200;
      this.access(nginx, time, 'GET', path, missing ? 404 : 200, page.end - time, ingress);
      return page.end + 1;
    });
  }

  housekeeping(time) {
    const pod = this.pick(this.pods);
    const [severity, body, attributes] = this.pick([
      ['INFO', `GC pause (G1 Young) ${this.between(40, 400)}M->${this.between(10, 40)}M(512M) ${(this.random() * 20).toFixed(3)}ms`, { 'gc.kind': 'young' }],
      ['DEBUG', `health check ok, ${this.between(1, 90)} connections, uptime ${this.between(1000, 90000)} s`, {}],
      ['INFO', `reloaded configuration from /etc/${pod.service}/config.yaml (revision ${this.hex(7)})`, { 'config.revision': this.hex(7) }],
      ['DEBUG', JSON.stringify({ level: 'debug', msg: 'pool stats', active: this.between(0, 20), idle: this.between(0, 20), waiting: 0 }), {}],
      ['WARN', `slow query: ${this.between(500, 4000)} ms for SELECT * FROM orders WHERE customer_id = ${this.between(1, 9999)}`, { 'db.system': 'postgresql' }],
    ]);
    this.log(pod, time, severity, body, attributes, null);
  }
}

/** Requests spread over the minutes before now, with trouble in the third quarter. */
export function hour(minutes, requests, seed, now = Date.now()) {
  const shop = new Shop(seed);
  const width = minutes * 60_000;
  for (let i = 0; i < requests; i++) {
    const share = (i + shop.random()) / requests;
    // More at the end than at the start, with a slow wave.
    const at = share + 0.03 * Math.sin(share * 19);
    const trouble = at > 0.62 && at < 0.7 ? 0.85 : 0.006;
    shop.visit(now - width + Math.min(Math.max(at, 0), 0.998) * width, trouble);
  }
  return shop;
}

const value = (v) => (Number.isInteger(v) ? { intValue: String(v) } : typeof v === 'number' ? { doubleValue: v } : { stringValue: String(v) });
const keyValues = (attributes) => Object.entries(attributes).map(([key, v]) => ({ key, value: value(v) }));
const nanos = (ms) => `${Math.floor(ms)}${String(Math.floor((ms % 1) * 1e6)).padStart(6, '0')}`;

function grouped(items, wrap) {
  const pods = Map.groupBy ? Map.groupBy(items, (item) => item.pod) : groupBy(items);
  return [...pods].map(([pod, own]) => wrap({ attributes: keyValues(pod.attributes) }, { name: pod.about.scope, version: '1.0' }, own));
}

function groupBy(items) {
  const pods = new Map();
  for (const item of items) pods.set(item.pod, [...(pods.get(item.pod) ?? []), item]);
  return pods;
}

export const logsRequest = (logs) => ({
  resourceLogs: grouped(logs, (resource, scope, own) => ({
    resource,
    scopeLogs: [{
      scope,
      logRecords: own.map((log) => ({
        timeUnixNano: nanos(log.time),
        observedTimeUnixNano: nanos(log.time + 1),
        severityNumber: NUMBERS[log.severity],
        severityText: log.severity,
        body: { stringValue: log.body },
        attributes: keyValues(log.attributes),
        ...(log.span ? { traceId: log.span.trace, spanId: log.span.id, flags: 1 } : {}),
      })),
    }],
  })),
});

export const tracesRequest = (spans) => ({
  resourceSpans: grouped(spans, (resource, scope, own) => ({
    resource,
    scopeSpans: [{
      scope,
      spans: own.map((span) => ({
        traceId: span.trace,
        spanId: span.id,
        ...(span.parent ? { parentSpanId: span.parent } : {}),
        name: span.name,
        kind: span.kind,
        startTimeUnixNano: nanos(span.start),
        endTimeUnixNano: nanos(Math.max(span.end, span.start + 0.1)),
        attributes: keyValues(span.attributes),
        ...(span.links ? { links: span.links.map((link) => ({ traceId: link.trace, spanId: link.span, attributes: keyValues(link.attributes) })) } : {}),
        events: span.events.map((event) => ({ name: event.name, timeUnixNano: nanos(event.time), attributes: keyValues(event.attributes) })),
        status: span.error ? { code: 2, message: span.error } : { code: 0 },
      })),
    }],
  })),
});

async function post(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`cannot send to ${url}: ${response.status} ${await response.text()}`);
}

/** Sends everything, a thousand records a request. */
export async function send(url, shop) {
  for (let from = 0; from < shop.logs.length; from += 1000) await post(`${url}/v1/logs`, logsRequest(shop.logs.slice(from, from + 1000)));
  for (let from = 0; from < shop.spans.length; from += 1000) await post(`${url}/v1/traces`, tracesRequest(shop.spans.slice(from, from + 1000)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [url = 'http://127.0.0.1:4318', minutes = '60', requests = '4000', seed = '7'] = process.argv.slice(2);
  const shop = hour(Number(minutes), Number(requests), Number(seed));
  await send(url, shop);
  console.log(`sent ${shop.logs.length} logs and ${shop.spans.length} spans`);
}
