-- Three million synthetic log rows of one day, in the landing table's columns: 60 services (a few far busier than
-- the rest) in 24 namespaces, 360 pods, 14 resource attributes, 7 log attributes, 12 kinds of message, stack
-- traces, a trace id on every third row, a word that occurs once in 100,000 rows. The same rows on every machine.
INSERT INTO measure.logs
WITH
  3000000 AS total,
  sipHash64(number, 1) AS h1, sipHash64(number, 2) AS h2, sipHash64(number, 3) AS h3, sipHash64(number, 4) AS h4, sipHash64(number, 5) AS h5,
  -- a few services are far busier than the rest
  toUInt32(floor(60 * pow((h1 % 1000000) / 1000000, 2.2))) AS svc,
  bitShiftRight(h1, 32) % 6 AS replica,
  svc % 24 AS ns,
  concat(['api','auth','billing','cart','catalog','checkout','crm','edge','feed','gateway','geo','identity','inbox','index','ledger','media','notify','orders','payments','profile','query','search','shipping','store'][ns + 1], '-', ['web','worker','server'][svc % 3 + 1]) AS svcBase,
  concat(svcBase, '-', toString(svc)) AS service,
  concat('ns-', ['api','auth','billing','cart','catalog','checkout','crm','edge','feed','gateway','geo','identity','inbox','index','ledger','media','notify','orders','payments','profile','query','search','shipping','store'][ns + 1]) AS namespace,
  lower(hex(sipHash64(svc, 77))) AS rs,
  lower(hex(sipHash64(svc * 6 + replica, 78))) AS ps,
  concat(service, '-', substring(rs, 1, 9), '-', substring(ps, 1, 5)) AS pod,
  sipHash64(svc * 6 + replica) % 40 AS node,
  -- rows of one batch come from one pod in short runs, as agents send them
  fromUnixTimestamp64Nano(toInt64(1794960000000000000 + toInt64(number) * 28800000 + toInt64(h2 % 2000000000))) AS ts,
  h3 % 100 AS sevDice,
  multiIf(sevDice < 76, 'INFO', sevDice < 89, 'DEBUG', sevDice < 97, 'WARN', 'ERROR') AS sev,
  multiIf(sevDice < 76, 9, sevDice < 89, 5, sevDice < 97, 13, 17) AS sevNum,
  h3 % 3 = 0 AS traced,
  lower(hex(sipHash64(intDiv(number, 12), 9))) AS t1, lower(hex(sipHash64(intDiv(number, 12), 10))) AS t2,
  ['alpha','bravo','charlie','delta','echo','foxtrot','golf','hotel','india','juliet','kilo','lima','mike','november','oscar','papa','quebec','romeo','sierra','tango','uniform','victor','whiskey','xray','yankee','zulu'] AS nato,
  concat(nato[h4 % 26 + 1], nato[bitShiftRight(h4, 8) % 26 + 1]) AS word1,
  concat('user', toString(bitShiftRight(h4, 16) % 200000)) AS user,
  lower(hex(h5)) AS rid,
  bitShiftRight(h5, 20) % 3000 AS ms,
  concat('/v', toString(svc % 3 + 1), '/', ['orders','users','carts','items','sessions','invoices','reports','events'][h5 % 8 + 1]) AS route,
  [200,200,200,200,200,200,201,204,302,400,401,404,429,500,503][h4 % 15 + 1] AS status,
  h2 % 12 AS tpl,
  multiIf(
    sev = 'ERROR' AND h2 % 3 = 0, concat('java.lang.IllegalStateException: cannot reserve ', word1, ' for ', user, ': pool ', toString(h5 % 64), ' is exhausted\n\tat io.example.', svcBase, '.Pool.reserve(Pool.java:', toString(h4 % 400), ')\n\tat io.example.', svcBase, '.Handler.handle(Handler.java:', toString(h4 % 300), ')\n\tat io.example.http.Router.route(Router.java:118)\n\tat io.example.http.Server.lambda$accept$3(Server.java:271)\n\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)\nCaused by: java.net.SocketTimeoutException: timeout after ', toString(ms), ' ms reading from 10.', toString(h5 % 200), '.', toString(h4 % 250), '.', toString(h1 % 250), ':5432'),
    tpl = 0, concat('GET ', route, '/', toString(h5 % 100000), ' ', toString(status), ' ', toString(ms), 'ms client=10.', toString(h5 % 200), '.', toString(h4 % 250), '.', toString(h1 % 250), ' ua="okhttp/4.', toString(h1 % 12), '"'),
    tpl = 1, concat('Handled request ', rid, ' for ', user, ' in ', toString(ms), ' ms'),
    tpl = 2, concat('Cache miss for key session:', user, ':', word1, ', loading from replica ', toString(h5 % 5)),
    tpl = 3, concat('Read ', toString(h5 % 100000), ' rows, ', toString(bitShiftRight(h5, 10) % 100), '.', toString(h4 % 100), ' MiB in 0.', toString(h4 % 100000), ' sec., ', toString(h2 % 1000000), ' rows/sec.'),
    tpl = 4, concat('Peak memory usage (for query): ', toString(h5 % 1000), '.', toString(h4 % 100), ' MiB.'),
    tpl = 5, concat('{"event":"checkout","user":"', user, '","items":', toString(h4 % 20), ',"total":', toString(h5 % 100000), ',"coupon":"', word1, '"}'),
    tpl = 6, concat('Connection to ', word1, '.svc.cluster.local:', toString(5000 + h4 % 100), ' established after ', toString(h5 % 5), ' attempts'),
    tpl = 7, concat('Scheduled job ', word1, ' finished: processed=', toString(h5 % 5000), ' failed=', toString(h4 % 3), ' skipped=', toString(h4 % 7)),
    tpl = 8, concat('Selected ', toString(h5 % 500), '/', toString(500), ' parts by partition key, ', toString(h4 % 300), ' parts by primary key, ', toString(h4 % 9000), '/', toString(9000 + h5 % 10), ' marks by primary key'),
    tpl = 9, concat('token refreshed for ', user, '@example.com, expires in ', toString(h5 % 3600), 's'),
    tpl = 10, concat('Merged ', toString(h4 % 16), ' parts into ', toString(20261117), '_', toString(h5 % 100000), '_', toString(h5 % 100000 + 16), '_2'),
    concat('retrying upstream call to ', word1, ' (attempt ', toString(h4 % 5 + 1), ' of 5): status ', toString(status), ', request ', rid)) AS msg
