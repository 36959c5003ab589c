#!/usr/bin/env node
// Runs the eventc of this system, which npm installed beside this package as an optional dependency.
"use strict";

const { spawn } = require("node:child_process");

const name = `@eventc/${process.platform}-${process.arch}`;
const program = process.platform === "win32" ? "eventc.exe" : "eventc";

let path;
try {
  path = require.resolve(`${name}/${program}`);
} catch {
  console.error(`error: the npm package ${name} is missing`);
  console.error("install eventc with its optional dependencies, or by another way if there is no such package");
  process.exit(2);
}

// A signal sent to this process alone must reach eventc; a terminal sends its own to both.
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
for (const signal of signals) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`error: cannot run ${path}: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => {
  if (signal === null) {
    process.exit(code);
  }
  // End as eventc ended, so that a shell or a runner sees the same.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
