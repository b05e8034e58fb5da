// Small tools to build elements. Data reaches the document only as text nodes and checked
// attributes, never as markup.

const SVG = "http://www.w3.org/2000/svg";

const icons = {
  house: "M4 11.2 12 4l8 7.2V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z",
  chevron: "m7 10 5 5 5-5",
  dots: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  cross: "m6.5 6.5 11 11m0-11-11 11",
  reply: "M10 7 5 12l5 5m-5-5h8a6 6 0 0 1 6 6",
  clip: "m20 11.5-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.6-8.5a3.5 3.5 0 0 1 5 5l-8.6 8.5a1.7 1.7 0 0 1-2.5-2.4l7.8-7.9",
  microphone: "M12 3.5a3 3 0 0 1 3 3V12a3 3 0 0 1-6 0V6.5a3 3 0 0 1 3-3M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  plane: "M4 12 3.5 4.5 21 12 3.5 19.5zm0 0h8",
  calendar: "M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1m-1 5h16M8 3.5V8m8-4.5V8",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8m0-5v1.5m0 15V21m9-9h-1.5M4.5 12H3m15.4-6.4-1.1 1.1M6.7 17.3l-1.1 1.1m12.8 0-1.1-1.1M6.7 6.7 5.6 5.6",
  sunset: "M7.5 17a4.5 4.5 0 0 1 9 0M3 17h1.5m15 0H21M5.6 10.6l1.1 1.1m11.7-1.1-1.1 1.1M4 20.5h16M12 4v5m-2.2-2L12 9.2 14.2 7",
  forward: "m5 6 6.5 6L5 18zm8 0 6.5 6-6.5 6z",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  half: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16v16",
  left: "m14.5 5-7 7 7 7",
  right: "m9.5 5 7 7-7 7",
  down: "M12 5v14m-6-6 6 6 6-6",
  page: "M7 3.5h7l4 4V19.5a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1m7 0v4h4",
  edit: "m5 16 10-10 3 3L8 19l-4 1z",
  copy: "M9 9h10v11H9zM6 15H5V4h10v2",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20a7.5 7.5 0 0 1 15 0",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1m2 3.5a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1",
  play: "M8.5 5.5v13l10-6.5z",
  pause: "M9 6v12m6-12v12",
  stop: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M6.5 6.5l11 11",
  picture: "M5 5h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1m-1 11 5-5 4 4 2.5-2.5L20 17M15 9v.01",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", icons[name]);
  svg.append(path);
  return svg;
}

export function drawIcons(root) {
  for (const node of root.querySelectorAll("[data-icon]")) node.replaceChildren(icon(node.dataset.icon));
}

// bars draws a voice note's shape: decoration, but the same for the same message every time.
export function bars(seed, count) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${count * 4} 24`);
  svg.setAttribute("class", "bars");
  svg.setAttribute("aria-hidden", "true");
  let state = seed >>> 0;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const height = 4 + Math.round((state / 2 ** 32) * 18 * Math.sin(((i + 1) / (count + 1)) * Math.PI));
    const bar = document.createElementNS(SVG, "rect");
    bar.setAttribute("x", i * 4);
    bar.setAttribute("y", 12 - height / 2);
    bar.setAttribute("width", 2.5);
    bar.setAttribute("height", height);
    bar.setAttribute("rx", 1.25);
    svg.append(bar);
  }
  return svg;
}

// el makes an element. Attributes beginning with "on" are listeners; false and undefined are left out.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child || child === 0));
  return node;
}

// setText leaves equal text alone: a selection inside it survives.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function remember(key, value) {
  try {
    localStorage.setItem(`zoufang.${key}`, JSON.stringify(value));
  } catch {
    // Storage may be switched off; then choices last as long as the page.
  }
}

export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(`zoufang.${key}`));
  } catch {
    return null;
  }
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context or permission only the old way remains.
    const area = el("textarea", { class: "offstage", readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
