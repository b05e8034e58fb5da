// The lower edge of a phone: writing, commands, files, voice, replies and edits.

import * as api from "./api.js";
import { el, setText } from "./dom.js";
import { openMenu } from "./menu.js";
import { duration, summary } from "./message.js";
import { voiceNote } from "./voice.js";
import { t } from "./words.js";

const MOST_FILES = 10;
const LARGEST_FILE = 20 * 1024 * 1024;
const PHOTO_TYPES = new Set(["image/jpeg", "image/png", "image/gif"]);

export class Composer {
  #about = null; // {message, editing}: what is being answered or edited
  #kind = "auto";
  #choice = -1;
  #timer = 0;
  #began = 0;

  // phone offers user, commands, refreshPeople, lastOwn, fail and sent.
  constructor(form, phone) {
    this.phone = phone;
    this.form = form;
    const part = (selector) => form.querySelector(selector);
    this.field = part("textarea");
    this.sendButton = part("[data-action=send]");
    this.recordButton = part("[data-action=record]");
    this.slash = part("[data-action=commands]");
    this.list = part(".commands");
    this.aboutBar = part(".about");
    this.files = part("[data-action=upload]");
    this.recording = part(".recording");
    this.writing = part(".writing");
    this.keys = part(".reply-keyboard");
    this.list.id = `commands-${crypto.randomUUID()}`;
    this.field.setAttribute("aria-controls", this.list.id);
    this.#listen(part);
    this.#typed();
  }

