// Elasticsearch's own client sends documents by its bulk call and by its bulk helper, to the URL given.
import { Client } from '@elastic/elasticsearch';

const client = new Client({ node: process.argv[2], maxRetries: 0 });
const info = await client.info();
if (!(await client.ping())) {
  throw new Error('no ping');
}
const answer = await client.bulk({
  operations: [
    { create: { _index: 'shop' } },
    { '@timestamp': '2080-11-21T10:00:00.123Z', message: 'one', service: { name: 'cart' }, took: 12 },
    { index: { _index: 'shop', _id: 'doc-2' } },
    { '@timestamp': '2080-11-21T10:00:01Z', message: 'two', 'http.status': 500 },
    { delete: { _index: 'shop', _id: 'doc-1' } },
    { update: { _index: 'shop', _id: 'doc-1' } },
    { doc: { message: 'three' } },
    { create: { _index: 'other' } },
    { '@timestamp': 3499408802000, message: 'four' },
  ],
});
const helped = await client.helpers.bulk({
  datasource: Array.from({ length: 250 }, (_, i) => ({ '@timestamp': '2080-11-21T10:00:00Z', n: i })),
  flushBytes: 4000,
  onDocument: () => ({ create: { _index: 'helped' } }),
  onDrop: (dropped) => {
    throw new Error('dropped ' + JSON.stringify(dropped));
  },
});
console.log(
  JSON.stringify({
    version: info.version.number,
    errors: answer.errors,
    items: answer.items.map((item) => {
      const [action, { _index, status, error }] = Object.entries(item)[0];
      return [action, _index, status, error?.type ?? ''].join(' ');
    }),
    id: answer.items[1].index._id,
    helped: helped.successful,
  }),
);
