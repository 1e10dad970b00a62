import type { NextConfig } from "next";

const isBench = process.env.LATCHKEY_BENCH === "1";

const config: NextConfig = {
  // A build with the pages of the benchmarks never takes the place of the product's.
  distDir: isBench ? ".next-bench" : ".next",
  pageExtensions: isBench ? ["bench.tsx", "tsx", "ts"] : ["tsx", "ts"],
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  typedRoutes: true,
  images: { unoptimized: true },
  // `npm run check` checks them; whoever starts Latchkey should not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Arguments of server actions hold passwords.
  logging: { serverFunctions: false },
  // Browsers ask for it wherever a page has not named its icon yet.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  serverExternalPackages: ["@node-rs/argon2", "pino", "postgres"],
  experimental: {
    serverActions: { bodySizeLimit: "64kb" },
    proxyClientMaxBodySize: "128kb",
  },
};

export default config;
