// One message on the screen. A view is made once and patched part by part, so that a tapped button
// keeps its focus and a photo does not flicker when the text beside it changes.

import { bars, el, icon, setText } from "./dom.js";
import { fileAddress } from "./api.js";
import { rich } from "./rich.js";
import { t, timeOf } from "./words.js";

// A part redraws itself only when what it shows is not what it showed.
class Part {
  #shown = "";

  constructor(tag, name) {
    this.el = el(tag, { class: name, hidden: true });
  }

  // set returns true if there was something else before.
  set(value, draw) {
    const shown = value === undefined ? "" : JSON.stringify(value);
    if (shown === this.#shown) return false;
    const changed = this.#shown !== "";
    this.#shown = shown;
    this.el.hidden = shown === "";
    this.el.replaceChildren(...(shown === "" ? [] : [draw()].flat()));
    return changed;
  }
}

const present = (list) => (list?.length ? list : undefined);

// summary is what a quote, an announcement or an edit bar says of a message.
export function summary(message) {
  if (message.text) return message.text;
  if (message.photo) return t("photo");
  if (message.voice) return `${t("voice")} ${duration(message.voice.seconds)}`;
  if (message.document) return message.document.name;
  return message.service || t("sticker");
}

export const duration = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;

export class MessageView {
  // phone offers press, menu, zoom, jump, find, command and open. A view inside an album leaves
  // the time and a photo's caption to the album.
  constructor({ id, from, service }, phone, inAlbum = false) {
    this.phone = phone;
    this.inAlbum = inAlbum;
    this.quote = new Part("button", "quote");
    this.photo = new Part("button", "photo");
    this.file = new Part("div", "file");
    this.text = new Part("div", "text");
    this.meta = new Part("span", "meta");
    this.reaction = new Part("span", "reaction");
    this.keyboard = new Keyboard((row, col, button, node) => phone.press(this.message, row, col, button, node), phone);
    this.bubble = el("div", { class: "bubble" }, this.quote.el, this.photo.el, this.file.el, this.text.el, this.meta.el, this.reaction.el);
    this.more = el("button", {
      type: "button", class: "message-more", "data-t-label": "messageMenu", "aria-label": t("messageMenu"),
      onclick: () => phone.menu(this.message, this.more),
    }, icon("chevron"));
    this.el = el("article", { class: `message ${from}${service ? " service" : ""}`, "data-message": id }, this.bubble, this.keyboard.el, this.more);
    this.quote.el.addEventListener("click", () => phone.jump(this.message.reply_to));
    this.photo.el.addEventListener("click", () => phone.zoom(this.message));
    this.quote.el.type = this.photo.el.type = "button";
    holdForMenu(this.bubble, (point) => phone.menu(this.message, point));
  }

  // patch returns true if a message that was already there says something else.
  patch(message) {
    this.message = message;
    this.el.classList.toggle("with-photo", Boolean(message.photo));
    this.#patchQuote(message);
    let changed = this.photo.set(message.photo, () => photo(this.photo.el, message.photo));
    changed = this.file.set(message.document ?? message.voice, () => attachment(message)) || changed;
    const words = message.service || (message.photo && this.inAlbum ? "" : message.text);
    changed = this.text.set(words ? [words, present(message.entities)] : undefined,
      () => rich(words, message.entities, this.phone)) || changed;
    this.meta.set(this.inAlbum || message.service ? undefined : [message.date, message.edited, t("edited")], () => meta(message));
    this.reaction.set(message.reaction || undefined, () => message.reaction);
    if (message.reaction) this.reaction.el.setAttribute("aria-label", `${t("reaction")} ${message.reaction}`);
    changed = this.keyboard.patch(message.buttons ?? []) || changed;
    this.el.classList.toggle("with-keyboard", Boolean(present(message.buttons)));
    return changed;
  }

  #patchQuote(message) {
    if (!message.reply_to) return this.quote.set(undefined);
    const original = this.phone.find(message.reply_to);
    const name = original?.from === "user" ? t("you") : this.phone.botName();
    const words = original ? summary(original).slice(0, 120) : t("deleted");
    return this.quote.set([name, words], () => [el("b", {}, name), el("span", {}, words)]);
  }
}

function photo(holder, { file, w, h }) {
  const image = el("img", { src: fileAddress(file), alt: t("photo"), loading: "lazy", decoding: "async", width: w || undefined, height: h || undefined });
  holder.setAttribute("aria-label", t("enlarge"));
  return image;
}

function attachment({ id, voice, document }) {
  if (voice) {
    return [player(voice), el("span", { class: "file-words" }, bars(id, 32), el("span", { class: "faint" }, duration(voice.seconds)))];
  }
  const ending = /\.([a-z0-9]{1,4})$/i.exec(document.name ?? "")?.[1];
  const name = document.name || t("document");
  return [el("span", { class: "file-mark square", "data-kind": (ending ?? "").toLowerCase() }, ending ? ending.toUpperCase() : icon("page")),
    el("span", { class: "file-words" },
      document.file ? el("a", { href: fileAddress(document.file), download: name }, name) : el("b", {}, name),
      el("span", { class: "faint" }, size(document.size)))];
}

