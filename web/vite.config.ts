import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { earlyScript } from "./bundling/early-script.ts";
import { precompress } from "./bundling/precompress.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
// Where the rpcs are during `npm run dev`; in production the edge serves pages and rpcs on one origin.
const edge = process.env.INFINURE_PUBLIC_URL ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react(), tailwindcss(), earlyScript(path("bundling/theme.js")), precompress()],
  resolve: {
    alias: [
      { find: /^.*\/buf\/validate\/validate_pb$/, replacement: path("src/api/no-validation-rules.ts") },
      { find: /^@(?=\/)/, replacement: path("src") },
    ],
  },
  server: { proxy: { "^/(infinure\\.|v1/)": { target: edge, changeOrigin: true } } },
  build: { outDir: path("dist"), emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  test: { include: ["src/**/*.test.ts"], exclude: ["src/gen/**"], environment: "node" },
});
