import { describe, expect, it } from "vitest";
import { FACETS } from "@/domain/tokens/facet-values";
import type { FilterField } from "@/domain/tokens/filter";
import { filterText } from "./filter-text";

describe("a chip says a filter in words", () => {
  it.each<[FilterField, string, string]>([
    ["search", "deploy", "Contains “deploy”"],
    ["owner", "ada", "Owner begins with ada"],
    ["owner", "=ada", "Owner is ada"],
    ["ownerRole", "admin", "Owner is an administrator"],
    ["ownerState", "disabled", "Owner is disabled"],
    ["kind", "session", "Sign-ins"],
    ["kind", "ci", "Kind is ci"],
    ["state", "expires-soon", "Expires soon"],
    ["expiry", "never", "Never expires"],
    ["expiry", "7d", "Expires within 7 days"],
    ["expiry", "1d", "Expires within 1 day"],
    ["expiry", ">36h", "Expires in more than 36 hours"],
    ["expiry", "2026-12-03", "Expires on 3 Dec 2026"],
    ["expiry", "2026-12-03..2026-12-09", "Expires from 3 Dec 2026 to 9 Dec 2026"],
    ["created", "30d", "Created in the last 30 days"],
    ["created", ">365d", "Created more than 365 days ago"],
    ["created", "<2026-01-31", "Created before 31 Jan 2026"],
    ["lastUse", "1d", "Used in the last day"],
    ["lastUse", "never", "Never used"],
    ["lastUse", "not-90d", "Not used for 90 days"],
    ["lastUse", ">2026-01-31", "Last used after 31 Jan 2026"],
    ["lifetime", "over-max", "Lives longer than the maximum"],
    ["lifetime", ">90d", "Lives longer than 90 days"],
    ["address", "10.0.0.0/8", "Used from 10.0.0.0/8"],
  ])("%s %s", (field, value, text) => {
    expect(filterText(field, value)).toBe(text);
  });

  it("no value that is offered is shown as it is written", () => {
    for (const [field, values] of Object.entries(FACETS)) {
      for (const value of values) expect(filterText(field as FilterField, value)).not.toBe(value);
    }
  });
});
