// @ts-check
/**
 * The way out: published as sw.js it takes the place of any worker at once, deletes what was kept, and goes.
 * Enters: nothing. Leaves: a device without a worker and without kept pages; open pages stay as they are.
 * Refuses to know: what went wrong. It answers no request, so the network does.
 */
(() => {
  "use strict";
  const worker = /** @type {any} */ (globalThis);

  async function leave() {
    const prefix = `undelivered ${new URL(worker.registration.scope).pathname} `;
    const names = await caches.keys().catch(() => /** @type {string[]} */ ([]));
    await Promise.allSettled(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
    await worker.registration.unregister();
  }

  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(worker.skipWaiting()));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(leave()));
})();
