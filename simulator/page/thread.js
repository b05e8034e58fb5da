// The list of a chat's messages: what is new is added, what changed is patched, what is gone is
// removed, and the reader's place stays where it is.

import { el, icon, setText } from "./dom.js";
import { AlbumView, MessageView, summary } from "./message.js";
import { dayKey, dayName, t } from "./words.js";

const WINDOW = 150;
const NEAR = 48;

export class Thread {
  #views = new Map();
  #shown = new Map();
  #messages = [];
  #limit = WINDOW;
  #atEnd = true;
  #unread = 0;
  #filled = false;
  #size = "";

  constructor(root, phone) {
    this.phone = phone;
    this.list = root.querySelector(".list");
    this.items = root.querySelector(".items");
    this.earlier = root.querySelector(".earlier");
    this.pill = root.querySelector("[data-action=newest]");
    this.announcer = root.querySelector(".announcer");
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.pill.addEventListener("click", () => this.toEnd());
    this.earlier.addEventListener("click", () => {
      this.#limit += WINDOW;
      this.#render(true);
    });
    const keep = new ResizeObserver(() => { if (this.#atEnd) this.#jumpToEnd(); });
    keep.observe(this.list);
    keep.observe(this.items);
  }

  find(id) {
    return this.#shown.get(id);
  }

  lastOwn() {
    return this.#messages.findLast((message) => message.from === "user" && message.text && !message.service);
  }

  photos() {
    return this.#messages.filter((message) => message.photo).map((message) => message.photo);
  }

  // patch shows the chat as it now is. It returns how many messages of the bot came in.
  patch(messages) {
    const known = this.#shown;
    const fresh = this.#filled ? messages.filter((message) => !known.has(message.id)) : [];
    this.#messages = messages;
    this.#shown = new Map(messages.map((message) => [message.id, message]));
    const incoming = fresh.filter((message) => message.from === "bot");
    const stay = this.#atEnd || fresh.some((message) => message.from === "user");
    if (!stay) {
      this.#unread += incoming.length;
      this.#limit += fresh.length; // what is being read does not leave at the top
    }
    const changed = this.#render(!stay);
    this.#filled = true;
    this.#announce([...incoming, ...changed.filter((message) => message.from === "bot" && known.has(message.id))]);
    return incoming.length;
  }

  // redraw follows a new language or a new day.
  redraw() {
    this.#render(!this.#atEnd);
  }

  clear() {
    this.#views.clear();
    this.#shown = new Map();
    this.#messages = [];
    this.#limit = WINDOW;
    this.#filled = false;
    this.#unread = 0;
    this.#atEnd = true;
    this.items.replaceChildren();
    this.announcer.replaceChildren();
  }

  toEnd() {
    this.#atEnd = true;
    this.#unread = 0;
    this.#jumpToEnd();
    this.#showPill();
  }

  jump(id) {
    const node = this.list.querySelector(`[data-message="${Number(id)}"]`);
    if (!node) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    flash(node, "found");
  }

  #render(keepPlace) {
    const anchor = keepPlace ? this.#anchor() : null;
    const visible = this.#messages.slice(-this.#limit);
    this.earlier.hidden = visible.length === this.#messages.length;
    const wanted = arrange(visible, this.phone.now());
    const changed = [];
    let place = this.items.firstChild;
    for (const item of wanted) {
      const node = this.#item(item, changed);
      if (node === place) place = place.nextSibling;
      else this.items.insertBefore(node, place);
      node.classList.toggle("last", Boolean(item.last));
    }
    while (place) {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
    const keys = new Set(wanted.map((item) => item.key));
    for (const key of this.#views.keys()) if (!keys.has(key)) this.#views.delete(key);
    if (anchor) this.list.scrollTop += anchor.node.isConnected ? anchor.node.getBoundingClientRect().top - anchor.top : 0;
    else this.toEnd();
    this.#showPill();
    return changed;
  }

  // item makes or patches the element of one entry of the list.
  #item({ key, day, messages }, changed) {
    let entry = this.#views.get(key);
    if (!entry) {
      entry = { view: day ? { el: el("div", { class: "day" }, el("span")) } : this.#newView(messages) };
      this.#views.set(key, entry);
      if (this.#filled) entry.view.el.classList.add("enter");
    }
    if (day) {
      setText(entry.view.el.firstChild, day);
      return entry.view.el;
    }
    if (entry.view.patch(messages.length > 1 || messages[0].album ? messages : messages[0])) {
      flash(entry.view.el, "changed");
      changed.push(...messages);
    }
    return entry.view.el;
  }

  #newView(messages) {
    return messages[0].album ? new AlbumView(messages[0], this.phone) : new MessageView(messages[0], this.phone);
  }

  #anchor() {
    const top = this.list.getBoundingClientRect().top;
    for (const node of this.items.children) {
      const box = node.getBoundingClientRect();
      if (box.bottom > top) return { node, top: box.top };
    }
    return null;
  }

  #scrolled() {
    // When the phone or its messages changed size, the distance to the end is not the reader's doing.
    if (this.#atEnd && this.#size !== this.#measure()) return this.#jumpToEnd();
    this.#atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
    if (this.#atEnd) this.#unread = 0;
    this.#showPill();
  }

  #jumpToEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.#size = this.#measure();
  }

  #measure() {
    return `${this.list.clientHeight} ${this.list.scrollHeight}`;
  }

  #showPill() {
    this.pill.hidden = this.#atEnd;
    if (this.#atEnd) return;
    const words = this.#unread > 0 ? `${this.#unread} ${t("newest")}` : "";
    if (this.pill.dataset.words === words && this.pill.firstChild) return;
    this.pill.dataset.words = words;
    this.pill.setAttribute("aria-label", words || t("toBottom"));
    this.pill.replaceChildren(icon("down"), words);
  }

  // The list itself is not live: a card edited in place is as much news as a new message.
  #announce(messages) {
    if (messages.length === 0) return;
    const words = messages.map((message) => summary(message).slice(0, 400));
    this.announcer.replaceChildren(...words.map((line) => el("p", {}, line)));
  }
}

// arrange turns messages into the entries of the list: day marks, single messages, albums.
function arrange(messages, now) {
  const entries = [];
  let today = "";
  for (const message of messages) {
    const date = new Date(message.date);
    const key = dayKey(date);
    if (key !== today) entries.push({ key: `day ${key}`, day: dayName(date, now) });
    today = key;
    const previous = entries.at(-1);
    const album = message.album && `${message.from} ${message.album}`;
    if (album && previous.album === album) previous.messages.push(message);
    else entries.push({ key: `${album ? "album" : "message"} ${message.id}`, album, messages: [message] });
  }
  entries.forEach((entry, i) => {
    const next = entries[i + 1];
    entry.last = entry.messages && (!next?.messages || next.messages[0].from !== entry.messages[0].from || next.messages[0].service);
  });
  return entries;
}

function flash(node, name) {
  node.classList.remove(name);
  // Reading the layout lets the same animation run again.
  void node.offsetWidth;
  node.classList.add(name);
  setTimeout(() => node.classList.remove(name), 1200);
}