  #listen(part) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => setTimeout(() => {
      if (!this.form.contains(document.activeElement)) this.#hideCommands();
    }, 150));
    this.field.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      this.upload([...event.clipboardData.files], "auto");
    });
    this.slash.addEventListener("click", () => this.#toggleCommands());
    part("[data-action=cancel]").addEventListener("click", () => this.#forget());
    part("[data-action=attach]").addEventListener("click", (event) => this.#attach(event.currentTarget));
    this.files.addEventListener("change", () => {
      const files = [...this.files.files];
      this.files.value = "";
      this.upload(files, this.#kind);
      this.#kind = "auto";
    });
    this.files.addEventListener("cancel", () => { this.#kind = "auto"; });
    this.recordButton.addEventListener("click", () => this.#record());
    part("[data-action=cancel-voice]").addEventListener("click", () => this.#stopRecording());
    part("[data-action=send-voice]").addEventListener("click", () => {
      const seconds = Math.max(1, Math.round((performance.now() - this.#began) / 1000));
      this.#stopRecording();
      this.upload([voiceNote(seconds)], "voice");
    });
  }

  get draft() {
    return this.field.value;
  }

  // reset empties the composer for another person, with that person's unfinished words.
  reset(draft) {
    this.#stopRecording();
    this.#about = null;
    this.#showAbout();
    this.#write(draft);
    this.#hideCommands();
  }

  // follow takes what the chat says about the composer: the reply keyboard, and messages gone.
  follow(chat) {
    const rows = chat.messages.findLast((message) => message.reply_keyboard)?.reply_keyboard ?? [];
    const shown = JSON.stringify(rows);
    if (this.keys.dataset.shown !== shown) {
      this.keys.dataset.shown = shown;
      this.keys.hidden = rows.length === 0;
      this.keys.replaceChildren(...rows.map((row) => el("div", {}, ...row.map((text) =>
        el("button", { type: "button", onclick: () => this.#post(text) }, text)))));
    }
    if (this.#about && !chat.messages.some((message) => message.id === this.#about.message.id)) this.#forget();
  }

  reply(message) {
    this.#about = { message, editing: false };
    this.#showAbout();
    this.field.focus();
  }

  edit(message) {
    this.#about = { message, editing: true };
    this.#showAbout();
    this.#write(message.text);
    this.field.focus();
  }

  redraw() {
    this.#showAbout();
    if (!this.list.hidden) this.showCommands();
  }

  // command sends a command as if it had been typed.
  command(text) {
    return this.#post(text);
  }

  async upload(files, wanted) {
    if (files.length === 0) return;
    if (files.length > MOST_FILES) return this.phone.fail(t("tooMany"));
    if (files.some((file) => file.size > LARGEST_FILE)) return this.phone.fail(t("tooBig"));
    const photos = files.every((file) => PHOTO_TYPES.has(file.type));
    const kind = wanted === "auto" ? (photos ? "photo" : "document") : wanted;
    const caption = kind === "voice" || this.#about?.editing ? "" : this.draft.trim();
    if (caption) this.#write("");
    this.form.setAttribute("aria-busy", "true");
    try {
      await api.upload(this.phone.user, kind, caption, files);
      this.phone.sent();
    } catch (error) {
      if (caption && !this.draft) this.#write(caption);
      this.phone.fail(error.message);
    } finally {
      this.form.removeAttribute("aria-busy");
    }
  }

  #attach(button) {
    const pick = (kind, accept) => {
      this.#kind = kind;
      this.files.accept = accept;
      this.files.click();
    };
    openMenu(button, [
      { label: t("photos"), icon: "picture", run: () => pick("auto", [...PHOTO_TYPES].join(",")) },
      { label: t("file"), icon: "page", run: () => pick("document", "") },
    ], { label: t("attach") });
  }

  async #submit() {
    const text = this.draft.trim();
    if (!text) return;
    const about = this.#about;
    this.#write("");
    this.#forget();
    this.field.focus();
    if (about?.editing) {
      if (text === about.message.text) return;
      await this.#attempt(() => api.edit(this.phone.user, about.message.id, text), () => {
        this.edit(about.message);
        this.#write(text);
      });
      return;
    }
    await this.#post(text, about?.message.id);
  }

  #post(text, replyTo) {
    this.#hideCommands();
    return this.#attempt(async () => {
      await api.send(this.phone.user, text, replyTo);
      this.phone.sent();
    }, () => { if (!this.draft) this.#write(text); });
  }

  async #attempt(act, undo) {
    try {
      await act();
    } catch (error) {
      undo();
      this.phone.fail(error.message);
    }
  }

  #write(text) {
    this.field.value = text;
    this.#typed();
  }

  #typed() {
    const words = this.draft.trim() !== "";
    const editing = Boolean(this.#about?.editing);
    this.sendButton.hidden = !words && !editing;
    this.recordButton.hidden = words || editing;
    // A hidden phone measures zero; the height is set when it is next typed into.
    this.field.style.height = "auto";
    if (this.field.scrollHeight > 0) this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
    if (/^\/[a-z0-9_]*$/i.test(this.draft)) this.showCommands();
    else this.#hideCommands();
  }

  #key(event) {
    // Enter also ends the choice of a Chinese input method; that one is not ours.
    if (event.isComposing || event.keyCode === 229) return;
    const options = [...this.list.querySelectorAll("button")];
    const open = !this.list.hidden && options.length > 0;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (open && step) {
      event.preventDefault();
      this.#choose(options, (this.#choice + step + options.length) % options.length);
    } else if (open && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.#write(`/${options[Math.max(0, this.#choice)].dataset.command}`);
    } else if (open && event.key === "Enter" && this.#choice >= 0) {
      event.preventDefault();
      options[this.#choice].click();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape") {
      if (!this.list.hidden) this.#hideCommands();
      else if (this.#about) this.#forget();
    } else if (event.key === "ArrowUp" && !this.draft && !this.#about) {
      const own = this.phone.lastOwn();
      if (!own) return;
      event.preventDefault();
      this.edit(own);
    }
  }

  #choose(options, index) {
    this.#choice = index;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    options[index].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", options[index].id);
  }

  #toggleCommands() {
    if (!this.list.hidden) return this.#hideCommands();
    this.phone.refreshPeople();
    this.showCommands();
    this.field.focus();
  }

  // showCommands lists the person's commands; while a command is typed, only those that fit.
  showCommands() {
    const typed = this.draft.startsWith("/") ? this.draft.slice(1).toLowerCase() : "";
    if (this.draft === "/" && this.list.hidden) this.phone.refreshPeople();
    const fitting = this.phone.commands.filter(({ command }) => command.startsWith(typed));
    if (fitting.length === 0 && typed) return this.#hideCommands();
    this.#choice = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.list.hidden = false;
    this.slash.setAttribute("aria-expanded", "true");
    this.list.replaceChildren(...(fitting.length > 0 ? fitting.map((item, i) => this.#commandRow(item, i)) : [el("p", {}, t("noCommands"))]));
  }

  #commandRow({ command, description }, index) {
    const row = el("button", {
      type: "button", role: "option", tabindex: "-1", id: `${this.list.id}-${index}`, "data-command": command, "aria-selected": "false",
      onclick: () => {
        this.#write("");
        this.#post(`/${command}`);
        this.field.focus();
      },
    }, el("b", {}, `/${command}`), el("span", {}, description));
    return row;
  }

  #hideCommands() {
    this.list.hidden = true;
    this.#choice = -1;
    this.slash.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  #forget() {
    const editing = this.#about?.editing;
    this.#about = null;
    this.#showAbout();
    if (editing) this.#write("");
  }

  #showAbout() {
    this.aboutBar.hidden = !this.#about;
    if (!this.#about) return;
    setText(this.aboutBar.querySelector(".about-what"), t(this.#about.editing ? "editing" : "replyTo"));
    setText(this.aboutBar.querySelector(".about-text"), summary(this.#about.message).slice(0, 120));
  }

  #record() {
    this.#began = performance.now();
    this.writing.hidden = true;
    this.recording.hidden = false;
    const time = this.recording.querySelector(".recording-time");
    const show = () => setText(time, duration((performance.now() - this.#began) / 1000));
    show();
    this.#timer = setInterval(show, 250);
    this.recording.querySelector("[data-action=send-voice]").focus();
  }

  #stopRecording() {
    clearInterval(this.#timer);
    this.writing.hidden = false;
    this.recording.hidden = true;
  }
}
