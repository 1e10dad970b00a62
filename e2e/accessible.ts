import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * The page as it is now has no finding of axe, and neither it nor a dialog scrolls sideways. With
 * SCREENSHOTS, the name of a folder, it is kept there as a picture to look at.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // A fade would be measured half way.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  await keepPicture(page, what);
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

async function keepPicture(page: Page, what: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  const isDark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const look = `${page.viewportSize()?.width}-${isDark ? "dark" : "light"}`;
  await page.screenshot({ path: `${folder}/${what.replaceAll(/\W+/g, "-")}-${look}.png` });
}
