// The SQL page in a real browser, on a real Lodge that holds what shop.mjs has sent.
//   node sql.mjs API_URL OTLP_HTTP_URL
import assert from 'node:assert/strict';
import { accessibilityFaults, claims, eventually, open, pictures, sql } from './browser.mjs';

const [base] = process.argv.slice(2);
const OVER_TIME = `SELECT
    toStartOfMinute(Timestamp) AS minute,
    ServiceName AS service,
    count() AS rows
FROM otel.generic_logs
WHERE Timestamp >= {from:DateTime64(3)} AND Timestamp < {to:DateTime64(3)}
GROUP BY minute, service
ORDER BY minute`;

await claims(base, async ({ page, browser, claim }) => {
  const content = page.locator('.editor .host .cm-content');
  const rows = page.locator('.sql .table .row:not(.waiting)');
  const status = page.locator('.sql-bar .status');
  const param = (name) => new URL(page.url()).searchParams.get(name);
  const link = (text, more = '') => `${base}/sql?sql=${encodeURIComponent(text)}${more}`;
  const write = async (text) => {
    await content.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
  };

  await claim('a statement is typed, run by keyboard, and is in the link', async () => {
    await page.goto(`${base}/sql`);
    await content.waitFor();
    await write('SELECT number, toString(number) AS text FROM numbers(1000)');
    await page.keyboard.press('Control+Enter');
    await rows.first().waitFor();
    await eventually(async () => assert.match(await status.textContent(), /1,000 rows/));
    assert.equal(param('sql'), 'SELECT number, toString(number) AS text FROM numbers(1000)');
    await page.reload();
    await rows.first().waitFor();
    assert.match(await content.textContent(), /numbers\(1000\)/);
  });

  await claim('the editor is left by Escape and by Tab, and then the keys of the page work', async () => {
    const inEditor = () => page.evaluate(() => document.activeElement?.shadowRoot != null);
    await page.goto(`${base}/sql`);
    await eventually(async () => assert.ok(await inEditor()));
    await page.keyboard.press('Tab');
    assert.equal(await inEditor(), false);
    await content.click();
    await page.keyboard.press('Escape');
    assert.equal(await inEditor(), false);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await eventually(() => assert.equal(new URL(page.url()).pathname, '/logs'));
  });

  await claim('numbers of 64 bits are shown whole', async () => {
    await page.goto(link('SELECT 18446744073709551615 AS most, NULL AS nothing, map(1, [2]) AS inside'));
    await rows.first().waitFor();
    const cells = await rows.first().locator('.cell').allTextContents();
    assert.equal(cells[0], '18446744073709551615');
    assert.equal(cells[1], 'NULL');
  });

  await claim('columns and functions are offered', async () => {
    await page.goto(`${base}/sql`);
    await content.waitFor();
    await page.locator('.schema-table').first().waitFor();
    await write('SELECT  FROM otel.generic_logs');
    await page.keyboard.press('Home');
    for (let at = 0; at < 'SELECT '.length; at++) await page.keyboard.press('ArrowRight');
    await page.keyboard.type('Severi');
    await page.locator('.cm-completionLabel', { hasText: 'SeverityNumber' }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Backspace');
    await page.keyboard.type('toStartOfMi');
    await page.locator('.cm-completionLabel', { hasText: 'toStartOfMinute' }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  await claim('an error is shown, and underlined where it is', async () => {
    await page.goto(link('SELECT 1 FORM otel.generic_logs WHERE'));
    await page.locator('.state.error').waitFor();
    await page.locator('.cm-lintRange-error, .cm-lintPoint-error').first().waitFor();
    await page.goto(link('SELECT nonsense FROM otel.generic_logs'));
    await eventually(async () => assert.match(await page.locator('.state.error').textContent(), /nonsense/));
  });

  await claim('a long query says how far it is, and Escape kills it on the server', async () => {
    await page.goto(`${base}/sql`);
    await content.waitFor();
    await write("SELECT sum(sleepEachRow(0.02)), 'killed by the page' FROM numbers(2000) SETTINGS max_block_size = 10");
    await page.keyboard.press('Control+Enter');
    await page.locator('.sql-bar .progress').waitFor();
    const running = () => sql(base, "SELECT count() FROM system.processes WHERE query LIKE '%killed by the page%' AND query NOT LIKE '%system.processes%'").catch(() => null);
    await eventually(async () => assert.match(await status.textContent(), /\d s/));
    const seen = await running();
    await content.press('Escape');
    await eventually(async () => assert.match(await status.textContent(), /Cancelled after/));
    if (seen !== null) await eventually(async () => assert.equal(await running(), '0'));
  });

  await claim("times and numbers become a chart, of the page's range", async () => {
    await page.goto(link(OVER_TIME, '&show=chart'));
    await page.locator('.chart path.line').first().waitFor();
    assert.ok((await page.locator('.chart .series button').count()) >= 5);
    await page.getByRole('button', { name: 'Areas' }).click();
    await page.locator('.chart path.area').first().waitFor();
    assert.equal(param('shape'), 'area');
    await page.goto(link("SELECT ServiceName, count() AS rows FROM otel.generic_logs GROUP BY ServiceName ORDER BY rows DESC", '&show=chart'));
    await page.locator('.named-bars dd').first().waitFor();
  });

  await claim('the history puts statements back', async () => {
    await page.goto(`${base}/sql`);
    await content.waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('.past-panel input').fill('numbers(1000)');
    await page.locator('.past-item button').first().click();
    await eventually(async () => assert.match(await content.textContent(), /numbers\(1000\)/));
  });

  await claim('results are copied as CSV, and the command runs anywhere', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(link("SELECT 'a,b' AS x, 1 AS y"));
    await rows.first().waitFor();
    const copied = async (name) => {
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      await page.getByRole('menuitem', { name }).click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await eventually(async () => assert.equal((await copied('Result as CSV')).replaceAll('\r', ''), 'x,y\n"a,b",1\n'));
    await eventually(async () => assert.match(await copied('clickhouse-client command'), /^clickhouse-client .*--query 'SELECT '\\''a,b'\\'' AS x/));
  });

  await claim('back goes to the statement before', async () => {
    await page.goto(link('SELECT 1 AS first'));
    await rows.first().waitFor();
    await write('SELECT 2 AS second');
    await page.keyboard.press('Control+Enter');
    await eventually(() => assert.equal(param('sql'), 'SELECT 2 AS second'));
    await page.goBack();
    await eventually(async () => assert.match(await content.textContent(), /SELECT 1 AS first/));
    await eventually(async () => assert.equal(await rows.first().textContent(), '1'));
  });

  await claim('the page can be read and named: contrast and names, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const [address, there] of [[link('SELECT 1 AS a, NULL AS b'), '.table .row'], [link(OVER_TIME, '&show=chart'), '.chart path'], [link('SELECT oops'), '.state.error']]) {
        await page.goto(address);
        await page.locator(there).first().waitFor();
        await page.waitForTimeout(300);
        assert.deepEqual(await accessibilityFaults(page), []);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });

  const usual = await open(browser, base);
  await usual.page.goto(link(OVER_TIME, '&show=chart&shape=area'));
  await usual.page.locator('.chart path.area').first().waitFor();
  await usual.page.locator('.schema-table .name', { hasText: /^generic_logs$/ }).click();
  await pictures(usual.page, 'sql');
  await usual.context.close();
});
