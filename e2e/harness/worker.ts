// The choice of an engine in a module worker, where the page makes it.
import { chooseEngine } from '../../src/kernels/choose.ts';

self.onmessage = async ({ data }) => {
  try {
    const { engine, report } = await chooseEngine(data);
    engine.dispose();
    self.postMessage(report);
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
