import { expect, loud, test } from './playground.ts';

test('the page opens without errors, violations of its policy or third-party requests', async ({
  page,
  baseURL,
}) => {
  const problems: string[] = [];
  const addresses: string[] = [];
  page.on('requestfailed', (request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.url()}: ${response.status()}`);
  });
  page.on('request', (request) => addresses.push(request.url()));

  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');

  expect(problems).toEqual([]);
  const origin = new URL(baseURL ?? '').origin;
  const remote = addresses.filter(
    (address) => /^(https?|wss?):/.test(address) && new URL(address).origin !== origin,
  );
  expect(remote).toEqual([]);
  expect(addresses.length).toBeGreaterThan(1);
});

loud(
  'the page carries a policy without eval and with one inline script only, and the browser enforces it',
  async ({ page }) => {
    await page.goto('./');
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    const scripts = policy?.split(';').find((directive) => directive.trim().startsWith('script-src'));
    expect(scripts?.trim()).toMatch(/^script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/]{43}='$/);

    const refused = await page.evaluate(async () => {
      const directives = new Set<string>();
      addEventListener('securitypolicyviolation', (event) => directives.add(event.effectiveDirective));
      await fetch('https://example.com/').catch(() => undefined);
      const inline = document.createElement('script');
      inline.textContent = 'globalThis.inlineRan = true';
      document.body.append(inline);
      // The test runner may call eval itself; what runs after a timer is judged as the page's own.
      await new Promise((resolve) => setTimeout(resolve, 200));
      try {
        new Function('globalThis.evalRan = true')();
      } catch {
        // As it should be.
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
      const ran = 'inlineRan' in globalThis || 'evalRan' in globalThis;
      return { ran, directives: [...directives].sort() };
    });
    expect(refused).toEqual({ ran: false, directives: ['connect-src', 'script-src', 'script-src-elem'] });
  },
);

loud('the browser of these tests has a WebGPU adapter which computes', async ({ page }) => {
  // Any file of the server: it gives WebGPU to its origin.
  await page.goto('./not-started.js');
  const answer = await page.evaluate(async () => {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) return 'no adapter';
    const device = await adapter.requestDevice();
    const usage = GPUBufferUsage;
    const work = device.createBuffer({ size: 256, usage: usage.STORAGE | usage.COPY_SRC });
    const result = device.createBuffer({ size: 256, usage: usage.MAP_READ | usage.COPY_DST });
    const module = device.createShaderModule({
      code: `@group(0) @binding(0) var<storage, read_write> out: array<u32>;
        @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) { out[id.x] = id.x * id.x; }`,
    });
    const pipeline = device.createComputePipeline({
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    const layout = pipeline.getBindGroupLayout(0);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer: work } }] }),
    );
    pass.dispatchWorkgroups(1);
    pass.end();
    encoder.copyBufferToBuffer(work, 0, result, 0, 256);
    device.queue.submit([encoder.finish()]);
    await result.mapAsync(GPUMapMode.READ);
    return new Uint32Array(result.getMappedRange())[63];
  });
  expect(answer).toBe(63 * 63);
});
