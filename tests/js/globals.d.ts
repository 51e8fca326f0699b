// Types of the vendored libraries as far as the pages' scripts use them, and of Expresso's own events. Only `tsc` reads them.

interface HtmxRequest {
  verb: string;
  elt: HTMLElement;
  parameters: Record<string, string>;
  triggeringEvent?: SubmitEvent;
}

interface HtmxDetail {
  elt: HTMLElement;
  target: HTMLElement;
  xhr: XMLHttpRequest;
  successful: boolean;
  shouldSwap: boolean;
  swapOverride?: string;
  serverResponse: string;
  verb: string;
  path: string;
  headers: Record<string, string>;
  parameters: Record<string, string>;
  pathInfo: { requestPath: string };
  requestConfig: HtmxRequest;
}

interface HtmxSocket {
  /** From the WebSocket extension: opens a new socket. */
  reconnect(): void;
}

interface HtmxEvents {
  "htmx:afterRequest": CustomEvent<HtmxDetail>;
  "htmx:afterSwap": CustomEvent<HtmxDetail>;
  "htmx:beforeSwap": CustomEvent<HtmxDetail>;
  "htmx:configRequest": CustomEvent<HtmxDetail>;
  "htmx:oobAfterSwap": CustomEvent<HtmxDetail>;
  "htmx:responseError": CustomEvent<HtmxDetail>;
  "htmx:sendError": CustomEvent<HtmxDetail>;
  "htmx:timeout": CustomEvent<HtmxDetail>;
  "htmx:wsAfterMessage": CustomEvent<{ message: string }>;
  "htmx:wsBeforeMessage": CustomEvent<{ message: string }>;
  "htmx:wsClose": CustomEvent<{ event: CloseEvent & { target: WebSocket }; socketWrapper: HtmxSocket }>;
  "htmx:wsOpen": CustomEvent<{ socketWrapper: HtmxSocket }>;
}

interface ExpressoEvents {
  /** The server's answer to a tap, as HTML. */
  "expresso:answer": CustomEvent<string>;
  /** The page is live again after it was not. */
  "expresso:live": CustomEvent<null>;
  /** A tap changed tickets on the page; the server does not know yet. */
  "expresso:moved": CustomEvent<null>;
  /** A sound was played; the detail is its name. */
  "expresso:played": CustomEvent<string>;
  /** The outbox got an answer after a time without one. */
  "expresso:reachable": CustomEvent<null>;
  /** The page changed: a fragment was swapped in, or a tap moved tickets. One event for all changes made together. */
  "expresso:shown": CustomEvent<null>;
  /** The server reports that nobody is signed in any more. */
  "expresso:signed-out": CustomEvent<null>;
  /** The sound is "on", "off" or "locked" until the first touch. */
  "expresso:sound": CustomEvent<string>;
  /** The page may show an old state, so the board has to be fetched. */
  "expresso:stale": CustomEvent<null>;
}

interface DocumentEventMap extends HtmxEvents, ExpressoEvents {}
interface HTMLElementEventMap extends HtmxEvents {}

interface SwapStyle {
  swapStyle: string;
  swapDelay: number;
  settleDelay: number;
}

declare const htmx: {
  config: { wsReconnectDelay: (attempt: number) => number };
  createWebSocket: (url: string) => WebSocket;
  ajax(verb: string, path: string, context: { source: Element; target: Element | string; swap: string }): Promise<void>;
  swap(target: Element, html: string, style: SwapStyle, options: { contextElement: Element; eventInfo?: object }): void;
};

declare const Idiomorph: {
  defaults: {
    callbacks: {
      beforeAttributeUpdated: (name: string, element: Element, change: string) => boolean;
      beforeNodeAdded: (node: Node) => boolean;
      beforeNodeMorphed: (before: Node, after: Node) => boolean;
    };
  };
};
