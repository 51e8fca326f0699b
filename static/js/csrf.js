/**
 * The CSRF token of whoever is signed in now. The cookie has it even where a sign-in in another tab changed it after
 * this page was opened.
 */
export function csrfToken() {
  return document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/)?.[1];
}
