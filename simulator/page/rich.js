// Text with entities. Offsets count UTF-16 units, as JavaScript strings do.

import { el } from "./dom.js";
import { t } from "./words.js";

const tags = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const blocks = new Set(["pre", "blockquote", "expandable_blockquote"]);
const schemes = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);

// rich returns text as nodes. act.command(text) and act.open(URL) are called for taps.
export function rich(text, entities, act) {
  const fragment = document.createDocumentFragment();
  const sorted = (entities ?? [])
    .filter((entity) => entity.length > 0 && entity.offset >= 0 && entity.offset + entity.length <= text.length)
    .map((entity) => ({ ...entity, end: entity.offset + entity.length }))
    .sort(order);
  fill(fragment, text, 0, text.length, sorted, act);
  return fragment;
}

const order = (a, b) => a.offset - b.offset || b.end - a.end;

function fill(parent, text, start, end, entities, act) {
  const queue = [...entities];
  let at = start;
  let afterBlock = false;
  const plain = (to) => {
    // A block ends its own line; the line feed behind it must not open an empty one.
    if (afterBlock && to > at && text[at] === "\n") parent.append(el("span", { class: "gone" }, text[at++]));
    if (to > at) parent.append(text.slice(at, to));
    at = Math.max(at, to);
    afterBlock = false;
  };
  while (queue.length > 0) {
    const entity = queue.shift();
    const inside = [];
    while (queue.length > 0 && queue[0].offset < entity.end) {
      const inner = queue.shift();
      inside.push({ ...inner, end: Math.min(inner.end, entity.end) });
      if (inner.end > entity.end) queue.push({ ...inner, offset: entity.end });
    }
    queue.sort(order);
    plain(entity.offset);
    const node = wrap(entity, text.slice(entity.offset, entity.end), act);
    fill(node, text, entity.offset, entity.end, inside, act);
    parent.append(node);
    at = entity.end;
    afterBlock = blocks.has(entity.type);
  }
  plain(end);
}

function wrap(entity, text, act) {
  if (tags[entity.type]) return el(tags[entity.type]);
  switch (entity.type) {
    case "text_link": return anchor(entity.url, act);
    case "url": return anchor(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, act);
    case "email": return anchor(`mailto:${text}`, act);
    case "phone_number": return anchor(`tel:${text}`, act);
    case "bot_command": return el("button", { type: "button", class: "inline", onclick: () => act.command(text) });
    case "spoiler": return spoiler();
    case "mention": case "text_mention": case "hashtag": case "cashtag": return el("span", { class: "tint" });
    default: return el("span");
  }
}

function anchor(address, act) {
  const url = safeAddress(address);
  if (!url) return el("span");
  return el("a", {
    href: url.href, target: "_blank", rel: "noopener noreferrer",
    onclick: (event) => { if (act.open(url)) event.preventDefault(); },
  });
}

// safeAddress refuses what could run in this page, such as javascript:.
export function safeAddress(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && schemes.has(url.protocol) ? url : null;
}

function spoiler() {
  const show = (event) => {
    node.classList.add("shown");
    node.removeAttribute("role");
    event.preventDefault();
  };
  // A real button cannot break across lines.
  const node = el("span", {
    class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler"), onclick: show,
    onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") show(event); },
  });
  return node;
}
