// Shows openapi.json: every route with its parameters, bodies and answers, and a form to send it. Text is only ever put
// into the page as text, never as markup.
"use strict";

const METHODS = ["get", "post", "patch", "delete"];
let contract;

function element(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== undefined && child !== ""));
  return node;
}

function resolved(value) {
  if (!value || !value.$ref) {
    return value;
  }
  const target = value.$ref.slice(2).split("/").reduce((at, name) => at[name], contract);
  return { ...target, ...value };
}

function nameOf(schema) {
  return schema.$ref ? schema.$ref.split("/").pop() : "";
}

/** One schema for what fulfils them all; what a later one says of a member counts. */
function together(schemas) {
  const properties = Object.assign({}, ...schemas.map((each) => each.properties));
  return { properties, required: schemas.flatMap((each) => each.required || []) };
}

/** The schema as a person would write it down: nested objects spelled out once, what repeats by its name. */
function outline(schema, indent, within) {
  const name = nameOf(schema);
  if (within.includes(name)) {
    return name;
  }
  const full = resolved(schema);
  const path = name ? [...within, name] : within;
  const pad = "  ".repeat(indent + 1);
  if (full.properties) {
    const required = full.required || [];
    const members = Object.entries(full.properties).map(
      ([key, member]) => `${pad}${key}${required.includes(key) ? "" : "?"}: ${outline(member, indent + 1, path)}`);
    return `{\n${members.join(",\n")}\n${"  ".repeat(indent)}}`;
  }
  if (full.type === "array") {
    return `[ ${outline(full.items, indent, path)} ]`;
  }
  if (full.oneOf) {
    return full.oneOf.map((each) => outline(each, indent, path)).join(" | ");
  }
  if (full.allOf) {
    return outline(together(full.allOf.map(resolved)), indent, path);
  }
  if (full.enum) {
    return full.enum.join(" | ");
  }
  return name || (full.const !== undefined ? JSON.stringify(full.const) : [].concat(full.type || "any").join(" | "));
}

function bodyOf(described) {
  const content = Object.values(resolved(described).content || {})[0];
  return content && content.schema ? outline(content.schema, 0, []) : "";
}

/** What the answer says beside its body; "?" marks what is not always there. */
function headersOf(response) {
  const rows = Object.entries(response.headers || {}).map(([name, described]) => {
    const header = resolved(described);
    return element("tr", {},
      element("td", {}, element("code", { textContent: header.required ? name : `${name}?` })),
      element("td", { textContent: `${header.description} ${JSON.stringify(header.example)}` }));
  });
  return rows.length > 0 ? element("details", {}, element("summary", {}, "headers"), element("table", {}, ...rows)) : "";
}

function answers(operation) {
  return Object.entries(operation.responses).map(([status, response]) => {
    const full = resolved(response);
    const text = bodyOf(full);
    return element("details", { open: status.startsWith("2") },
      element("summary", {}, `${status} ${full.description}`),
      text ? element("pre", { textContent: text }) : "",
      headersOf(full));
  });
}

function parameters(operation) {
  const all = (operation.parameters || []).map(resolved);
  if (all.length === 0) {
    return "";
  }
  const rows = all.map((parameter) => element("tr", {},
    element("td", {}, element("code", { textContent: parameter.name })),
    element("td", { textContent: `${parameter.in}, ${outline(parameter.schema, 0, [])}` }),
    element("td", { textContent: parameter.description || "" }),
    element("td", {}, element("input", {
      name: parameter.name, value: parameter.in === "path" ? parameter.example || "" : "", ariaLabel: parameter.name }))));
  return element("table", {}, ...rows);
}

function target(form, path, operation) {
  const query = new URLSearchParams();
  let filled = path;
  for (const parameter of (operation.parameters || []).map(resolved)) {
    const value = form.elements[parameter.name].value;
    if (parameter.in === "path") {
      filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(value));
    } else if (value !== "") {
      query.append(parameter.name, value);
    }
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

async function send(form, method, path, operation, output) {
  const headers = {};
  const token = document.getElementById("token").value.trim();
  if (token !== "" && operation.security.length > 0) {
    headers.Authorization = `Bearer ${token}`;
  }
  const body = form.elements.body ? form.elements.body.value : undefined;
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  try {
    const answer = await fetch(target(form, path, operation), { method: method.toUpperCase(), headers, body });
    const text = await answer.text();
    const json = (answer.headers.get("Content-Type") || "").includes("json");
    output.textContent = `${answer.status}\n${json ? JSON.stringify(JSON.parse(text), null, 2) : text}`;
  } catch (failure) {
    output.textContent = String(failure);
  }
}

function route(path, method, operation) {
  const output = element("pre", { hidden: true });
  const described = operation.requestBody && Object.values(operation.requestBody.content)[0];
  const form = element("form", {},
    parameters(operation),
    described ? element("details", {}, element("summary", {}, "body"),
      element("pre", { textContent: bodyOf(operation.requestBody) })) : "",
    described ? element("textarea", {
      name: "body", rows: 6, spellcheck: false, ariaLabel: "body", value: JSON.stringify(described.example, null, 2) }) : "",
    element("button", { textContent: "Send" }), output);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    output.hidden = false;
    output.textContent = "…";
    send(form, method, path, operation, output);
  });
  return element("section", { id: `${method} ${path}` },
    element("h2", {}, element("code", {}, element("span", { className: "method", textContent: method }), ` ${path}`)),
    element("p", { textContent: `${operation.summary}. ${operation.description || ""}` }),
    element("p", { textContent: operation.security.length > 0 ? "Signed in." : "Open to anyone." }),
    form, ...answers(operation));
}

function show() {
  document.getElementById("about").textContent = contract.info.description;
  const contents = document.getElementById("contents");
  const routes = document.getElementById("routes");
  for (const tag of contract.tags) {
    contents.append(element("h2", { textContent: tag.name, title: tag.description }));
    for (const [path, item] of Object.entries(contract.paths)) {
      for (const method of METHODS.filter((each) => item[each] && item[each].tags.includes(tag.name))) {
        contents.append(element("a", { href: `#${encodeURIComponent(`${method} ${path}`)}`, title: path },
          element("span", { className: "method", textContent: method }), ` ${item[method].summary}`));
        routes.append(route(path, method, item[method]));
      }
    }
  }
}

fetch("/openapi.json")
  .then((answer) => answer.json())
  .then((json) => {
    contract = json;
    show();
  })
  .catch((failure) => document.getElementById("routes").append(`The contract cannot be read: ${failure}`));
