/**
 * The current CSRF token. It is read from the cookie, because a sign-in in another tab changes it.
 */
export function csrfToken() {
  return document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/)?.[1];
}
