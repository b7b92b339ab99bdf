// What a machine has to say of itself: the engine's own log, Lodge's, those of Debian's packages, all shipped line by line; and
// the traces of a program that is instrumented with OpenTelemetry's SDK.
//   node own.mjs API_URL ENGINE_LOG MACHINE_LOG
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { claims, eventually, sql } from './browser.mjs';

const [base, engineLog, machineLog] = process.argv.slice(2);
const linesOf = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');

await claims(base, async ({ page, claim }) => {
  const rows = page.locator('.explore .table .row:not(.waiting)');
  const input = page.locator('#query');
  const text = (locator) => locator.evaluateAll((elements) => elements.map((element) => element.textContent.trim()));
  const search = async (query) => {
    await input.fill(query);
    await input.press('Enter');
  };
  const counted = async () => Number(/^([\d,]+) rows?/.exec((await page.locator('.status').textContent()).trim())[1].replaceAll(',', ''));

  await claim("the engine's log is searched by words and by level, and nothing of it is missing", async () => {
    await page.goto(`${base}/logs?q=service:engine`);
    const stored = Number(await sql(base, "SELECT count() FROM otel.generic_logs WHERE ServiceName = 'engine'"));
    // It goes on while it is read.
    const written = linesOf(engineLog);
    assert.ok(stored > 20 && stored <= written.length, `${stored} of ${written.length}`);
    await eventually(async () => assert.equal(await counted(), stored));
    const shipped = written.slice(0, stored);
    await search('service:engine "Starting ClickHouse"');
    await eventually(async () => assert.equal(await counted(), shipped.filter((line) => line.includes('Starting ClickHouse')).length));
    await search('service:engine level:debug');
    await eventually(async () => assert.equal(await counted(), shipped.filter((line) => line.includes('<Debug>')).length));
  });

  await claim("patterns tell what the engine's log is made of", async () => {
    await page.goto(`${base}/logs?q=service:engine&view=patterns`);
    await page.locator('.pattern button').first().waitFor();
    assert.ok((await page.locator('.pattern var').count()) > 5, 'what varies is taken out');
  });

  await claim("Lodge's own log is there", async () => {
    await page.goto(`${base}/logs?q=${encodeURIComponent('service:lodge "is ready"')}`);
    await rows.first().waitFor();
    assert.match((await text(rows.locator('.cell:last-child')))[0], /^Lodge .* is ready, after [\d.]+ s/);
  });

  await claim("the machine's log is found line by line, exactly", async () => {
    const lines = linesOf(machineLog);
    await page.goto(`${base}/logs?q=service:machine`);
    await eventually(async () => assert.equal(await counted(), lines.length));
    await search('service:machine "status installed" -libc*');
    const wanted = lines.filter((line) => line.includes('status installed') && !/(^|[^0-9a-z\u0080-\uffff])libc[0-9a-z]*/i.test(line));
    await eventually(async () => assert.equal(await counted(), wanted.length));
    await search('service:machine /status (unpacked|half-configured) [a-f]/');
    await eventually(async () => assert.equal(await counted(), lines.filter((line) => /status (unpacked|half-configured) [a-f]/.test(line)).length));
    // A line that is pasted finds itself.
    const line = lines[Math.floor(lines.length / 2)];
    await search(`"${line.replaceAll(/["\\]/g, '\\$&')}"`);
    // The rows of the search before stay until there are new ones.
    await eventually(async () => assert.equal((await text(rows.locator('.cell:last-child')))[0], line));
  });

  await claim("an instrumented program's requests are traces over both of its services", async () => {
    await page.goto(`${base}/traces`);
    const traces = page.locator('.traces .table .row').filter({ hasText: 'GET /order' });
    await traces.first().waitFor();
    await page.goto(`${base}/traces?q=${encodeURIComponent('service:storefront status:Error')}`);
    await traces.first().waitFor();
    await traces.first().click();
    await page.locator('.waterfall').waitFor();
    const all = await page.locator('.waterfall').textContent();
    assert.match(all, /storefront/);
    assert.match(all, /warehouse/);
  });

  await claim('the service map has the call between them', async () => {
    await page.goto(`${base}/traces?view=map`);
    await page.getByRole('group', { name: 'Service map' }).waitFor();
    for (const service of ['storefront', 'warehouse']) await page.getByRole('button', { name: new RegExp(`^${service}:`) }).waitFor();
    const calls = await sql(base, "SELECT countIf(SpanKind = 'Client'), countIf(SpanKind = 'Server' AND StatusCode = 'Error') FROM otel.otel_traces WHERE ServiceName IN ('storefront', 'warehouse')");
    assert.equal(calls, '24\t16');
  });
});
