import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { ownLesson, scormPackage } from '../scripts/scorm/package.ts';
import { singleFile } from '../scripts/single-file/inline.ts';
import { engineBadge, expect, PATIENCE, pause, play, stepOf, test } from './playground.ts';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one file, opened as a file, trains on WebAssembly, saves a network and opens a lesson, and asks for nothing else', async ({
  page,
}) => {
  const file = join(folder, 'one file.html');
  writeFileSync(file, await singleFile('dist'));
  const address = pathToFileURL(file).href;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${address}#gradient=RFG&hidden=6-6&T=6`);
  await expect(engineBadge(page)).toContainText('WebAssembly', PATIENCE);
  await expect(page.getByTestId('method')).toContainText('RFG');
  await play(page).click();
  await expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThan(0);
  await pause(page).click();
  await page.getByRole('button', { name: 'Help' }).click();
  await expect(page.getByTestId('this-place')).toContainText('single file');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'NIR (.nir)…' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download', PATIENCE),
    page.getByRole('button', { name: 'Save as NIR' }).click(),
  ]);
  expect(
    readFileSync(await saved.path())
      .subarray(1, 4)
      .toString(),
  ).toBe('HDF');
  await page.goto(`${address}#lesson=1`);
  await expect(page.getByRole('slider', { name: 'Current Z' })).toBeVisible();
  await expect(page).toHaveURL(/#lesson=1\.1$/);
  expect(asked.filter((one) => !/^(blob|data|about):/.test(one) && !one.startsWith(address))).toEqual([]);
});

const LESSON = `# Two scenes

What a current does.

## Predict

[A current of a quarter](#lab=neuron:current=0.25:show=current)

**The current doubles. How many spikes will there be?**

1. As many. \`spikes == 8\`
2. Twice as many. \`spikes == 16\`

- [ ] Set the current to 0.5. \`current == 0.5\` [A current of 0.5](#lab=neuron:current=0.5:show=current)

## Look

[A current of one](#lab=neuron:current=1:show=current)

There is nothing to do here.
`;

/** A course system: a frameset whose window has the API; it remembers what was told, and all calls. */
const COURSE = `<!doctype html><script>
  var values = JSON.parse(sessionStorage.values ?? '{}');
  var calls = [];
  const call = (name) => { calls.push(name); sessionStorage.values = JSON.stringify(values); return 'true'; };
  window.API = {
    LMSInitialize: () => call('Initialize'),
    LMSFinish: () => call('Finish'),
    LMSCommit: () => call('Commit'),
    LMSGetValue: (name) => values[name] ?? '',
    LMSSetValue: (name, value) => { values[name] = value; return call('Set ' + name); },
    LMSGetLastError: () => '0',
    LMSGetErrorString: () => '',
  };
</script><frameset cols="100,*"><frame src="about:blank"><frame name="lesson" src="lesson-own.html"></frameset>`;

test('a SCORM package opens its lesson in a course system, tells it what was done, and goes on there', async ({
  page,
}) => {
  const own = join(folder, 'lesson.md');
  writeFileSync(own, LESSON);
  const files = unzipSync(scormPackage('dist', [await ownLesson(own)], 'predictions'));
  await page.route('**/course/**', (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname).replace(/^.*\/course\//, '');
    if (name === '') return route.fulfill({ contentType: 'text/html', body: COURSE });
    if (!files[name]) return route.fulfill({ status: 404 });
    const types: Record<string, string> = {
      html: 'text/html',
      js: 'text/javascript',
      css: 'text/css',
      svg: 'image/svg+xml',
    };
    const contentType = types[name.replace(/^.*\./, '')] ?? 'application/octet-stream';
    return route.fulfill({ contentType, body: Buffer.from(files[name]) });
  });
  const told = (): Promise<Record<string, unknown> & { calls: string[] }> =>
    page.evaluate(() => {
      const { values, calls } = window as unknown as { values: Record<string, string>; calls: string[] };
      return { ...values, calls };
    });
  await page.goto('./course/');
  const lesson = page.frameLocator('frame[name=lesson]');
  await lesson.getByRole('radio', { name: 'Twice as many' }).check();
  await expect
    .poll(told)
    .toMatchObject({ 'cmi.core.lesson_status': 'incomplete', 'cmi.core.score.raw': '0' });
  await lesson.getByRole('button', { name: 'Show me' }).click();
  await expect
    .poll(told)
    .toMatchObject({ 'cmi.core.score.raw': '100', 'cmi.core.lesson_status': 'incomplete' });
  await lesson.getByRole('button', { name: 'Next' }).click();
  await expect.poll(told).toMatchObject({
    'cmi.core.lesson_status': 'completed',
    'cmi.core.lesson_location': '2',
    'cmi.core.session_time': expect.stringMatching(/^\d{4}:\d\d:\d\d$/),
  });
  await page.frame({ name: 'lesson' })?.goto('about:blank');
  const { calls } = await told();
  expect([calls[0], calls.at(-1)]).toEqual(['Initialize', 'Finish']);

  await page.reload();
  await expect(lesson.getByText('There is nothing to do here')).toBeVisible();
  expect((await told())['cmi.core.lesson_status']).toBe('completed');
  expect(page.frame({ name: 'lesson' })?.url()).toContain('lesson=own.2');
});
