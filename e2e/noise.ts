import type { BrowserContext } from "@playwright/test";

/** Notes every error in the console, uncaught exception and violation of the content policy. */
export async function watchForNoise(context: BrowserContext, heard: string[]): Promise<void> {
  context.on("console", (message) => {
    if (message.type() === "error") heard.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => heard.push(String(error.error().stack ?? error.error())));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      // biome-ignore lint/suspicious/noConsole: this is how the test hears of it
      console.error(`content policy: ${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
}
