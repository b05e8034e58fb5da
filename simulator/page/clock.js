// The simulated clock in the top bar. The server's clock runs on by itself; between its words the
// page counts along.

import * as api from "./api.js";
import { setText } from "./dom.js";
import { dateOf, dayKey, t, timeOf } from "./words.js";

const DAY = 86_400_000;

export class Clock {
  #base = 0;
  #since = 0;
  #day = "";

  // newDay is called when the date in Shanghai changes, fail with a sentence when the server refuses.
  constructor(root, picker, { newDay, fail }) {
    this.node = root.querySelector("[data-clock]");
    this.newDay = newDay;
    this.fail = fail;
    for (const button of root.querySelectorAll("[data-advance]")) {
      button.addEventListener("click", () => this.#move(() => api.advance(button.dataset.advance)));
    }
    this.jumps = root.querySelectorAll("[data-set]");
    for (const button of this.jumps) {
      button.addEventListener("click", () => this.#move(() => api.setClock(this.#next(button.dataset.set))));
    }
    picker.addEventListener("toggle", (event) => {
      if (event.newState === "open") picker.elements.time.value = picker.elements.time.min = `${dayKey(this.now())}T${shanghai(this.now())}`;
    });
    picker.addEventListener("submit", (event) => {
      event.preventDefault();
      picker.hidePopover();
      this.#move(() => api.setClock(`${picker.elements.time.value}:00+08:00`));
    });
    setInterval(() => { if (this.#base) this.draw(); }, 1000);
  }

  now() {
    return new Date(this.#base + performance.now() - this.#since);
  }

  set(time) {
    this.#base = Date.parse(time);
    this.#since = performance.now();
    this.draw();
  }

  draw() {
    const now = this.now();
    this.node.dateTime = `${dayKey(now)}T${shanghai(now)}+08:00`;
    setText(this.node.querySelector(".now-time"), timeOf(now));
    setText(this.node.querySelector(".now-date"), dateOf(now));
    this.#nameJumps();
    const day = dayKey(now);
    if (this.#day && day !== this.#day) this.newDay();
    this.#day = day;
  }

  // nameJumps says where each button would lead.
  #nameJumps() {
    for (const button of this.jumps) {
      const target = new Date(this.#next(button.dataset.set));
      const title = `→ ${dateOf(target)} ${timeOf(target)}`;
      if (button.title !== title) button.title = title;
      if (button.dataset.set === "17:30") {
        setText(button.querySelector(".jump-words"), t(dayKey(target) === dayKey(this.now()) ? "evening" : "nextEvening"));
      }
    }
  }

  // next is the coming "17:30", "tomorrow 08:00", or "monday 08:00" behind the coming week-end, in
  // Shanghai, which has no summer time.
  #next(wanted) {
    const time = wanted.slice(-5);
    const now = this.now();
    let days = wanted.startsWith("tomorrow") || shanghai(now) >= time ? 1 : 0;
    if (wanted.startsWith("monday")) days = 7 - (weekday(now) + 6) % 7;
    return `${dayKey(new Date(now.getTime() + days * DAY))}T${time}:00+08:00`;
  }

  async #move(act) {
    try {
      this.set((await act()).now);
    } catch (error) {
      this.fail(error.message);
    }
  }
}

// weekday counts from Sunday, in Shanghai.
const weekday = (date) => new Date(`${dayKey(date)}T00:00:00Z`).getUTCDay();
const shanghai = (date) => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
