// A language client: as much of the protocol as an editor needs to ask for completion, hover and
// diagnostics of YAML files.

import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import path from "node:path";

const SEPARATOR = "\r\n\r\n";

export class Client {
  #server;
  #received = Buffer.alloc(0);
  #waiting = new Map();
  #requests = 0;

  /** Starts the server program on a project, with the editor's settings for YAML. */
  constructor(program, root, settings) {
    this.root = root;
    this.settings = settings;
    this.#server = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.#server.stdout.on("data", (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      while (this.#takeMessage());
    });
  }

  async start() {
    const uri = pathToFileURL(this.root).href;
    await this.#ask("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "project" }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          completion: { completionItem: { documentationFormat: ["markdown"], snippetSupport: true } },
          hover: { contentFormat: ["markdown"] },
        },
      },
    });
    this.#tell("initialized", {});
    this.#tell("workspace/didChangeConfiguration", { settings: { yaml: this.settings } });
  }

  /** Opens a file of the project with a text, and answers with what is found wrong in it. */
  async open(file, text) {
    const uri = this.#uri(file);
    const found = new Promise((resolve) => this.#waiting.set(uri, resolve));
    this.#tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
    return (await found).map((diagnostic) => diagnostic.message);
  }

  /** What is suggested at a place: label to documentation. */
  async complete(file, position) {
    const answer = await this.#ask("textDocument/completion", this.#at(file, position));
    const items = answer.items ?? answer;
    return new Map(items.map((item) => [item.label, item.documentation?.value ?? item.documentation ?? ""]));
  }

  /** What is told of a place. */
  async hover(file, position) {
    const answer = await this.#ask("textDocument/hover", this.#at(file, position));
    return answer?.contents.value ?? "";
  }

  stop() {
    this.#server.kill();
  }

  #uri(file) {
    return pathToFileURL(path.join(this.root, file)).href;
  }

  #at(file, position) {
    return { textDocument: { uri: this.#uri(file) }, position };
  }

  #ask(method, params) {
    const id = ++this.#requests;
    const answer = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.#write({ id, method, params });
    return answer;
  }

  #tell(method, params) {
    this.#write({ method, params });
  }

  #write(message) {
    const bytes = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#server.stdin.write(`Content-Length: ${bytes.length}${SEPARATOR}`);
    this.#server.stdin.write(bytes);
  }

  #takeMessage() {
    const head = this.#received.indexOf(SEPARATOR);
    if (head < 0) return false;
    const length = Number(/Content-Length: (\d+)/i.exec(this.#received.subarray(0, head).toString())[1]);
    const start = head + SEPARATOR.length;
    if (this.#received.length < start + length) return false;
    const message = JSON.parse(this.#received.subarray(start, start + length));
    this.#received = this.#received.subarray(start + length);
    this.#take(message);
    return true;
  }

  #take(message) {
    const answer = (key, value) => {
      this.#waiting.get(key)?.(value);
      this.#waiting.delete(key);
    };
    if (message.method === "workspace/configuration") {
      const settings = message.params.items.map((item) => (item.section === "yaml" ? this.settings : {}));
      this.#write({ id: message.id, result: settings });
    } else if (message.method === "textDocument/publishDiagnostics") {
      answer(message.params.uri, message.params.diagnostics);
    } else if (message.method !== undefined && message.id !== undefined) {
      this.#write({ id: message.id, result: null });
    } else if (message.id !== undefined) {
      answer(message.id, message.result);
    }
  }
}
