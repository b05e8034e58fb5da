// The demo page: phones side by side, kept true by the server's stream of changes. The page holds
// no state of its own but whose phones are shown and what is half typed.

import * as api from "./api.js";
import { Clock } from "./clock.js";
import { drawIcons, el, icon, recall, remember, setText } from "./dom.js";
import { Phone } from "./phone.js";
import { language, setLanguage, t, translate } from "./words.js";

const PHONES = ["member", "leader", "office"];

const chats = new Map();
const stale = new Set(); // chats that changed while no phone showed them
const loading = new Map(); // chat -> true if it changed again while being loaded
let bot = { username: "", name: "" };
let people = new Map();
let phones = [];
let changes = 0; // counts change events, to notice one that overtook a state
const changedAt = new Map(); // chat -> that count at its last change

const desk = {
  bot: () => bot,
  person: (id) => people.get(id),
  people: () => [...people.values()],
  isStale: (id) => stale.has(id),
  now: () => clock.now(),
  holder: (id, except) => phones.find((phone) => phone.user === id && phone !== except),
  take,
  refreshChat,
  refreshPeople,
};

const tabs = document.querySelector(".tabs");
const clock = new Clock(document.querySelector(".topbar"), document.querySelector("#picker"), {
  newDay: () => phones.forEach((phone) => phone.thread.redraw()),
  fail: (words) => phones.find((phone) => phone.el.classList.contains("active"))?.fail(words),
});

// Whose phones

function firstPeople() {
  const all = desk.people();
  const chosen = [];
  const kept = recall("phones") ?? [];
  PHONES.forEach((role, i) => {
    const free = (person) => person && !chosen.includes(person.id);
    const person = [people.get(kept[i]), all.find((one) => one.role === role && free(one)), ...all].find(free);
    if (person) chosen.push(person.id);
  });
  return chosen;
}

function makePhones() {
  phones = firstPeople().map((id) => new Phone(desk, id));
  for (const phone of phones) {
    phone.unread = 0;
    for (const touch of ["pointerdown", "focusin"]) phone.el.addEventListener(touch, () => activate(phone));
  }
  document.querySelector(".phones").replaceChildren(...phones.map((phone) => phone.el));
  tabs.replaceChildren(...phones.map((phone, i) => {
    phone.el.id = `phone-${i}`;
    phone.tab = el("button", {
      type: "button", role: "tab", "aria-controls": phone.el.id, onclick: () => activate(phone),
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = phones[(i + step + phones.length) % phones.length];
        activate(next);
        next.tab.focus();
      },
    }, el("span", { class: "tab-role" }), el("span", { class: "tab-name" }), el("span", { class: "badge", hidden: true }));
    return phone.tab;
  }));
  if (phones.length > 0) activate(phones[Math.min(recall("tab") ?? 0, phones.length - 1)]);
  phones.forEach(nameTab);
}

// activate brings a phone to the front: it is the one that a narrow window shows, and its news need
// no badge.
function activate(phone) {
  for (const other of phones) {
    const chosen = other === phone;
    other.el.classList.toggle("active", chosen);
    other.tab.setAttribute("aria-selected", String(chosen));
    other.tab.tabIndex = chosen ? 0 : -1;
  }
  remember("tab", phones.indexOf(phone));
  if (phone.unread) badge(phone, 0);
}

function nameTab(phone) {
  setText(phone.tab.querySelector(".tab-role"), t(phone.person?.role ?? "stranger"));
  setText(phone.tab.querySelector(".tab-name"), phone.person?.name ?? "");
}

function badge(phone, count) {
  phone.unread = count;
  for (const holder of [phone.tab, phone.el]) {
    const node = holder.querySelector(".badge");
    node.hidden = count === 0;
    setText(node, count > 99 ? "99+" : String(count));
  }
}

// elsewhere marks the way to the other people while one of them has news and no phone.
function elsewhere() {
  const news = [...stale].some((id) => people.has(id) && !desk.holder(id));
  document.querySelector(".phones").classList.toggle("news-elsewhere", news);
}

// take gives a phone to a person; if another phone shows that person, the two are exchanged.
function take(phone, id) {
  const other = desk.holder(id, phone);
  const before = phone.user;
  show(phone, id);
  if (other) show(other, before);
  remember("phones", phones.map((one) => one.user));
}

function show(phone, id) {
  phone.give(id);
  badge(phone, 0);
  nameTab(phone);
  if (chats.has(id)) phone.showChat(chats.get(id));
  refreshChat(id);
}

