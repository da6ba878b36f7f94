import { setTimeout as sleep } from 'node:timers/promises';

const SECONDS = 60;

/** Asks until the answer holds; its last complaint is the failure. */
export async function eventually<T>(ask: () => Promise<T> | T, seconds = SECONDS): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(250);
    }
  }
}

/** Waits until two looks in a row, a while apart, see the same. */
export async function settled<T>(look: () => Promise<T>, apartMs = 1500): Promise<T> {
  let last = await look();
  return eventually(async () => {
    await sleep(apartMs);
    const before = last;
    last = await look();
    if (JSON.stringify(last) !== JSON.stringify(before)) throw new Error('the cluster does not come to rest');
    return last;
  });
}
