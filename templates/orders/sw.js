// The worker of attendees' own pages, below /orders/ alone: it shows what the bar tells, and keeps nothing.
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  event.waitUntil(tell(event.data.json()));
});

// One notification an order: a later one takes the place of an earlier one, and one that came twice rings once.
async function tell({ id, title, body, order, url }) {
  const [before] = await self.registration.getNotifications({ tag: order });
  await self.registration.showNotification(title, {
    body,
    tag: order,
    renotify: before?.data.id !== id,
    data: { id, url },
    icon: "{{ icon }}",
    vibrate: [300, 150, 300],
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.url));
});

async function show(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => new URL(page.url).pathname === url);
  return there ? there.focus() : self.clients.openWindow(url);
}
