// The System page in a real browser, on a real Lodge that holds what shop.mjs has sent.
//   node system.mjs API_URL OTLP_HTTP_URL
import assert from 'node:assert/strict';
import { accessibilityFaults, claims, eventually, open, pictures } from './browser.mjs';
import { logsRequest, Shop } from './shop.mjs';

const [base, otlp] = process.argv.slice(2);

/** Sends some logs; answers with how many. */
async function sendSome(seed) {
  const shop = new Shop(seed);
  for (let n = 0; n < 50; n++) shop.visit(Date.now() - 1000, 0);
  const response = await fetch(`${otlp}/v1/logs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(logsRequest(shop.logs)) });
  assert.ok(response.ok);
  return shop.logs.length;
}

// Whatever was sent before this Lodge was started is not counted.
await sendSome(98);

await claims(base, async ({ page, browser, claim }) => {
  const protocols = () => page.getByRole('table', { name: 'Ingested by protocol' }).locator('tbody tr').evaluateAll((rows) => rows.map((row) => [row.cells[0].textContent, Number(row.cells[2].textContent.replaceAll(',', ''))]));

  await claim('it says that Lodge is ready, its version and that of ClickHouse', async () => {
    await page.goto(`${base}/system`);
    await page.locator('.ready.yes').waitFor();
    assert.match(await page.locator('.system-head').textContent(), /Lodge \S+.*up .*ClickHouse \d+\.\d+/);
  });

  await claim('what was ingested is counted by protocol, and grows by itself without moving anything', async () => {
    await eventually(async () => assert.ok((await protocols()).some(([, accepted]) => accepted > 0)));
    const sum = async () => (await protocols()).reduce((all, [, accepted]) => all + accepted, 0);
    const before = await sum();
    await page.evaluate(() => {
      globalThis.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (globalThis.moved += entry.value))).observe({ type: 'layout-shift' });
    });
    const sent = await sendSome(99);
    await eventually(async () => assert.equal(await sum(), before + sent));
    assert.ok((await page.evaluate(() => globalThis.moved)) < 0.001);
  });

  await claim('tables have rows, bytes, ratio and retention, and are sorted by a click', async () => {
    const table = page.getByRole('table', { name: 'Tables' });
    await table.locator('tbody tr').first().waitFor();
    assert.match(await table.textContent(), /generic_logs/);
    await table.getByRole('button', { name: 'Rows' }).click();
    const rows = await table.locator('tbody tr').evaluateAll((all) => all.map((row) => Number(row.cells[1].textContent.replaceAll(',', ''))));
    assert.deepEqual(rows, rows.toSorted((a, b) => b - a));
    assert.ok(rows[0] > 1000);
  });

  await claim("a table's name leads to its rows", async () => {
    await page.getByRole('table', { name: 'Tables' }).locator('tbody a', { hasText: 'generic_logs' }).first().click();
    await page.locator('.sql .table .row:not(.waiting)').first().waitFor();
    await page.goBack();
    await page.locator('.record-path').waitFor();
  });

  await claim('the page can be read and named: contrast and names, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${base}/system`);
      await page.locator('.facts td').first().waitFor();
      await page.waitForTimeout(400);
      assert.deepEqual(await accessibilityFaults(page), []);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });

  const usual = await open(browser, base);
  await usual.page.goto(`${base}/system`);
  await usual.page.locator('.facts td').first().waitFor();
  await usual.page.waitForTimeout(16_000);
  await pictures(usual.page, 'system');
  await usual.context.close();
});
