// The Logs page in a real browser, on a real Lodge that holds what shop.mjs has sent.
//   node logs.mjs API_URL OTLP_HTTP_URL
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { accessibilityFaults, claims, eventually, open, pictures, sql } from './browser.mjs';
import { logsRequest, Shop } from './shop.mjs';

const [base, otlp] = process.argv.slice(2);

await claims(base, async ({ page, browser, claim }) => {
  const rows = page.locator('.explore .table .row:not(.waiting)');
  const status = page.locator('.status');
  const input = page.locator('#query');
  const param = (name) => new URL(page.url()).searchParams.get(name);
  const text = (locator) => locator.evaluateAll((elements) => elements.map((element) => element.textContent.trim()));
  const cells = (column) => text(rows.locator(`.cell:nth-child(${column})`));
  const search = async (query) => {
    await input.fill(query);
    await input.press('Enter');
  };
  const counted = async () => {
    const shown = /^([\d,]+) rows?/.exec((await status.textContent()).trim());
    assert.ok(shown, 'no count of rows is shown');
    return Number(shown[1].replaceAll(',', ''));
  };
  const count = async (where) => Number(await sql(base, `SELECT count() FROM otel.generic_logs WHERE Timestamp > now() - INTERVAL 6 HOUR AND (${where})`));
  const all = `${base}/logs?from=now-6h`;

  await claim('the first rows are there soon, the newest on top', async () => {
    await page.goto(all);
    await rows.first().waitFor();
    const painted = await page.evaluate(() => Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN));
    const shown = await page.evaluate(() => Math.round(performance.now()));
    console.log(`      first paint after ${painted} ms, first rows before ${shown} ms`);
    const times = await eventually(async () => {
      const shown = await cells(1);
      assert.ok(shown.length > 20);
      return shown;
    });
    assert.deepEqual(times, times.toSorted().reverse());
  });

  await claim('pictures for the documentation', async () => {
    await page.goto(`${base}/logs`);
    await page.locator('.facet li').first().waitFor();
    await pictures(page, 'logs');
    await page.goto(`${base}/logs?q=${encodeURIComponent('service:(checkout payment) level:>=warn')}`);
    await page.locator('.table .row', { hasText: 'payment was not confirmed' }).first().click();
    await page.locator('.facet li').first().waitFor();
    await pictures(page, 'logs-row');
    await page.goto(`${base}/logs?view=patterns`);
    await page.locator('.pattern button').first().waitFor();
    await pictures(page, 'logs-patterns');
    await page.setViewportSize({ width: 1024, height: 700 });
    await pictures(page, 'logs-small');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('about:blank');
  });

  await claim('the status line counts what SQL counts', async () => {
    await page.goto(all);
    await eventually(async () => assert.equal(await counted(), await count('1')));
    assert.match(await status.textContent(), /read [\d.]+\w* rows, [\d.]+ \wB in [\d.]+ m?s/);
  });

  await claim('a search shows what it asks for and nothing else, and the URL carries it', async () => {
    await search('service:checkout level:error');
    await eventually(async () => assert.equal(await counted(), await count("ServiceName = 'checkout' AND SeverityNumber BETWEEN 17 AND 20")));
    assert.deepEqual([...new Set(await cells(2))], ['checkout']);
    assert.equal(param('q'), 'service:checkout level:error');
    await page.goBack();
    await eventually(async () => assert.equal(await input.inputValue(), ''));
    await page.goForward();
    await eventually(async () => assert.equal(await input.inputValue(), 'service:checkout level:error'));
  });

  await claim('fields and values are offered, and Tab takes them', async () => {
    await search('');
    await input.pressSequentially('serv');
    await page.locator('.completion [role=option]', { hasText: 'service' }).first().waitFor();
    await input.press('Tab');
    assert.equal(await input.inputValue(), 'service:');
    await page.locator('.completion .label.value', { hasText: 'payment' }).waitFor();
    await input.pressSequentially('pay');
    await eventually(async () => assert.deepEqual(await text(page.locator('.completion .label')), ['payment']));
    await input.press('ArrowDown');
    await input.press('Enter');
    assert.equal(await input.inputValue(), 'service:payment ');
    await input.press('Enter');
    await eventually(async () => assert.deepEqual([...new Set(await cells(2))], ['payment']));
  });

  await claim('a fault is underlined where it is, and the rows stay', async () => {
    await search('level:error (timeout OR refused');
    await page.locator('.query-fault').waitFor();
    assert.match(await page.locator('.query-fault').textContent(), /this \( is never closed/);
    assert.equal(await page.locator('.wrong-here').textContent(), '(');
    assert.ok((await rows.count()) > 0);
    await search('');
    await page.locator('.query-fault').waitFor({ state: 'detached' });
  });

  await claim('a field value refines, Alt-click takes it out, a second click takes it back', async () => {
    const warn = page.locator('.facet', { hasText: 'level' }).getByRole('button', { name: /^warn/ });
    await warn.click();
    await eventually(async () => assert.equal(param('q'), 'level:warn'));
    await eventually(async () => assert.equal(await counted(), await count('SeverityNumber BETWEEN 13 AND 16')));
    await warn.click();
    await eventually(async () => assert.equal(param('q'), null));
    await warn.click({ modifiers: ['Alt'] });
    await eventually(async () => assert.equal(await counted(), await count('SeverityNumber NOT BETWEEN 13 AND 16')));
    assert.equal(param('q'), '-level:warn');
    await search('');
    await warn.focus();
    await page.keyboard.press('Enter');
    await eventually(async () => assert.equal(param('q'), 'level:warn'));
    assert.equal(param('row'), null, 'Enter belongs to the button that has the focus');
    await search('');
  });

  await claim('a brush over the histogram goes to its time, and back comes back', async () => {
    await page.goto(`${base}/logs`);
    await rows.first().waitFor();
    const plot = await page.locator('.histogram .plot').boundingBox();
    const before = await eventually(counted);
    await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 30);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.7, plot.y + 40, { steps: 5 });
    await page.mouse.up();
    await eventually(async () => {
      assert.match(param('from') ?? '', /^20..-..-..T.*Z$/);
      assert.ok((await counted()) < before);
    });
    const width = Date.parse(param('to')) - Date.parse(param('from'));
    assert.ok(width > 11 * 60_000 && width < 14 * 60_000, `${width} ms`);
    await page.goBack();
    await eventually(async () => assert.equal(param('from'), null));
  });

  await claim('rows are read by keyboard alone: search, move, open, turn, close', async () => {
    await page.goto(all);
    await rows.first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('service:checkout "failed"');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await eventually(async () => assert.deepEqual([...new Set(await cells(2))], ['checkout']));
    await eventually(counted);
    const asked = [];
    page.on('request', (request) => request.url().includes('/api/') && asked.push(request.url()));
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    const detail = page.locator('.detail');
    await detail.waitFor();
    assert.equal(await page.locator('.row[aria-selected=true]').getAttribute('id'), 'row-1');
    const first = await detail.locator('time').textContent();
    await page.keyboard.press('j');
    await eventually(async () => assert.notEqual(await detail.locator('time').textContent(), first));
    assert.deepEqual(asked, [], 'what is on the screen is not asked for again');
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
  });

  await claim('the details name every attribute; each can be searched for, made a column, followed to its trace', async () => {
    await rows.first().click();
    const detail = page.locator('.detail');
    await detail.waitFor();
    const names = await text(detail.locator('dt'));
    for (const name of ['order.id', 'user.id', 'k8s.pod.name', 'exception.type']) assert.ok(names.includes(name), name);
    const user = detail.locator('.key-value dl > div', { hasText: 'user.id' });
    await user.hover();
    await user.getByRole('button', { name: 'user.id as a column' }).click();
    await eventually(async () => assert.ok((await text(page.locator('[role=columnheader]'))).includes('user.id')));
    const trace = await detail.getByRole('link', { name: 'Trace' }).getAttribute('href');
    assert.match(trace, /^\/trace\/[0-9a-f]{32}\?span=[0-9a-f]{16}$/);
    const value = await user.locator('dd').textContent();
    await user.getByRole('button', { name: 'Only rows with this user.id' }).click();
    await eventually(async () => assert.equal(await counted(), await count(`ServiceName = 'checkout' AND Body ILIKE '%failed%' AND LogAttributes['user.id'] = '${value}'`)));
  });

  await claim('the context of a row is what its pod logged before and after', async () => {
    await page.goto(`${all}&q=${encodeURIComponent('service:payment refused')}`);
    await rows.first().click();
    await page.getByRole('tab', { name: 'Context' }).click();
    const around = page.locator('.context-row');
    await around.nth(20).waitFor();
    const times = await text(around.locator('time'));
    assert.deepEqual(times, times.toSorted());
    assert.match(await page.locator('.context-row.here').textContent(), /refused/);
    await page.getByRole('tab', { name: 'Fields' }).click();
  });

  await claim('a link to a row opens that row elsewhere', async () => {
    const time = await page.locator('.detail time').textContent();
    const other = await open(browser, base);
    await other.page.goto(page.url());
    await eventually(async () => assert.equal(await other.page.locator('.detail time').textContent(), time));
    await other.context.close();
    await page.keyboard.press('Escape');
  });

  await claim('who scrolls comes to the last row, and its time is the earliest', async () => {
    await page.goto(all);
    await rows.first().waitFor();
    const whole = await eventually(async () => {
      const shown = await counted();
      assert.equal(shown, await count('1'));
      return shown;
    });
    const table = page.locator('.table');
    await eventually(async () => {
      await table.evaluate((element) => (element.scrollTop = element.scrollHeight));
      assert.equal(Number(await table.getAttribute('aria-rowcount')), whole + 1);
    }, 60_000);
    await eventually(async () => {
      await table.evaluate((element) => (element.scrollTop = element.scrollHeight));
      assert.equal(await page.locator(`#row-${whole - 1}:not(.waiting)`).count(), 1);
    });
    const earliest = await sql(base, "SELECT formatDateTime(min(Timestamp), '%H:%i:%S') FROM otel.generic_logs WHERE Timestamp > now() - INTERVAL 6 HOUR");
    const shown = await page.locator(`#row-${whole - 1} .time`).textContent();
    assert.equal(shown.slice(0, 8).slice(3), earliest.slice(3));
    assert.ok((await rows.count()) < 120, 'only rows on the screen exist');
  });

  await claim('live rows come in by themselves', async () => {
    await page.goto(`${base}/logs?q=tail-probe`);
    await page.locator('.table').waitFor();
    await page.keyboard.press('t');
    await page.getByText('Waiting for rows').waitFor();
    await page.waitForTimeout(500);
    const shop = new Shop(99);
    for (let n = 0; n < 5; n++) shop.log(shop.pods[n], Date.now(), 'INFO', `tail-probe ${n}`, {}, null);
    await fetch(`${otlp}/v1/logs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(logsRequest(shop.logs)) });
    await eventually(async () => assert.equal(await rows.count(), 5));
    await page.keyboard.press('t');
    await eventually(async () => assert.equal(param('tail'), null));
  });

  await claim("a terminal's colours are colours in the details, and nothing of its language is text", async () => {
    const shop = new Shop(98);
    shop.log(shop.pods[0], Date.now(), 'ERROR', '\u001b[1;31mansi-probe\u001b[0m failed \u001b[32min green\u001b[0m', {}, null);
    await fetch(`${otlp}/v1/logs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(logsRequest(shop.logs)) });
    await eventually(async () => assert.equal(await count("Body LIKE '%ansi-probe%'"), 1));
    // To the index of words the end of a sequence is a letter in front of the word.
    await page.goto(`${base}/logs?q=*ansi-probe`);
    await rows.first().waitFor();
    assert.equal((await text(rows.locator('.cell:last-child')))[0], 'ansi-probe failed in green');
    await rows.first().click();
    const body = page.locator('.body-text pre');
    assert.equal(await body.textContent(), 'ansi-probe failed in green');
    const colour = (piece) => body.getByText(piece, { exact: true }).evaluate((element) => getComputedStyle(element).color);
    assert.equal(new Set([await colour('ansi-probe'), await colour('in green'), await body.evaluate((element) => getComputedStyle(element).color)]).size, 3);
    await page.keyboard.press('Escape');
  });

  await claim('patterns say what is said most, and a click finds its rows', async () => {
    await page.goto(`${all}&view=patterns`);
    const placing = page.locator('.template button', { hasText: /^Placing order/ });
    await placing.first().waitFor();
    await placing.first().click();
    await eventually(async () => assert.ok((await counted()) > 0));
    await rows.first().waitFor();
    for (const body of await text(rows.locator('.cell:last-child'))) assert.match(body, /Placing order/);
  });

  await claim('rows are exported as they are', async () => {
    await page.goto(`${all}&q=${encodeURIComponent('service:email level:info')}`);
    await rows.first().waitFor();
    const wanted = await count("ServiceName = 'email' AND SeverityNumber BETWEEN 9 AND 12");
    for (const [name, lines] of [['JSON lines', wanted], ['CSV', wanted + 1]]) {
      await page.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()]);
      const file = readFileSync(await download.path(), 'utf8');
      assert.equal(file.trimEnd().split('\n').length, Math.min(lines, 10_000 + lines - wanted));
    }
  });

  await claim('what was chosen is there again after a reload: columns, theme, history', async () => {
    await page.goto(`${base}/logs?cols=service,pod&q=timeout`);
    await rows.first().waitFor();
    await page.getByRole('separator', { name: 'Width of service' }).press('ArrowRight');
    const width = await page.getByRole('columnheader', { name: 'service' }).evaluate((cell) => cell.offsetWidth);
    await page.getByRole('button', { name: /Light or dark/ }).click();
    await page.reload();
    await rows.first().waitFor();
    assert.equal(await page.getByRole('columnheader', { name: 'service' }).evaluate((cell) => cell.offsetWidth), width);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.getByRole('button', { name: /Light or dark/ }).click();
    await search('');
    await input.click();
    await page.locator('.completion [role=option]', { hasText: 'timeout' }).first().waitFor();
    await input.press('Escape');
  });

  await claim('columns are dragged to another width and to another place', async () => {
    await page.goto(`${base}/logs?cols=service,pod,node`);
    await rows.first().waitFor();
    const head = page.getByRole('columnheader');
    const edge = await page.getByRole('separator', { name: 'Width of pod' }).boundingBox();
    const before = await head.nth(2).evaluate((cell) => cell.offsetWidth);
    await page.mouse.move(edge.x + edge.width / 2, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x + edge.width / 2 + 60, edge.y + 10, { steps: 4 });
    assert.equal(await head.nth(2).evaluate((cell) => cell.offsetWidth), before + 60, 'while it is dragged');
    await page.mouse.up();
    assert.equal(await head.nth(2).evaluate((cell) => cell.offsetWidth), before + 60);
    await head.nth(3).dragTo(head.nth(1));
    await eventually(async () => assert.deepEqual(await text(head), ['Time', 'node', 'service', 'pod', 'Body']));
    assert.equal(param('cols'), 'node,service,pod');
  });

  await claim('every view has its SQL, and it runs', async () => {
    await page.goto(`${base}/logs?q=level:error`);
    await rows.first().waitFor();
    await page.getByRole('button', { name: 'SQL', exact: true }).click();
    const statement = await page.locator('.statement pre').first().textContent();
    assert.ok((await sql(base, statement)).length > 0);
    await page.keyboard.press('Escape');
    await page.locator('.statement').waitFor({ state: 'detached' });
  });

  await claim('the page can be read and named: contrast and names, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const address of [`${all}&q=order`, `${all}&view=patterns`]) {
        await page.goto(address);
        await page.locator('.table .row, .pattern button').first().waitFor();
        if (address.includes('q=')) {
          await page.keyboard.press('j');
          await page.keyboard.press('Enter');
          await page.locator('.detail dl').first().waitFor();
        }
        await page.locator('.facet li').first().waitFor();
        await page.waitForTimeout(400);
        assert.deepEqual(await accessibilityFaults(page), []);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });
});
