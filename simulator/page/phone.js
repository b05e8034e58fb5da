// One phone: whose it is, the chat with the bot, and what lies over it.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { copyText, drawIcons, el, setText } from "./dom.js";
import { askLine, openMenu, showPhotos } from "./menu.js";
import { safeAddress } from "./rich.js";
import { Thread } from "./thread.js";
import { t, translate } from "./words.js";

const PATIENCE = 10_000; // how long a tapped button waits for its answer
const TYPING = 6_000; // Telegram forgets "typing" after five seconds

export class Phone {
  #drafts = new Map();
  #typingTimer = 0;
  #alerts = [];

  // desk offers bot, person, people, stale, now, take, refreshPeople, refreshChat and unread.
  constructor(desk, user) {
    this.desk = desk;
    this.el = document.querySelector("#phone").content.cloneNode(true).querySelector(".phone");
    drawIcons(this.el);
    translate(this.el);
    this.screen = this.el.querySelector(".screen");
    this.toasts = this.el.querySelector(".toasts");
    this.thread = new Thread(this.el, this);
    this.composer = new Composer(this.el.querySelector(".composer"), this);
    this.#listen();
    this.give(user);
  }

  #listen() {
    const on = (action, act) => this.el.querySelector(`[data-action=${action}]`).addEventListener("click", (event) => act(event.currentTarget));
    on("people", (button) => this.#choosePerson(button));
    on("more", (button) => this.#more(button));
    on("start", () => this.composer.command("/start"));
    on("unblock", () => this.#block(false));
    this.el.addEventListener("dragover", (event) => {
      if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
    });
    this.el.addEventListener("drop", (event) => {
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      this.composer.upload([...event.dataTransfer.files], "auto");
    });
  }

  // give hands the phone to another person.
  give(user) {
    if (this.user !== undefined) this.#drafts.set(this.user, this.composer.draft);
    this.user = user;
    this.el.dataset.user = user;
    this.thread.clear();
    this.toasts.replaceChildren();
    this.composer.reset(this.#drafts.get(user) ?? "");
    this.showPerson();
  }

  get person() {
    return this.desk.person(this.user);
  }

  get commands() {
    return this.person?.commands ?? [];
  }

  // showPerson follows changes of the person: name, commands, blocked or not.
  showPerson() {
    const person = this.person;
    if (!person) return;
    const role = t(person.role);
    this.el.setAttribute("aria-label", `${person.name}, ${role}`);
    setText(this.el.querySelector(".who-name"), person.name);
    setText(this.el.querySelector(".who-role"), role);
    const avatar = this.el.querySelector(".who .avatar");
    setText(avatar, [...person.name].at(-1) ?? "");
    avatar.dataset.role = person.role;
    setText(this.el.querySelector(".bot-name"), this.desk.bot().name);
    this.el.querySelector(".list").lang = person.lang.startsWith("en") ? "en" : "zh-Hans";
    this.el.querySelector(".blocked").hidden = !person.blocked;
    this.el.querySelector(".composer").hidden = person.blocked;
    if (!this.composer.list.hidden) this.composer.showCommands();
    this.#showTyping(false);
  }

  // showChat follows the chat. It returns how many messages of the bot came in.
  showChat(chat) {
    const incoming = this.thread.patch(chat.messages);
    this.composer.follow(chat);
    this.#endWaits();
    this.el.querySelector(".empty").hidden = chat.messages.length > 0;
    this.#showTyping(chat.typing);
    return incoming;
  }

  redraw() {
    translate(this.el);
    this.showPerson();
    this.thread.redraw();
    this.composer.redraw();
  }

  #showTyping(typing) {
    clearTimeout(this.#typingTimer);
    const state = this.el.querySelector(".bot-state");
    state.classList.toggle("typing", typing);
    setText(state, t(typing ? "typing" : "bot"));
    if (typing) this.#typingTimer = setTimeout(() => this.#showTyping(false), TYPING);
  }

  // What messages ask of their phone.

  find(id) { return this.thread.find(id); }
  botName() { return this.desk.bot().name; }
  now() { return this.desk.now(); }
  jump(id) { this.thread.jump(id); }
  command(text) { this.composer.command(text); }

  zoom(message) {
    const photos = this.thread.photos();
    showPhotos(photos, Math.max(0, photos.indexOf(message.photo)));
  }

  async press(message, row, col, button, node) {
    if (button.url) return this.#follow(button.url);
    if (button.copy) {
      await copyText(button.copy);
      return this.toast(t("copied"));
    }
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    setTimeout(() => node.removeAttribute("aria-busy"), PATIENCE);
    try {
      await api.press(this.user, message.id, row, col);
    } catch (error) {
      node.removeAttribute("aria-busy");
      this.fail(error.message);
    }
  }

  #follow(address) {
    const url = safeAddress(address);
    if (url && !this.open(url)) window.open(url, "_blank", "noopener,noreferrer");
  }

  // open follows a deep link to this bot inside the phone; other links are the browser's.
  open(url) {
    const payload = this.#payload(url);
    if (payload === null) return false;
    this.#start(payload);
    return true;
  }

  #payload(url) {
    const bot = this.desk.bot().username.toLowerCase();
    const web = ["t.me", "telegram.me"].includes(url.hostname) && url.pathname.slice(1).toLowerCase() === bot;
    const app = url.protocol === "tg:" && url.searchParams.get("domain")?.toLowerCase() === bot;
    return web || app ? url.searchParams.get("start") ?? "" : null;
  }

  async #start(payload) {
    try {
      await api.start(this.user, payload);
      this.sent();
    } catch (error) {
      this.fail(error.message);
    }
  }

