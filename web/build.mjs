// Builds dist/: one page, and assets whose names carry their content so that they may be cached for good.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";

const OUT = "dist";
const SHARED = {
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: "none",
  target: ["es2023", "chrome123", "firefox125", "safari17.5"],
  outdir: `${OUT}/assets`,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  logLevel: "warning",
};

await rm(OUT, { recursive: true, force: true });
await mkdir(`${OUT}/assets`, { recursive: true });
const [page, theme] = await Promise.all([
  build({
    ...SHARED,
    entryPoints: ["src/main.tsx"],
    format: "esm",
    splitting: true,
    jsx: "automatic",
    jsxImportSource: "preact",
  }),
  build({ ...SHARED, entryPoints: ["src/theme.ts"], format: "iife" }),
]);
const names = {
  PAGE: basename(output(page, "src/main.tsx").path),
  THEME: basename(output(theme, "src/theme.ts").path),
  STYLE: basename(output(page, "src/main.tsx").cssBundle),
};
const html = await readFile("src/index.html", "utf8");
await writeFile(
  `${OUT}/index.html`,
  html.replace(/\{(\w+)\}/g, (_, name) => `/assets/${names[name]}`),
);
await cp("src/icon.svg", `${OUT}/icon.svg`);

/** What a source became; parts that are fetched later are entry points too. */
function output({ metafile }, source) {
  const [path, made] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === source);
  return { path, ...made };
}
