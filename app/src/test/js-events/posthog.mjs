// PostHog's own SDK for Node captures events, to the URL given.
import { PostHog } from 'posthog-node';

const client = new PostHog('7', { host: process.argv[2], flushAt: 10, flushInterval: 0 });
const errors = [];
client.on?.('error', (error) => errors.push(String(error)));
for (let i = 0; i < 25; i++) {
  client.capture({
    distinctId: 'user-' + (i % 5),
    event: '$pageview',
    timestamp: new Date(Date.UTC(2080, 10, 20, 10, 0, i)),
    properties: { $session_id: 's-' + (i % 5), $current_url: '/page/' + i, $browser: 'Firefox', utm_source: 'news' },
  });
}
client.capture({
  distinctId: 'user-1',
  event: '$ai_generation',
  timestamp: new Date(Date.UTC(2080, 10, 20, 11, 0, 0)),
  properties: {
    $ai_model: 'm-large',
    $ai_provider: 'acme',
    $ai_input_tokens: 12,
    $ai_output_tokens: 34,
    $ai_total_cost_usd: 0.0025,
    $ai_input: [{ role: 'user', content: 'the secret question' }],
    $ai_output_choices: [{ content: 'the secret answer' }],
  },
});
await client.shutdown();
if (errors.length > 0) {
  throw new Error(errors.join('\n'));
}