  menu(message, place) {
    const items = [{ label: t("reply"), icon: "reply", run: () => this.composer.reply(message) }];
    if (message.from === "user" && message.text) items.push({ label: t("edit"), icon: "edit", run: () => this.composer.edit(message) });
    if (message.text) {
      items.push({ label: t("copy"), icon: "copy", run: async () => {
        await copyText(message.text);
        this.toast(t("copied"));
      } });
    }
    openMenu(place, items, { label: t("messageMenu") });
  }

  // What the composer asks of its phone.

  lastOwn() { return this.thread.lastOwn(); }
  refreshPeople() { this.desk.refreshPeople(); }

  sent() {
    this.thread.toEnd();
    this.desk.refreshChat(this.user);
  }

  fail(words) {
    this.toast(words, false, true);
  }

  // answered ends the wait of a tapped button and shows what the bot said to the tap.
  answered(text, alert) {
    this.#endWaits();
    if (text) this.toast(text, alert);
  }

  #endWaits() {
    for (const node of this.el.querySelectorAll(".key[aria-busy]")) node.removeAttribute("aria-busy");
  }

  toast(text, alert = false, wrong = false) {
    if (alert) return this.#alert(text);
    const node = el("p", { class: wrong ? "toast wrong" : "toast" }, text);
    this.toasts.append(node);
    while (this.toasts.children.length > 3) this.toasts.firstChild.remove();
    setTimeout(() => node.remove(), wrong ? 7000 : 3500);
  }

  #alert(text) {
    const before = document.activeElement;
    const close = () => {
      node.remove();
      this.#alerts.splice(this.#alerts.indexOf(node), 1);
      before?.focus?.();
    };
    const button = el("button", { type: "button", class: "filled", onclick: close }, t("ok"));
    const node = el("div", { class: "alert" },
      el("div", { role: "alertdialog", "aria-modal": "true", "aria-label": this.botName() }, el("p", {}, text), button));
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      // The only stop inside the alert is its button.
      if (event.key === "Tab") event.preventDefault();
    });
    this.#alerts.push(node);
    this.screen.append(node);
    button.focus();
  }

  #choosePerson(button) {
    const people = this.desk.people();
    const items = ["member", "partner", "leader", "secretary", "officer", "director", "office", "stranger"].flatMap((role) => {
      const group = people.filter((person) => person.role === role);
      if (group.length === 0) return [];
      return [{ label: t(role) }, ...group.map((person) => ({
        label: person.name,
        note: this.desk.holder(person.id, this) ? "⇄" : "",
        checked: person.id === this.user,
        dot: this.desk.isStale(person.id),
        run: () => this.desk.take(this, person.id),
      }))];
    });
    openMenu(button, items, { filter: people.length > 12, label: t("switchPerson") });
  }

  #more(button) {
    openMenu(button, [
      { label: t("switchPerson"), icon: "person", run: () => this.#choosePerson(button) },
      { label: t("openLink"), icon: "link", run: () => this.#askLink() },
      this.person.blocked
        ? { label: t("unblock"), icon: "stop", run: () => this.#block(false) }
        : { label: t("block"), icon: "stop", danger: true, run: () => this.#block(true) },
    ], { label: t("more") });
  }

  #askLink() {
    askLine(t("linkTitle"), t("linkLabel"), t("open"), (line) => {
      const url = safeAddress(line) ?? safeAddress(`https://${line}`);
      this.#start((url && this.#payload(url)) ?? line.replace(/^.*start=/, ""));
    });
  }

  async #block(blocked) {
    try {
      await api.block(this.user, blocked);
      await this.desk.refreshPeople();
    } catch (error) {
      this.fail(error.message);
    }
  }
}
