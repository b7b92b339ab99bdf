// The Events page in a real browser, on a real Lodge that holds what wide.mjs has sent.
//   node events.mjs API_URL
import assert from 'node:assert/strict';
import { accessibilityFaults, claims, eventually, pictures, sql } from './browser.mjs';

const [base] = process.argv.slice(2);

await claims(base, async ({ page, claim }) => {
  const rows = page.locator('.explore .table .row:not(.waiting)');
  const input = page.locator('#query');
  const detail = page.locator('.detail');
  const param = (name) => new URL(page.url()).searchParams.get(name);
  const text = (locator) => locator.evaluateAll((elements) => elements.map((element) => element.textContent.trim()));
  const cells = (column) => text(rows.locator(`.cell:nth-child(${column})`));
  const facet = (name) => page.locator('.facet').filter({ has: page.getByRole('button', { name, exact: true }) });
  const colour = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
  const all = `${base}/events?from=now-6h`;
  const search = async (query) => {
    await input.fill(query);
    await input.press('Enter');
  };
  const counted = async () => {
    const shown = /^([\d,]+) rows?/.exec((await page.locator('.status').textContent()).trim());
    assert.ok(shown, 'no count of rows is shown');
    return Number(shown[1].replaceAll(',', ''));
  };
  const wide = async (where) => Number(await sql(base, `SELECT count() FROM otel.wide_events WHERE Timestamp > now() - INTERVAL 6 HOUR AND (${where})`));
  const product = async (where) => Number(await sql(base, `SELECT count() FROM analytics.events FINAL WHERE timestamp > now() - INTERVAL 6 HOUR AND (${where})`));

  await claim('wide events are there, as many as SQL counts, with what was known of each', async () => {
    await page.goto(`${base}/logs`);
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await rows.first().waitFor();
    await page.goto(all);
    await eventually(async () => assert.equal(await counted(), await wide('1')));
    await search('dataset:jobs');
    await eventually(async () => assert.deepEqual([...new Set(await cells(2))], ['jobs']));
    assert.match((await cells(4))[0], /^job (finished|failed).*queue=\w+.*took_ms=\d+/);
  });

  await claim('labels are searched by value and by number', async () => {
    await search('user.plan:pro duration_ms:>=100 status:(500 503)');
    await eventually(async () => assert.equal(await counted(), await wide("labels['user.plan'] = 'pro' AND numbers['duration_ms'] >= 100 AND status IN ('500', '503')")));
  });

  await claim('a field that is searched for goes on showing its other values, and both can be had', async () => {
    await page.goto(all);
    await facet('dataset').getByRole('button', { name: /^jobs/ }).click();
    await eventually(async () => assert.equal(await counted(), await wide("Dataset = 'jobs'")));
    await eventually(async () => assert.deepEqual(await text(facet('dataset').locator('.value')), ['requests', 'jobs', 'deploys']));
    assert.deepEqual(await text(facet('service').locator('.value')), ['worker'], 'others follow the search');
    await facet('dataset').getByRole('button', { name: /^deploys/ }).click();
    await eventually(async () => assert.equal(await counted(), await wide("Dataset IN ('jobs', 'deploys')")));
    assert.equal(param('q'), 'dataset:(jobs deploys)');
  });

  await claim('a data set has one colour: in the chart, among the fields, at its rows; and any field can give the colours', async () => {
    await page.goto(`${all}&q=dataset:requests`);
    await rows.first().waitFor();
    const dot = facet('dataset').locator('li', { hasText: 'requests' }).locator('.dot');
    await dot.waitFor();
    const own = await colour(dot);
    await eventually(async () => assert.equal(await colour(rows.first().locator('.severity')), own));
    assert.equal(await page.locator('.histogram rect').last().evaluate((bar) => getComputedStyle(bar).fill), own);
    await facet('status').locator('header').hover();
    await facet('status').getByRole('button', { name: 'Colour the chart by status' }).click();
    await eventually(async () => assert.equal(param('by'), 'status'));
    await eventually(async () => assert.ok(new Set(await page.locator('.histogram rect').evaluateAll((bars) => bars.map((bar) => bar.style.fill))).size > 3));
    await page.goBack();
  });

  await claim('a label becomes a column, its value a search, its trace a link; the SQL of all that runs', async () => {
    await page.goto(`${all}&q=dataset:requests`);
    await rows.first().click();
    const label = detail.locator('.key-value dl > div', { hasText: 'user.plan' });
    await label.hover();
    await label.getByRole('button', { name: 'user.plan as a column' }).click();
    await eventually(async () => assert.ok((await text(page.locator('[role=columnheader]'))).includes('user.plan')));
    const plan = await label.locator('dd').textContent();
    assert.match(await detail.getByRole('link', { name: 'Trace' }).getAttribute('href'), /^\/trace\/[0-9a-f]{32}$/);
    await label.getByRole('button', { name: 'Only rows with this user.plan' }).click();
    await eventually(async () => assert.equal(await counted(), await wide(`Dataset = 'requests' AND labels['user.plan'] = '${plan}'`)));
    await page.getByRole('button', { name: 'SQL', exact: true }).click();
    const statement = await page.locator('.statement pre').first().textContent();
    assert.ok((await sql(base, statement)).length > 0);
    await page.keyboard.press('Escape');
  });

  await claim('the context of an event is of the same source', async () => {
    await page.goto(`${all}&q=${encodeURIComponent('dataset:jobs host:worker-1')}`);
    await rows.first().click();
    await page.getByRole('tab', { name: 'Context' }).click();
    await page.locator('.context-row').nth(10).waitFor();
    for (const said of await text(page.locator('.context-row .said'))) assert.match(said, /host=worker-1/);
    await page.getByRole('tab', { name: 'Fields' }).click();
  });

  await claim('product-analytics events are one choice away, each once', async () => {
    await page.goto(all);
    await page.getByRole('button', { name: 'Which rows' }).or(page.locator('.choice > button')).first().click();
    await page.getByRole('menuitem', { name: /Product analytics/ }).click();
    await eventually(async () => assert.equal(await counted(), await product('1')));
    assert.equal(param('table'), 'analytics');
    assert.deepEqual((await text(page.locator('[role=columnheader]'))).slice(1), ['event', 'person', 'Properties']);
    await search('event:purchased price:>50 browser:Firefox');
    await eventually(async () => assert.equal(await counted(), await product("event = 'purchased' AND JSONExtractFloat(properties, 'price') > 50 AND browser = 'Firefox'")));
    await rows.first().click();
    await detail.locator('dt', { hasText: 'currency' }).waitFor();
    await page.getByRole('tab', { name: 'Context' }).click();
    await page.getByRole('button', { name: 'Same person' }).waitFor();
    await page.getByRole('tab', { name: 'Fields' }).click();
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
  });

  await claim('each table keeps its own columns; going from Events to Logs and back mixes no rows', async () => {
    await page.goto(`${all}&table=analytics`);
    await rows.first().waitFor();
    await page.getByRole('link', { name: 'Logs' }).click();
    await eventually(async () => assert.ok(!(await text(page.locator('[role=columnheader]'))).includes('person')));
    await page.goBack();
    await eventually(async () => assert.equal(await counted(), await product('1')));
    assert.match((await cells(3))[0], /^person-/);
  });

  await claim('at 1024 pixels the details lie below the rows: the one they are of is seen, and no row has moved', async () => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.goto(all);
    await rows.nth(5).waitFor();
    const before = await page.locator('#row-5').boundingBox();
    await page.locator('#row-5').click();
    await detail.locator('dl').first().waitFor();
    assert.deepEqual(await page.locator('#row-5').boundingBox(), before);
    const over = await detail.boundingBox();
    assert.ok(over.y >= before.y + before.height, 'nothing covers the row');
    assert.ok(over.width > 700, 'the details are wide enough to be read');
    for (let moves = 0; moves < 12; moves++) await page.keyboard.press('j');
    await eventually(async () => {
      const now = await page.locator('.row[aria-selected=true]').boundingBox();
      assert.ok(now.y + now.height <= over.y + 1, 'the selected row stays in sight');
    });
    await pictures(page, 'events-small');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await claim('an address that nobody knows says so, and leads back', async () => {
    await page.goto('about:blank');
    const response = await page.goto(`${base}/evnets`);
    assert.equal(response.status(), 404);
    await page.getByText('There is no such page').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Events' }).click();
    await rows.first().waitFor();
  });

  await claim('pictures for the documentation', async () => {
    await page.goto(`${base}/events`);
    await page.locator('.facet li').first().waitFor();
    await rows.first().waitFor();
    await pictures(page, 'events');
    await page.goto(`${base}/events?table=analytics&q=-event:$pageview`);
    await page.locator('.table .row', { hasText: 'purchased' }).first().click();
    await page.locator('.facet li').first().waitFor();
    await pictures(page, 'events-product');
    await page.keyboard.press('Escape');
  });

  await claim('the page can be read and named: contrast and names, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const address of [`${all}&q=dataset:jobs`, `${all}&table=analytics`]) {
        await page.goto(address);
        await rows.first().waitFor();
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await detail.locator('dl').first().waitFor();
        await page.locator('.facet li').first().waitFor();
        await page.waitForTimeout(400);
        assert.deepEqual(await accessibilityFaults(page), []);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });
});
