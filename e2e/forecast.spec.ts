// The experiment “forecast”: a series that is read sample by sample, and how it goes on.
import { expect, test } from './playground.ts';

test('a series is forecast: the window runs, the error falls below that of linear autoregression', async ({
  page,
}) => {
  await page.goto('/#experiment=forecast');
  const panels = page.getByTestId('forecast-panels');
  await expect(panels.getByTestId('forecast')).toBeVisible();
  const moment = panels.getByRole('slider', { name: 'Moment of the test part' });
  await expect(moment).toHaveValue('0');
  await expect(panels).toContainText(/5 samples ahead R² −\d/);
  await page.getByRole('button', { name: 'Play', exact: true }).first().click();
  await expect(moment).not.toHaveValue('0');
  // Linear autoregression has .42 on these windows.
  const error = page.getByTestId('error');
  await expect(async () => expect(Number(await error.textContent())).toBeLessThan(0.4)).toPass();
  await expect(panels.getByTestId('horizons')).toHaveAccessibleName(/34 samples ahead: network/);
});

test('neurons forecast side by side, each in its own way, and a lane is given another one', async ({
  page,
}) => {
  await page.goto('/#experiment=forecast');
  await page.getByRole('button', { name: /^Compare/ }).click();
  await page.getByTestId('compare-neurons').click();
  const forecasts = page.getByTestId('lane-map-network');
  await expect(forecasts).toHaveCount(3);
  for (const neuron of ['LIF', 'CuBa', 'SRM'])
    await expect(page.getByRole('region', { name: `SG-BP, neuron ${neuron}` })).toBeVisible();
  await page.getByRole('button', { name: 'Lane B: change it' }).click();
  const menu = page.getByRole('dialog', { name: 'Lane B' });
  await menu.getByRole('textbox', { name: 'Synaptic decay α' }).fill('2');
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('alert')).toHaveText(
    /^synapticDecay: “2” is not allowed; allowed: a number from 0/,
  );
  await menu.getByRole('textbox', { name: 'Synaptic decay α' }).fill('0.8');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/lanes=neuron=CuBa:synapticDecay=0\.8,neuron=SRM/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Play', exact: true }).first().click();
  for (const forecast of await forecasts.all())
    await expect(forecast).toHaveAccessibleName(
      /^The series, and the forecast of .*; relative L2 error 0?\.\d/,
    );
});

test('a forecast is learned at the end of its windows and at each sample; how much of a window is needed is measured', async ({
  page,
}) => {
  await page.goto('/#experiment=forecast');
  await page.getByRole('button', { name: /^Compare/ }).click();
  await page.getByTestId('compare-read-out').click();
  for (const time of ['end', 'each'])
    await expect(
      page.getByRole('region', { name: new RegExp(`learns to read at ${time}$`, 'i') }),
    ).toBeVisible();

  await page.goto('/#experiment=forecast&readTime=each&inside=staircase');
  await expect(page.getByTestId('staircase-chart')).toHaveAccessibleName(/: \d.* at T = 1, .* at T = 24$/);
  await page.getByTestId('staircase').getByText('Numbers').click();
  await expect(page.getByTestId('staircase').getByRole('row')).toHaveCount(11);
});

test('a neuron that is reset to zero is no reason to stay with the hat', async ({ page }) => {
  await page.goto('/#reset=zero');
  await page.getByRole('radiogroup', { name: 'Experiment' }).getByText('Forecast').click();
  await expect(page.getByTestId('forecast-panels')).toBeVisible();

  // Of delta coding there are two channels, which are seen above the network's spikes.
  await page.goto('/#experiment=forecast&coding=delta');
  await expect(page.getByRole('img', { name: /^Network 2–128 and 1–64/ })).toBeVisible();
  await expect(page.getByTestId('raster')).toHaveAccessibleName(/above it what is read; .*in branch/);
});

test('S-SWIM learns in one click, without a gradient; Poisson’s equation has no use for it', async ({
  page,
}) => {
  await page.goto('/#experiment=forecast');
  await page.getByTestId('beyond').click();
  await page.getByRole('dialog', { name: 'Methods beyond the paper' }).getByText('S-SWIM*').click();
  await page.getByRole('button', { name: 'Play', exact: true }).first().click();
  const error = page.getByTestId('error');
  await expect(async () => expect(Number(await error.textContent())).toBeLessThan(0.15)).toPass();
  const experiments = page.getByRole('radiogroup', { name: 'Experiment' });
  await experiments.getByText('Poisson').click();
  await expect(page.getByText('Gradient S-SWIM does not go with poisson, whose own is used')).toBeVisible();
  await expect(page).not.toHaveURL(/S-SWIM/);
});

test('a series of the reader’s is forecast; its link carries it, that of a long one asks for the file', async ({
  page,
}) => {
  const csv = (rows: number) =>
    [
      'hour;height',
      ...Array.from({ length: rows }, (_, i) => `${i / 4};${(9 + 2 * Math.sin(i / 9)).toFixed(3)}`),
    ]
      .join('\n')
      .replaceAll('.', ',');
  const open = (name: string, text: string) =>
    form.getByTestId('data-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const form = page.getByTestId('your-data');
  const forecast = form.getByRole('button', { name: 'Forecast it', exact: true });
  await page.goto('/#experiment=forecast&series=own&inside=data');
  await expect(page.getByTestId('data-missing')).toContainText('No series is open');
  await open('uneven.csv', csv(40).replace('\n5;', '\n5,1;'));
  await expect(form.getByTestId('column-fault')).toContainText(
    /line 22, column 1 \(hour\): “5,1” is not allowed/,
  );
  await open('missing.csv', csv(40).replace('\n5;', '\n5;?'));
  await expect(form.getByTestId('column-fault')).toContainText(/line 22, column 2 \(height\): “\?/);
  await open('values.csv', csv(40).replaceAll(/^.*;/gm, ''));
  await expect(form).toContainText('The samples are taken as equally spaced.');
  await open('tides.csv', csv(400));
  await forecast.click();
  await expect(form.getByTestId('data-in-use')).toContainText('tides.csv, 400 samples of height');
  await expect(page.getByTestId('forecast-panels')).toBeVisible();
  expect(page.url().length).toBeLessThan(8000);
  await page.reload();
  await expect(page.getByTestId('forecast-panels')).toBeVisible();

  await open('long.csv', csv(2000));
  await forecast.click();
  await expect(form.getByTestId('data-link')).toContainText('names the series and does not carry it');
  expect(page.url().length).toBeLessThan(500);
  await page.reload();
  await expect(page.getByTestId('data-missing')).toContainText('“long.csv” (2,000 samples) is not here');
});