// What the server says

function applyState(state, asOf) {
  bot = state.bot;
  people = new Map(state.people.map((person) => [person.id, person]));
  clock.set(state.now);
  if (phones.length === 0) makePhones();
  for (const phone of phones) {
    phone.showPerson();
    nameTab(phone);
  }
  // A change that arrived while the state was under way may be newer than it.
  for (const chat of state.chats) {
    if ((changedAt.get(chat.id) ?? 0) <= asOf) applyChat(chat);
    else changed(chat.id);
  }
}

function applyChat(chat) {
  chats.set(chat.id, chat);
  stale.delete(chat.id);
  elsewhere();
  const phone = desk.holder(chat.id);
  if (!phone) return;
  const incoming = phone.showChat(chat);
  if (incoming > 0 && !phone.el.classList.contains("active")) badge(phone, phone.unread + incoming);
}

async function resync() {
  const asOf = changes;
  applyState(await api.state(), asOf);
}

// refreshPeople asks again who may use which commands: no event tells of it.
async function refreshPeople() {
  await resync().catch(() => {});
}

function changed(id) {
  if (desk.holder(id)) return refreshChat(id);
  stale.add(id);
  elsewhere();
}

// refreshChat loads a chat once more, however many changes come in meanwhile.
async function refreshChat(id) {
  if (loading.has(id)) return loading.set(id, true);
  loading.set(id, false);
  try {
    applyChat(await api.chat(id));
  } catch {
    // The stream's reconnection loads everything again.
  }
  const again = loading.get(id);
  loading.delete(id);
  if (again) refreshChat(id);
}

function listen() {
  const events = new EventSource("/api/events");
  events.addEventListener("hello", () => resync().then(() => connection("connected"), () => connection("lost")));
  events.addEventListener("change", (event) => {
    const { chat } = JSON.parse(event.data);
    changedAt.set(chat, ++changes);
    changed(chat);
  });
  events.addEventListener("clock", (event) => clock.set(JSON.parse(event.data).now));
  events.addEventListener("toast", (event) => {
    const { user, text, alert } = JSON.parse(event.data);
    desk.holder(user)?.answered(text, alert);
  });
  events.addEventListener("error", () => {
    connection("lost");
    // The browser tries again by itself unless the server answered with an error.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}

function connection(state) {
  const node = document.querySelector("[data-link]");
  node.dataset.link = state;
  setText(node.querySelector(".link-words"), t(state));
  node.title = t(state);
}

// The page's own choices

function chooseLanguage(name) {
  setLanguage(name);
  translate(document);
  setText(document.querySelector("[data-action=language]"), t("languageMark"));
  document.querySelector("[data-action=language]").title = t("otherLanguage");
  connection(document.querySelector("[data-link]").dataset.link);
  chooseTheme(document.documentElement.dataset.theme);
  if (phones.length === 0) return;
  clock.draw();
  for (const phone of phones) {
    phone.redraw();
    nameTab(phone);
  }
}

const themes = { auto: ["half", "themeAuto"], light: ["sun", "themeLight"], dark: ["moon", "themeDark"] };

function chooseTheme(name) {
  const [mark, words] = themes[name] ?? themes.auto;
  document.documentElement.dataset.theme = name in themes ? name : "auto";
  const button = document.querySelector("[data-action=theme]");
  button.replaceChildren(icon(mark));
  button.title = `${t("theme")}: ${t(words)}`;
  button.setAttribute("aria-label", button.title);
}

function choices() {
  document.querySelector("[data-action=language]").addEventListener("click", () => {
    chooseLanguage(language() === "zh" ? "en" : "zh");
    remember("language", language());
  });
  document.querySelector("[data-action=theme]").addEventListener("click", () => {
    const names = Object.keys(themes);
    chooseTheme(names[(names.indexOf(document.documentElement.dataset.theme) + 1) % names.length]);
    remember("theme", document.documentElement.dataset.theme);
  });
  const hint = document.querySelector(".hint");
  hint.hidden = Boolean(recall("hint"));
  document.querySelector("[data-action=hide-hint]").addEventListener("click", () => {
    hint.hidden = true;
    remember("hint", true);
  });
}

function preferredLanguage() {
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === "zh" || tag === "en");
  return known ?? "zh";
}

drawIcons(document);
choices();
chooseTheme(recall("theme") ?? "auto");
chooseLanguage(recall("language") ?? preferredLanguage());
resync().catch(() => connection("unreachable"));
listen();
