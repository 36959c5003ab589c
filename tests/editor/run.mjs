// What an editor with the YAML language server offers in a project that `eventc init --editor` wrote:
//
//   cargo build
//   npm install --prefix tests/editor
//   node tests/editor/run.mjs target/debug/eventc

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Client } from "./client.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const program = path.join(here, "node_modules/yaml-language-server/bin/yaml-language-server");
const eventc = path.resolve(process.argv[2] ?? "target/debug/eventc");

const project = mkdtempSync(path.join(tmpdir(), "eventc-editor-"));
execFileSync(eventc, ["init", "--editor", "--quiet", project]);
cpSync(path.join(here, "../../datasets"), path.join(project, "datasets"), { recursive: true });
const own = JSON.parse(readFileSync(path.join(project, ".vscode/settings.json"), "utf8"));
const client = new Client(program, project, {
  validate: true,
  hover: true,
  completion: true,
  schemaStore: { enable: false },
  schemas: own["yaml.schemas"],
});

/** The place behind a text in another, of which it stands in one place. */
function behind(text, needle) {
  const lines = text.slice(0, text.indexOf(needle) + needle.length).split("\n");
  return { line: lines.length - 1, character: lines.at(-1).length };
}

/** The YAML files of the project, but for those of its settings. */
function files(folder) {
  const entries = readdirSync(path.join(project, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    return entry.isDirectory() ? files(name) : name.endsWith(".yaml") ? [name] : [];
  });
}

const RECORD = "datasets/example/events/2024-05-01-new.yaml";
const HEAD = "id: 2024-05-01-new\ndate: 2024\naction: ASSAULT.aerial\ncertainty: probable\n";
let records = 0;
const record = () => RECORD.replace("new", `new-${++records}`);

const tests = {
  async "right files have no findings"() {
    for (const file of [...files("datasets"), ...files("schema")]) {
      const found = await client.open(file, readFileSync(path.join(project, file), "utf8"));
      assert.deepEqual(found, [], file);
    }
    assert.deepEqual(await client.open(record(), HEAD), []);
  },

  async "codes are suggested with their definitions"() {
    const [file, text] = [record(), HEAD.replace("ASSAULT.aerial", "")];
    await client.open(file, text);
    const actions = await client.complete(file, behind(text, "action: "));
    assert.match(actions.get("ASSAULT.aerial"), /^Aerial attack\. Attacks from a manned aircraft/);
    assert.match(actions.get("ACCIDENT.storage"), /^Storage accident\. /);
  },

  async "keys, levels and components are suggested with their meaning"() {
    const text = `${HEAD}actor: {code: ISR, certainty: }\nclaims:\n  herald-2024:\n    - \n    - {affirms: []}\n`;
    const file = record();
    await client.open(file, text);
    const levels = await client.complete(file, behind(text, "ISR, certainty: "));
    assert.deepEqual([...levels.keys()].slice(0, 2), ["confirmed", "probable"]);
    assert.match(levels.get("confirmed"), /^Confirmed\. Independent sources agree/);
    const keys = await client.complete(file, behind(text, "herald-2024:\n    - "));
    assert.match(keys.get("declines"), /neither confirms nor denies/);
    const components = await client.complete(file, behind(text, "affirms: ["));
    assert.match(components.get("injuries"), /^People injured/);
  },

  async "hovering over a code tells what it means"() {
    const file = record();
    await client.open(file, HEAD);
    assert.match(await client.hover(file, behind(HEAD, "action: AS")), /Aerial attack\. Attacks from a manned/);
    assert.match(await client.hover(file, behind(HEAD, "certainty: pro")), /Probably true\./);
    assert.match(await client.hover(file, behind(HEAD, "dat")), /When it happened, as an EDTF date/);
  },

  async "slips are found while one writes"() {
    const slips = {
      "certianty: probable": "Property certianty is not allowed.",
      "injuries: many": "This is not a count such as 3, 0..5, 1.. or ..30.",
      "time: 5 pm": "This is not a local time of day such as 17:45, 17:45~ or 17:30/18:00.",
      "location: {latitude: 33.5}": "Object is missing property longitude required by property latitude.",
      "claims: {herald-2024: [{says: {injuires: 3}}]}": "Property injuires is not allowed.",
    };
    for (const [slip, message] of Object.entries(slips)) {
      assert.deepEqual(await client.open(record(), `${HEAD}${slip}\n`), [message]);
    }
    const [unknown] = await client.open(record(), HEAD.replace("ASSAULT.", "ASSUALT."));
    assert.match(unknown, /^Value must be .*"ASSAULT.aerial"/);
  },
};

await client.start();
try {
  for (const [name, test] of Object.entries(tests)) {
    await test();
    console.log(`ok: ${name}`);
  }
} finally {
  client.stop();
  rmSync(project, { recursive: true });
}
