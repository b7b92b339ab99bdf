-- Synthetic spans in the landing table's columns, a million from OFFSET on: traces of twelve spans over the services and pods of
-- generate.sql, which overlap as those of many users do, six attributes each, an event on every ninth span, a link on every
-- fortieth. TOTAL spans end at END, and STEP nanoseconds lie between them. The same rows on every machine.
INSERT INTO otel.otel_traces_landing
WITH
  -- spans of one trace lie apart in the stream, as batches of many services bring them
  intDiv(number, 1200) * 100 + number % 100 AS trace, intDiv(number, 100) % 12 AS part,
  sipHash64(trace, 9) AS t, sipHash64(number, 2) AS h2, sipHash64(number, 3) AS h3,
  lower(concat(hex(t), hex(sipHash64(trace, 10)))) AS trace_id,
  -- a few services are far busier than the rest
  toUInt32(floor(60 * pow((sipHash64(trace, part, 5) % 1000000) / 1000000, 2.2))) AS svc,
  ['api','auth','billing','cart','catalog','checkout','crm','edge','feed','gateway','geo','identity','inbox','index','ledger','media','notify','orders','payments','profile','query','search','shipping','store'][svc % 24 + 1] AS word,
  concat(word, '-', ['web','worker','server'][svc % 3 + 1], '-', toString(svc)) AS service,
  concat(service, '-', lower(hex(sipHash64(svc, 77) % 0xfffffff)), '-', toString(h2 % 6)) AS pod,
  concat('/v', toString(svc % 3 + 1), '/', ['orders','users','carts','items','sessions','invoices','reports','events'][h3 % 8 + 1]) AS route,
  [200,200,200,200,200,200,201,204,302,400,401,404,429,500,503][h3 % 15 + 1] AS status,
  fromUnixTimestamp64Nano(toInt64(END) - toInt64(TOTAL - (trace * 12)) * STEP + toInt64(part * 3000000 + h2 % 2000000)) AS ts,
  toUInt64(exp(10 + (h3 % 1000) / 100)) AS took
SELECT
  ts, took, trace_id, lower(hex(sipHash64(number, 4))), if(part = 0, '', lower(hex(sipHash64(number - 100, 4)))), '', 257,
  concat(if(part % 3 = 2, 'SELECT ', 'GET '), route), ['Server','Client','Internal'][part % 3 + 1],
  map('http.route', route, 'http.response.status_code', toString(status), 'enduser.id', concat('user', toString(h2 % 200000)), 'thread.name', concat('exec-', toString(h3 % 64)),
      'server.address', concat(word, '.svc.cluster.local'), 'request.id', lower(hex(h3))), 0,
  if(status >= 500, 'Error', 'Unset'), if(status >= 500, 'upstream failed', ''),
  if(number % 9 = 0, [ts + toIntervalMicrosecond(50)], []), if(number % 9 = 0, ['exception'], []),
  if(number % 9 = 0, [map('exception.type', 'java.io.IOException', 'exception.message', concat('connection reset by ', word))], []), if(number % 9 = 0, [toUInt32(0)], []), 0,
  if(number % 40 = 0, [trace_id], []), if(number % 40 = 0, [lower(hex(h2))], []), if(number % 40 = 0, [''], []), if(number % 40 = 0, [map()], []), if(number % 40 = 0, [toUInt32(0)], []), if(number % 40 = 0, [toUInt32(0)], []), 0,
  service, '',
  map('service.name', service, 'service.version', concat('2.', toString(svc % 17)), 'service.instance.id', pod, 'k8s.namespace.name', concat('ns-', word), 'k8s.pod.name', pod,
      'k8s.cluster.name', concat('prod-', toString(svc % 4)), 'cloud.region', ['eu-west-1','us-east-1'][svc % 2 + 1], 'host.name', concat('ip-10-0-', toString(svc % 40), '-17')), 0,
  '', concat('io.example.', word), '1.4.2', map(), 0, 'default', ts + toIntervalMillisecond(900), 1
FROM numbers(OFFSET, 1000000)
SETTINGS max_block_size = 65536, max_insert_threads = 1
