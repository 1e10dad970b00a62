import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The page as it is now has no finding of axe, and neither it nor a dialog scrolls sideways. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // A fade would be measured half way.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  const { violations } = await new AxeBuilder({ page })
    .withTags(TAGS)
    // An open menu hangs on the body, outside of every landmark.
    .disableRules("region")
    .analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  expect([what, found]).toEqual([what, []]);
  const tooWide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("dialog[open]")]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName} scrolls sideways`),
  );
  expect([what, tooWide]).toEqual([what, []]);
}
