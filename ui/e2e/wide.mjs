// What a shop tells of itself besides logs and traces: wide events of requests, jobs and deployments, and what people did there.
//   node wide.mjs OTLP_HTTP_URL [SEED]
import { pathToFileURL } from 'node:url';

const HOUR_MS = 3_600_000;

/** A small generator of numbers, so that every run has the same shop. */
class Dice {
  #state;

  constructor(seed) {
    this.#state = seed;
  }

  roll() {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }

  below(n) {
    return Math.floor(this.roll() * n);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  hex(digits) {
    return Array.from({ length: digits }, () => this.below(16).toString(16)).join('');
  }
}

function requestOf(dice) {
  const route = dice.pick(['/cart', '/cart', '/checkout', '/orders/{id}', '/search']);
  const status = route === '/checkout' ? dice.pick([200, 200, 201, 402, 500, 503]) : dice.pick([200, 200, 200, 200, 304, 404]);
  return {
    service: route === '/search' ? 'search' : 'checkout',
    'http.method': route === '/cart' ? 'POST' : 'GET',
    'http.route': route,
    status,
    host: `web-${1 + dice.below(3)}`,
    duration_ms: Math.round(4 + dice.roll() ** 3 * (status >= 500 ? 5000 : 700)),
    'user.id': `u${dice.below(900)}`,
    'user.plan': dice.pick(['free', 'free', 'pro', 'team']),
    'db.calls': dice.below(12),
    'cache.hit': dice.roll() < 0.7,
    'build.id': dice.pick(['b118', 'b119']),
    trace_id: dice.hex(32),
  };
}

function jobOf(dice) {
  const failed = dice.roll() < 0.08;
  return {
    service: 'worker',
    message: failed ? 'job failed: lease lost' : 'job finished',
    level: failed ? 'error' : 'info',
    queue: dice.pick(['emails', 'invoices', 'thumbnails']),
    attempt: 1 + dice.below(3),
    took_ms: 20 + dice.below(5000),
    host: `worker-${1 + dice.below(2)}`,
    status: failed ? 'failed' : 'ok',
  };
}

const deployOf = (dice) => ({
  service: 'ci',
  application: dice.pick(['web', 'api']),
  'git.sha': dice.hex(7),
  status: dice.roll() < 0.1 ? 'rolled_back' : 'ok',
  by: dice.pick(['ada', 'grace', 'linus']),
  target: { region: dice.pick(['eu', 'us']), replicas: 2 + dice.below(9) },
});

function actionOf(dice, time) {
  const event = dice.pick(['$pageview', '$pageview', '$pageview', '$pageview', 'signed_up', 'added_to_cart', 'added_to_cart', 'purchased', '$ai_generation']);
  const model = { $ai_model: dice.pick(['gpt-5', 'claude-4']), $ai_input_tokens: dice.below(3000), $ai_output_tokens: dice.below(900), $ai_total_cost_usd: dice.roll() / 10 };
  return {
    event,
    distinct_id: `person-${dice.below(300)}`,
    timestamp: time,
    uuid: `${dice.hex(8)}-${dice.hex(4)}-4${dice.hex(3)}-a${dice.hex(3)}-${dice.hex(12)}`,
    properties: {
      plan: dice.pick(['free', 'pro']),
      ...(event === 'purchased' ? { price: dice.below(9000) / 100, currency: 'EUR' } : {}),
      $current_url: `https://shop.example/${dice.pick(['', 'cart', `item/${dice.below(50)}`])}`,
      $pathname: dice.pick(['/', '/cart', '/item']),
      $browser: dice.pick(['Chrome', 'Chrome', 'Firefox', 'Safari']),
      $os: dice.pick(['Mac OS X', 'Windows', 'Linux', 'iOS']),
      $device_type: dice.pick(['Desktop', 'Mobile']),
      $session_id: `s${dice.below(500)}`,
      ...(event === '$ai_generation' ? model : {}),
    },
  };
}

async function post(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`cannot send to ${url}: ${response.status} ${await response.text()}`);
}

/** Sends an hour of them. */
export async function sendWide(url, seed = 7, now = Date.now()) {
  const dice = new Dice(seed);
  const time = (share) => new Date(now - HOUR_MS + Math.min(Math.max(share + 0.04 * Math.sin(share * 17), 0), 0.999) * HOUR_MS).toISOString();
  const hourOf = (count, of) => Array.from({ length: count }, (_, at) => ({ timestamp: time((at + dice.roll()) / count), ...of(dice) }));
  await post(`${url}/v1/events/requests`, hourOf(2600, requestOf));
  await post(`${url}/v1/events/jobs`, hourOf(900, jobOf));
  await post(`${url}/v1/events/deploys`, hourOf(60, deployOf));
  const batch = Array.from({ length: 2400 }, (_, at) => actionOf(dice, time((at + dice.roll()) / 2400)));
  await post(`${url}/batch`, { api_key: 'phc_shop', batch });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [url = 'http://127.0.0.1:4318', seed = '7'] = process.argv.slice(2);
  await sendWide(url, Number(seed));
  console.log('sent 3560 wide events and 2400 product events');
}
