import type { BrowserContext, Page } from "@playwright/test";

/** Everything a page holds where a secret could stay behind. */
export function remainsIn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const controls = [...document.querySelectorAll<HTMLInputElement>("input, textarea")];
    const caches = await window.caches?.keys().catch(() => []);
    return JSON.stringify([
      document.documentElement.outerHTML,
      controls.map((control) => control.value),
      location.href,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
      (window as unknown as { __next_f?: unknown }).__next_f,
      document.cookie,
      caches ?? [],
      performance.getEntries().map((entry) => entry.name),
    ]);
  });
}

export interface Exchange {
  method: string;
  url: string;
  /** A fetch of the page's data by the router, as opposed to a document or an action. */
  isPageData: boolean;
  body: () => Promise<string>;
}

/** Notes what the pages of a browser ask from now on, and what they are answered. */
export function listen(context: BrowserContext): Exchange[] {
  const exchanges: Exchange[] = [];
  context.on("response", (response) => {
    const request = response.request();
    const body = response.text().catch(() => "");
    exchanges.push({
      method: request.method(),
      url: `${response.url()} ${response.headers().location ?? ""}`,
      isPageData: request.method() === "GET" && request.headers().rsc !== undefined,
      body: () => body,
    });
  });
  return exchanges;
}