// player is a voice note's round mark: a button where the server keeps the sound.
function player({ file }) {
  if (!file) return el("span", { class: "file-mark" }, icon("microphone"));
  let sound;
  const button = el("button", {
    type: "button", class: "file-mark", "aria-label": t("play"),
    onclick: () => {
      sound ??= listenTo(fileAddress(file), button);
      if (sound.paused) sound.play().catch(() => button.replaceChildren(icon("microphone")));
      else sound.pause();
    },
  }, icon("play"));
  return button;
}

function listenTo(address, button) {
  const sound = new Audio(address);
  const show = () => button.replaceChildren(icon(sound.paused || sound.ended ? "play" : "pause"));
  for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, show);
  return sound;
}

function size(bytes) {
  if (!(bytes >= 1024)) return `${bytes ?? 0} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function meta({ date, edited }) {
  const time = el("time", { datetime: date }, timeOf(new Date(date)));
  return edited ? [el("span", { class: "edited", "data-t": "edited" }, t("edited")), time] : [time];
}

class Keyboard {
  #rows = [];

  constructor(press, phone) {
    this.press = press;
    this.phone = phone;
    this.el = el("div", { class: "keyboard", role: "group" });
  }

  // patch keeps the button elements in their places: focus and a test's handle stay valid.
  patch(rows) {
    const changed = this.#rows.length > 0 && JSON.stringify(rows) !== JSON.stringify(this.#rows);
    const held = this.el.contains(document.activeElement);
    this.#rows = rows;
    trim(this.el, rows.length);
    rows.forEach((buttons, row) => {
      const line = this.el.children[row] ?? this.el.appendChild(el("div", { class: "keyboard-row" }));
      trim(line, buttons.length);
      line.classList.toggle("tight", buttons.length > 4);
      buttons.forEach((button, col) => this.#patchButton(line, row, col, button));
    });
    this.el.hidden = rows.length === 0;
    // The tapped button may be gone; who works by keyboard goes on from here, not from the page's top.
    if (held && !this.el.contains(document.activeElement)) (this.el.querySelector("button") ?? this.phone.thread.list).focus({ preventScroll: true });
    return changed;
  }

  #patchButton(line, row, col, button) {
    const node = line.children[col] ?? line.appendChild(el("button", {
      type: "button", "data-row": row, "data-col": col,
      onclick: (event) => this.press(row, col, this.#rows[row][col], event.currentTarget),
    }));
    setText(node, button.text);
    node.className = button.style ? `key ${button.style}` : "key";
    node.classList.toggle("leads-out", Boolean(button.url));
    node.classList.toggle("copies", Boolean(button.copy));
  }
}

function trim(node, count) {
  while (node.children.length > count) node.lastChild.remove();
}

// holdForMenu opens a message's menu by right click and by a long touch; not every touch browser
// turns the second into a contextmenu event.
function holdForMenu(node, open) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img")) return;
    event.preventDefault();
    stop();
    open({ x: event.clientX, y: event.clientY });
  });
  node.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    stop();
    timer = setTimeout(() => open({ x: event.clientX, y: event.clientY }), 550);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove"]) node.addEventListener(name, stop);
}

// AlbumView shows the messages of one album as one bubble: photos as a grid, files as a list.
export class AlbumView {
  #members = new Map();

  constructor({ from, photo }, phone) {
    this.phone = phone;
    this.grid = el("div", { class: "grid" });
    this.text = new Part("div", "text");
    this.meta = new Part("span", "meta");
    this.el = el("div", { class: `album ${from}${photo ? " with-photo" : ""}` }, el("div", { class: "bubble" }, this.grid, this.text.el, this.meta.el));
  }

  patch(messages) {
    const rows = gridRows(messages.every((message) => message.photo) ? messages.length : 0);
    const views = messages.map((message) => {
      const view = this.#members.get(message.id) ?? new MessageView(message, this.phone, true);
      this.#members.set(message.id, view);
      return view;
    });
    const changed = messages.map((message, i) => {
      const differs = views[i].patch(message);
      views[i].el.dataset.share = rows[i] ?? "";
      return differs;
    }).some(Boolean);
    const nodes = views.map((view) => view.el);
    if (nodes.length !== this.grid.children.length || nodes.some((node, i) => node !== this.grid.children[i])) {
      this.grid.replaceChildren(...nodes);
    }
    const first = messages[0];
    const caption = messages.find((message) => message.photo && message.text);
    this.text.set(caption && [caption.text, caption.entities], () => rich(caption.text, caption.entities, this.phone));
    const edited = messages.some((message) => message.edited);
    this.meta.set([first.date, edited, t("edited")], () => meta({ date: first.date, edited }));
    return changed;
  }
}

// gridRows names each photo's share of its row: no row is wider than three.
function gridRows(count) {
  const pattern = { 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [2, 2, 3, 3] }[count] ?? Array(count).fill(1);
  return pattern.flatMap((inRow) => Array(inRow).fill(String(inRow)));
}
