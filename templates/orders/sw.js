// The service worker of attendees' own pages, below /orders/ alone: it shows what the bar tells, and keeps nothing.

const pages = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

pages.addEventListener("install", () => pages.skipWaiting());

pages.addEventListener("push", (event) => {
  event.waitUntil(tell(event.data?.json()));
});

/**
 * One notification an order: a later one replaces an earlier one, and one that came twice rings once.
 * @param {Record<"id" | "title" | "body" | "order" | "url", string>} message  of sms/push.py
 */
async function tell({ id, title, body, order, url }) {
  const [before] = await pages.registration.getNotifications({ tag: order });
  /** @type {NotificationOptions & { renotify: boolean, vibrate: number[] }} */
  const options = {
    body,
    tag: order,
    renotify: before?.data.id !== id,
    data: { id, url },
    icon: "{{ icon }}",
    vibrate: [300, 150, 300],
  };
  await pages.registration.showNotification(title, options);
}

pages.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.url));
});

/** @param {string} url */
async function show(url) {
  const open = await pages.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find((page) => new URL(page.url).pathname === url);
  return there ? there.focus() : pages.clients.openWindow(url);
}