SELECT
  intDiv(number, 150000) AS Chunk,
  ts, ts + toIntervalMillisecond(5),
  if(traced, concat(t1, t2), ''), if(traced, lower(hex(h4)), ''), toUInt32(traced), sev, sevNum, service,
  if(h5 % 100000 = 7, concat(msg, ' flywheel', toString(h4 % 1000)), msg), '', 'https://opentelemetry.io/schemas/1.37.0',
  map('service.name', service, 'service.namespace', namespace, 'service.version', concat('2.', toString(svc % 17), '.', toString(svc % 5)), 'service.instance.id', concat(ps, rs),
      'k8s.namespace.name', namespace, 'k8s.pod.name', pod, 'k8s.pod.uid', concat(substring(ps, 1, 8), '-', substring(rs, 1, 4), '-4c1d-9a77-', substring(ps, 5, 12)), 'k8s.container.name', svcBase,
      'k8s.deployment.name', service, 'k8s.node.name', concat('ip-10-0-', toString(node), '-17.eu-west-1.compute.internal'), 'k8s.cluster.name', concat('prod-', toString(svc % 4)),
      'cloud.provider', 'aws', 'cloud.region', ['eu-west-1','us-east-1'][svc % 2 + 1], 'host.name', concat('ip-10-0-', toString(node), '-17')), 0,
  '', concat('io.example.', svcBase), '1.4.2', map(), 0,
  map('thread.name', concat('exec-', toString(h4 % 64)), 'code.filepath', concat('src/', svcBase, '/', nato[tpl + 1], '.java'), 'code.lineno', toString(40 + tpl * 13), 'http.route', route,
      'http.response.status_code', toString(status), 'request.id', rid, 'enduser.id', user), 0,
  'default', ts + toIntervalMillisecond(900), 1
FROM numbers(3000000)
SETTINGS max_block_size = 65536, max_insert_threads = 1;
