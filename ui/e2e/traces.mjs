// The Traces page in a real browser, on a real Lodge that holds what shop.mjs has sent.
//   node traces.mjs API_URL OTLP_HTTP_URL
import assert from 'node:assert/strict';
import { accessibilityFaults, claims, eventually, open, pictures, sql } from './browser.mjs';
import { CLOCK_LATE_MS, night } from './night.mjs';
import { send } from './shop.mjs';

const SPANS = 10_000;
const [base, otlp] = process.argv.slice(2);

// Another trace each time, so that the script can be run again on the same Lodge.
const repricing = night(SPANS, Date.now() % 1e9);
const trace = repricing.spans[0].trace;
await send(otlp, repricing);
await eventually(async () => assert.equal(Number(await sql(base, `SELECT count() FROM otel.otel_traces WHERE TraceId = '${trace}'`)), SPANS), 60_000);

await claims(base, async ({ page, browser, claim }) => {
  const rows = page.locator('.traces .table .row:not(.waiting)');
  const lines = page.locator('.waterfall .line');
  const detail = page.locator('.span-detail');
  const status = page.locator('.statistics');
  const param = (name) => new URL(page.url()).searchParams.get(name);
  const text = (locator) => locator.evaluateAll((elements) => elements.map((element) => element.textContent.trim()));
  const services = () => page.goto(`${base}/traces?from=now-6h&view=services`).then(() => page.locator('.facts tbody tr').first().waitFor());
  const all = `${base}/traces?from=now-6h`;
  const listed = async (address) => {
    await page.goto(address);
    await rows.first().waitFor();
    await eventually(async () => assert.match(await status.textContent(), /read in/));
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  };

  await claim('traces are listed with what is in them', async () => {
    await listed(all);
    const times = await text(rows.locator('.cell:nth-child(1)'));
    assert.ok(times.length > 10);
    for (const time of times) assert.match(time, /^\d{2}:\d{2}:\d{2}\.\d{3}$|^\d{4}-/);
    const of = await page.locator('.heatmap .legend').textContent();
    assert.ok(Number(/([\d,]+) spans/.exec(of)[1].replaceAll(',', '')) > 100, of);
  });

  await claim('service, duration and status narrow the list; the URL carries them, and back undoes them', async () => {
    await listed(all);
    await page.locator('.filters').getByRole('button', { name: 'Service' }).click();
    await page.locator('.choices button', { hasText: 'payment' }).waitFor();
    await page.locator('.choices input').fill('pay');
    await page.keyboard.press('Enter');
    await eventually(() => assert.equal(param('service'), 'payment'));
    await page.locator('.filters').getByRole('button', { name: 'Error', exact: true }).click();
    await page.getByLabel('Shortest duration').fill('500 ms');
    await page.keyboard.press('Enter');
    await eventually(() => assert.deepEqual([param('status'), param('min')], ['error', '500ms']));
    await eventually(async () => {
      const found = await text(rows.locator('.cell:nth-child(6)'));
      assert.ok(found.length > 0 && found.every((names) => names.includes('payment')), found.join('\n'));
      for (const errors of await text(rows.locator('.cell:nth-child(5)'))) assert.notEqual(errors, '–');
    });
    await page.goBack();
    await eventually(async () => assert.equal(await page.getByLabel('Shortest duration').inputValue(), ''));
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await eventually(() => assert.equal(param('service'), null));
  });

  await claim('a status is found as people type it', async () => {
    await listed(`${all}&q=status%3Aerror`);
    for (const errors of await text(rows.locator('.cell:nth-child(5)'))) assert.notEqual(errors, '–');
  });

  await claim('in half a window nothing is cut off at its side', async () => {
    const { page: narrow, context } = await open(browser, base, { viewport: { width: 700, height: 900 } });
    for (const address of [all, `${all}&service=payment&status=error`, `${base}/system`]) {
      await narrow.goto(address);
      await narrow.locator('.traces .table .row:not(.waiting), .panel td').first().waitFor();
      assert.ok((await narrow.evaluate(() => document.documentElement.scrollWidth)) <= 700, address);
    }
    await narrow.goto(all);
    const right = (locator) => locator.boundingBox().then((box) => box.x + box.width);
    assert.ok((await right(narrow.locator('.filters'))) <= 700);
    await context.close();
  });

  await claim('a search for an attribute finds the traces that have it', async () => {
    const order = await sql(base, "SELECT SpanAttributes['order.id'] FROM otel.otel_traces WHERE ServiceName = 'checkout' ORDER BY Timestamp DESC LIMIT 1");
    await listed(all);
    await page.locator('#query').fill(`order.id:${order}`);
    await page.keyboard.press('Enter');
    await eventually(async () => assert.equal(await rows.count(), 1));
    assert.equal(param('q'), `order.id:${order}`);
  });

  await claim('a brush over the heatmap narrows to its times and durations', async () => {
    await listed(all);
    const area = await page.locator('.heatmap .area').boundingBox();
    await page.mouse.move(area.x + area.width * 0.1, area.y + 10);
    await page.mouse.down();
    await page.mouse.move(area.x + area.width * 0.98, area.y + area.height * 0.4, { steps: 4 });
    await page.mouse.up();
    await eventually(() => {
      assert.ok(Date.parse(param('to')) > Date.parse(param('from')));
      assert.match(param('min'), /^[\d.]+(us|ms|s|ns)$/);
    });
    await page.goBack();
    await eventually(() => assert.equal(param('min'), null));
  });

  await claim('a trace of ten thousand spans is shown, of which only those on the screen exist', async () => {
    await page.goto(`${base}/trace/${trace}`);
    await lines.first().waitFor();
    assert.match(await page.locator('.facts-line').textContent(), /10,000 spans/);
    assert.ok((await lines.count()) < 100);
    await page.keyboard.press('End');
    await eventually(async () => assert.match(await text(lines).then((all) => all.at(-1)), /mail\.Report|search-index|index\.Update|price|catalog/));
    assert.equal(await page.locator('.line.selected').count(), 1);
    await page.keyboard.press('Home');
    await eventually(async () => assert.match((await text(lines))[0], /scheduler\s*nightly reprice/));
  });

  await claim('it scrolls from end to end, and how smoothly is said', async () => {
    const frames = await page.evaluate(scrolled);
    const slow = frames.filter((ms) => ms > 17.5).length;
    const sorted = frames.toSorted((a, b) => a - b);
    console.log(`      ${frames.length} frames, ${slow} of them over 16.7 ms; the median ${sorted[sorted.length >> 1].toFixed(1)} ms, the slowest ${sorted.at(-1).toFixed(1)} ms`);
    assert.ok(frames.length > 20);
  });

  await claim('spans whose clock is late are moved, and one that lost its parent is said', async () => {
    await page.goto(`${base}/trace/${trace}`);
    await lines.first().waitFor();
    await page.locator('#find-span').fill('index.Update');
    await page.keyboard.press('Enter');
    await detail.waitFor();
    const moved = detail.locator('.key-value dl > div', { hasText: 'Moved for its clock' });
    await moved.waitFor();
    const s = Number(/([\d.]+) s/.exec(await moved.textContent())[1]);
    assert.ok(s > (CLOCK_LATE_MS / 1000) * 0.5 && s < (CLOCK_LATE_MS / 1000) * 1.1, `${s}`);
    await page.locator('#find-span').fill('mail.Report');
    await eventually(async () => assert.equal(await page.locator('.find .count').textContent(), '1'));
  });

  await claim('errors are gone through by key, and their details have events, attributes and logs', async () => {
    await page.goto(`${base}/trace/${trace}`);
    await lines.first().waitFor();
    await page.keyboard.press('e');
    await detail.locator('.failure').waitFor();
    const first = param('span');
    await page.keyboard.press('e');
    await eventually(() => assert.notEqual(param('span'), first));
    // Products that could not be priced at all have failed too, but the exceptions are those of the calls below them.
    await eventually(async () => {
      const details = await detail.textContent();
      if (!details.includes('recommend.Elasticity')) await page.keyboard.press('e');
      for (const part of ['recommend.Elasticity', 'deadline exceeded', 'exception.type']) assert.ok(details.includes(part), part);
    });
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
    assert.equal(param('span'), null);
  });

  await claim('closing a span hides what is below it; zooming is in the URL, and 0 undoes it', async () => {
    await page.goto(`${base}/trace/${trace}`);
    await lines.first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowLeft');
    await eventually(async () => assert.equal(await lines.count(), 2));
    await page.keyboard.press('ArrowRight');
    await eventually(async () => assert.ok((await lines.count()) > 10));
    const minimap = await page.locator('.minimap').boundingBox();
    await page.mouse.move(minimap.x + minimap.width * 0.4, minimap.y + 20);
    await page.mouse.down();
    await page.mouse.move(minimap.x + minimap.width * 0.6, minimap.y + 20, { steps: 4 });
    await page.mouse.up();
    await eventually(() => assert.match(param('zoom') ?? '', /^\d+-\d+$/));
    await page.keyboard.press('0');
    await eventually(() => assert.equal(param('zoom'), null));
  });

  await claim('a link to a span opens it, on the screen', async () => {
    const span = await sql(base, `SELECT SpanId FROM otel.otel_traces WHERE TraceId = '${trace}' AND SpanName = 'reprice batch' ORDER BY Timestamp DESC LIMIT 1`);
    await page.goto(`${base}/trace/${trace}?span=${span}`);
    await detail.waitFor();
    await eventually(async () => assert.ok(await page.locator('.line.selected').isVisible()));
    assert.match(await page.locator('.line.selected').textContent(), /reprice batch/);
  });

  await claim('from a span to the traces that share an attribute, and to the logs of the trace', async () => {
    const id = await sql(base, "SELECT TraceId FROM otel.otel_traces WHERE SpanName = 'ProviderClient.charge' AND StatusCode ILIKE '%error%' ORDER BY Timestamp DESC LIMIT 1");
    await page.goto(`${base}/trace/${id}`);
    await lines.filter({ hasText: 'ProviderClient.charge' }).click();
    const order = detail.locator('.key-value dl > div', { hasText: 'order.id' });
    const value = await order.locator('dd').textContent();
    await order.hover();
    await order.getByRole('button', { name: /^Traces with order/ }).click();
    await eventually(() => assert.match(param('q') ?? '', new RegExp(`order\\.id:"?${value}`)));
    await page.goto(`${base}/trace/${id}`);
    await page.locator('.facts-line a').click();
    await eventually(() => assert.equal(param('q'), `trace_id:${id}`));
    await page.locator('.explore .table .row:not(.waiting)').first().waitFor();
  });

  await claim('a trace that is not there says so', async () => {
    // On a page of its own: browsers write a 404 into the console.
    const { page: other, context } = await open(browser, base);
    await other.goto(`${base}/trace/00000000000000000000000000000001`);
    await other.locator('.state.error').waitFor();
    assert.match(await other.locator('.state.error').textContent(), /no span of it is stored/);
    await context.close();
  });

  await claim('services have the rate, errors and durations that SQL counts', async () => {
    await services();
    const counted = (await sql(base, "SELECT ServiceName, count() FROM otel.otel_traces WHERE Timestamp > now() - INTERVAL 6 HOUR GROUP BY ServiceName ORDER BY ServiceName")).split('\n').map((line) => line.split('\t'));
    await eventually(async () => {
      const shown = await page.locator('.facts tbody tr').evaluateAll((all) => all.map((row) => [row.cells[0].textContent.trim(), row.cells[8].textContent.replaceAll(',', '')]));
      const traced = shown.filter(([, spans]) => spans !== '0');
      assert.deepEqual(traced.toSorted((a, b) => (a[0] < b[0] ? -1 : 1)), counted);
    });
  });

  await claim('the map shows who calls whom, and a service is opened by keyboard', async () => {
    await page.goto(`${all}&view=map`);
    await page.locator('.map .node').first().waitFor();
    const edges = await page.locator('.map .edge title').evaluateAll((titles) => titles.map((title) => title.textContent));
    for (const call of ['frontend → checkout', 'checkout → payment', 'pricing → catalog']) assert.ok(edges.some((edge) => edge.startsWith(call)), call);
    await page.locator('.map .node', { hasText: 'checkout' }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => assert.equal(param('focus'), 'checkout'));
    await page.locator('.service-panel').getByText('CheckoutController.place').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => assert.equal(param('focus'), null));
  });

  await claim('a service that only logs is in the list of services, and not on the map', async () => {
    const record = { timeUnixNano: `${Date.now()}000000`, body: { stringValue: 'here' } };
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'only-logs' } }] };
    await fetch(`${otlp}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] }),
    });
    await eventually(async () => {
      await services();
      assert.ok((await text(page.locator('.facts tbody tr td:first-child'))).includes('only-logs'));
    });
    await page.goto(`${all}&view=map`);
    await page.locator('.map .node').first().waitFor();
    assert.ok(!(await text(page.locator('.map .node .name'))).includes('only-logs'));
  });

  await claim('every view has its SQL, and it runs', async () => {
    for (const address of [all, `${all}&view=map`, `${base}/trace/${trace}`]) {
      await page.goto(address);
      await page.locator('.traces .table .row:not(.waiting), .map .node, .waterfall .line').first().waitFor();
      await page.getByRole('button', { name: 'SQL', exact: true }).click();
      await page.locator('.statement pre').first().waitFor();
      for (const statement of await page.locator('.statement pre').allTextContents()) await sql(base, statement);
      await page.keyboard.press('Escape');
    }
  });

  await claim('the page can be read and named: contrast and names, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const [address, there] of [[all, '.traces .table .row'], [`${all}&view=services`, '.facts td'], [`${base}/trace/${trace}`, '.waterfall .line']]) {
        await page.goto(address);
        await page.locator(there).first().waitFor();
        if (there.includes('line')) await page.keyboard.press('e');
        await page.waitForTimeout(500);
        assert.deepEqual(await accessibilityFaults(page), []);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });

  const usual = await open(browser, base);
  await usual.page.goto(`${base}/traces`);
  await usual.page.locator('.traces .table .row').first().waitFor();
  await pictures(usual.page, 'traces');
  await usual.page.goto(`${base}/traces?view=map`);
  await usual.page.locator('.map .node').first().waitFor();
  await pictures(usual.page, 'traces-map');
  const slow = await sql(base, "SELECT TraceId FROM otel.otel_traces WHERE SpanName = 'ProviderClient.charge' AND StatusCode ILIKE '%error%' ORDER BY Duration LIMIT 1");
  await usual.page.goto(`${base}/trace/${slow}`);
  await usual.page.locator('.waterfall .line', { hasText: 'ProviderClient.charge' }).click();
  await usual.page.locator('.span-detail').waitFor();
  await pictures(usual.page, 'trace');
  await usual.page.goto(`${base}/trace/${trace}`);
  await usual.page.locator('.waterfall .line').first().waitFor();
  await pictures(usual.page, 'trace-large');
  await usual.context.close();
});

/** Scrolls through the waterfall for three seconds; answers with the milliseconds between frames. */
function scrolled() {
  const element = document.querySelector('.waterfall');
  return new Promise((done) => {
    const frames = [];
    let last = 0;
    const step = (now) => {
      if (last > 0) frames.push(now - last);
      last = now;
      element.scrollTop = (element.scrollTop + 137) % (element.scrollHeight - element.clientHeight);
      if (frames.reduce((sum, ms) => sum + ms, 0) < 3000) requestAnimationFrame(step);
      else done(frames);
    };
    requestAnimationFrame(step);
  });
}
