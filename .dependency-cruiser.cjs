// The import order of the house: server -> { app, api } -> { components, auth } -> domain -> db.
// Every rule is an error and there is no list of exceptions.
const PURE_DOMAIN =
  "^domain/(tokens/(token|schema|lifecycle|policy|filter|time-window|address-range|query-language|query-words|completions|facet-values|risk|pasted-secret)|users/(user|filter)|audit/(actions|filter)|views/view)\\.ts$";
const OURS = "^(app|api|auth|bench|components|db|domain|e2e|prove|scripts|server)(/|\\.ts$)";

/** @param {string} name @param {string} from @param {string} allowed @param {string} comment */
const onlyImports = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  // Who may import it is a rule of its own.
  to: { path: OURS, pathNot: `${allowed}|^prove/proof\\.ts$` },
});

module.exports = {
  forbidden: [
    onlyImports("db-imports-nothing-of-ours", "^db/", "^db/", "db/ speaks SQL and knows nobody."),
    onlyImports(
      "domain-imports-db",
      "^domain/",
      "^(domain|db)/",
      "domain/ decides; it knows no HTTP and no React.",
    ),
    onlyImports(
      "auth-imports-domain",
      "^auth/",
      "^(auth|domain)/",
      "auth/ turns a cookie into an Actor.",
    ),
    onlyImports(
      "api-imports-domain",
      "^api/",
      "^(api|domain)/|^prove/proof\\.ts$",
      "api/ translates for programs.",
    ),
    onlyImports(
      "ui-is-domain-free",
      "^components/ui/",
      "^components/ui/",
      "Primitives know nothing of ours.",
    ),
    onlyImports(
      "components-import-pure-domain",
      "^components/(?!ui/)",
      `^components/|${PURE_DOMAIN}|^domain/(errors|actor)\\.ts$`,
      "Components get server actions as props and import only pure domain files.",
    ),
    onlyImports(
      "app-translates",
      "^app/",
      "^(app|components|auth|domain)/",
      "app/ translates for people.",
    ),
    onlyImports(
      "e2e-uses-the-product",
      "^e2e/",
      "^(e2e|db)/",
      "Journeys drive the running product; db/ is for seeding.",
    ),
    onlyImports(
      "server-mounts",
      "^server(/|\\.ts$)",
      "^(server|api|domain|db)(/|\\.ts$)",
      "The process mounts api/ and Next.",
    ),
    {
      name: "prove-is-for-tests",
      comment: "How much a proof tries is no matter of the product.",
      severity: "error",
      from: { pathNot: "^(prove|e2e)/|\\.test\\.ts$|/testing/" },
      to: { path: "^prove/" },
    },
    {
      name: "components-never-reach-the-database",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(db|auth)/|node_modules/(drizzle-orm|postgres)/", reachable: true },
    },
    {
      name: "only-db-speaks-sql",
      severity: "error",
      from: { pathNot: "^(db|bench)/|drizzle\\.config\\.ts$" },
      to: { path: "node_modules/(drizzle-orm|postgres)/" },
    },
    {
      name: "domain-knows-no-transport",
      severity: "error",
      from: { path: "^(domain|db)/" },
      to: { path: "node_modules/(next|react|react-dom|hono|next-auth)/" },
    },
    {
      name: "pure-files-stay-pure",
      severity: "error",
      from: { path: PURE_DOMAIN, pathNot: "\\.test\\.ts$" },
      to: { path: "^db/", reachable: true },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: {
        orphan: true,
        pathNot: "\\.d\\.ts$|\\.config\\.(ts|mjs|cjs)$|^\\.dependency-cruiser|^scripts/|^app/",
      },
      to: {},
    },
    {
      name: "no-drawers",
      severity: "error",
      from: {},
      to: { path: "(^|/)(utils|helpers|lib|misc|common)(/|\\.)", pathNot: "node_modules" },
    },
    {
      name: "resolvable",
      severity: "error",
      // bench/ has dependencies of its own, which come with its own `npm ci`.
      from: { pathNot: "^bench/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|\\.next|bench/node_modules)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
