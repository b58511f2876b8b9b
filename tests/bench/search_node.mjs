// Answers searches with a library of npm's, one line of JSON for each line asked.
//   node search_node.mjs minisearch|fuse.js ENTRIES.json NODE_MODULES
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const [, , library, file, modules] = process.argv;
const load = createRequire(`${modules}/`);
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
const entries = JSON.parse(readFileSync(file, "utf8"));
const weights = { name: 4, organisation: 3, tags: 3, place: 4, description: 0.7 };

function miniSearch() {
  const loaded = load("minisearch");
  const MiniSearch = loaded.default ?? loaded;
  const index = new MiniSearch({
    fields: Object.keys(weights),
    storeFields: ["region"],
    tokenize: (text) => fold(text).match(/[0-9a-z]+/g) ?? [],
    searchOptions: { boost: weights, fuzzy: 0.2, prefix: (word) => word.length > 3, maxFuzzy: 3 },
  });
  index.addAll(entries);
  return ({ text, region, limit }) =>
    index
      .search(text, region ? { filter: (found) => found.region === region } : {})
      .slice(0, limit)
      .map((found) => found.id);
}

function fuse() {
  const loaded = load("fuse.js");
  const Fuse = loaded.default ?? loaded;
  const folded = entries.map((entry) => {
    const plain = { id: entry.id, region: entry.region };
    for (const field of Object.keys(weights)) plain[field] = fold(entry[field]);
    return plain;
  });
  const options = {
    ignoreLocation: true,
    threshold: 0.4,
    useTokenSearch: true,
    keys: Object.entries(weights).map(([name, weight]) => ({ name, weight })),
  };
  const everywhere = new Fuse(folded, options);
  return ({ text, region, limit }) => {
    const index = region
      ? new Fuse(folded.filter((entry) => entry.region === region), options)
      : everywhere;
    return index.search(text, { limit }).map((found) => found.item.id);
  };
}

const search = library === "minisearch" ? miniSearch() : fuse();
console.log(JSON.stringify("ready"));
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(search(JSON.parse(line))));
}
