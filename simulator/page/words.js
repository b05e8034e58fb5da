// The page's own words. What the bot says comes from the server and is never translated here.

const zh = {
  clock: "模拟时间", plus1: "+1 分钟", plus15: "+15 分钟", plus60: "+1 小时",
  evening: "当日 17:30", nextEvening: "次日 17:30", tomorrow: "次日 08:00", monday: "过周末", pickTime: "选择时间",
  setTime: "拨到这个时间", pickNote: "上海时间。时钟只往前走。",
  otherLanguage: "Switch the page to English", languageMark: "EN", theme: "浅色或深色",
  hint: "第一次来？点“开始 /start”，跟着按钮记一次走访；照片、语音、文件都能发。每部手机可以换人，时间可以往前拨。",
  hide: "不再显示", phones: "手机", more: "更多", messages: "消息", earlier: "更早的消息",
  emptyChat: "还没有消息", start: "开始 /start", blockedNote: "你已屏蔽这个机器人", unblock: "解除屏蔽",
  block: "屏蔽机器人", switchPerson: "换一个人…", filterPeople: "找人", openLink: "打开邀请链接…",
  linkTitle: "打开邀请链接", linkLabel: "链接，或 start= 后面的部分", open: "打开",
  commands: "命令", noCommands: "没有命令", write: "消息", attach: "附件", send: "发送", record: "语音",
  recording: "模拟录音", sendVoice: "发送语音", cancel: "取消", photos: "照片（最多 10 张）", file: "文件",
  reply: "回复", edit: "编辑", copy: "复制文字", copied: "已复制", messageMenu: "消息菜单",
  replyTo: "回复", editing: "编辑消息", edited: "已编辑", bot: "机器人", typing: "正在输入",
  photo: "照片", voice: "语音", document: "文件", sticker: "消息", you: "你", deleted: "消息已删除",
  newest: "新消息", toBottom: "到最新", enlarge: "放大照片", close: "关闭", previous: "上一张", next: "下一张",
  ok: "好", today: "今天", yesterday: "昨天",
  tooMany: "一次最多 10 个文件", tooBig: "单个文件不能超过 20 MB",
  connected: "已连接", waiting: "正在连接…", lost: "连接断开，正在重连…", unreachable: "连不上演示服务器",
  member: "走访党员", leader: "组长", office: "活动办公室", stranger: "陌生人",
  partner: "同组党员", secretary: "支部书记", officer: "商标科", director: "局领导",
  themeAuto: "跟随系统", themeLight: "浅色", themeDark: "深色", spoiler: "显示隐藏内容", reaction: "回应",
  play: "播放或暂停",
};

const en = {
  clock: "Simulated time", plus1: "+1 min", plus15: "+15 min", plus60: "+1 h",
  evening: "Today 17:30", nextEvening: "Next day 17:30", tomorrow: "Next day 08:00", monday: "Next Monday", pickTime: "Choose a time",
  setTime: "Move to this time", pickNote: "Shanghai time. The clock only moves forward.",
  otherLanguage: "页面换成中文", languageMark: "中", theme: "Light or dark",
  hint: "New here? Tap “Start” and follow the buttons to report a visit; photos, voice notes and files work too. Each phone can change hands, and the clock can be moved forward.",
  hide: "Do not show again", phones: "Phones", more: "More", messages: "Messages", earlier: "Earlier messages",
  emptyChat: "No messages yet", start: "Start", blockedNote: "You have blocked this bot", unblock: "Unblock",
  block: "Block the bot", switchPerson: "Another person…", filterPeople: "Find a person", openLink: "Open an invitation link…",
  linkTitle: "Open an invitation link", linkLabel: "The link, or what follows start=", open: "Open",
  commands: "Commands", noCommands: "No commands", write: "Message", attach: "Attach", send: "Send", record: "Voice note",
  recording: "Pretend recording", sendVoice: "Send voice note", cancel: "Cancel", photos: "Photos (up to 10)", file: "File",
  reply: "Reply", edit: "Edit", copy: "Copy text", copied: "Copied", messageMenu: "Message menu",
  replyTo: "Reply to", editing: "Edit message", edited: "edited", bot: "bot", typing: "typing",
  photo: "Photo", voice: "Voice note", document: "File", sticker: "Message", you: "You", deleted: "Deleted message",
  newest: "new", toBottom: "To the newest", enlarge: "Enlarge photo", close: "Close", previous: "Previous", next: "Next",
  ok: "OK", today: "Today", yesterday: "Yesterday",
  tooMany: "At most 10 files at once", tooBig: "A file can have at most 20 MB",
  connected: "Connected", waiting: "Connecting…", lost: "Connection lost, trying again…", unreachable: "The demo server does not answer",
  member: "Member", leader: "Group leader", office: "Office", stranger: "Stranger",
  partner: "Colleague", secretary: "Branch secretary", officer: "Trademark officer", director: "Bureau leader",
  themeAuto: "as the system", themeLight: "light", themeDark: "dark", spoiler: "Show hidden text", reaction: "Reaction",
  play: "Play or pause",
};

const ZONE = "Asia/Shanghai";
const languages = { zh: words(zh, "zh-Hans-CN"), en: words(en, "en-GB") };
let current = languages.zh;

function words(table, locale) {
  const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
  return {
    table,
    locale,
    time: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    day: format({ month: "long", day: "numeric", weekday: "long" }),
    otherYear: format({ year: "numeric", month: "long", day: "numeric", weekday: "short" }),
    full: format({ year: "numeric", month: "long", day: "numeric", weekday: "long" }),
  };
}

const dayKeyFormat = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });

export function t(key) {
  return current.table[key] ?? key;
}

export function language() {
  return current === languages.en ? "en" : "zh";
}

export function setLanguage(name) {
  current = languages[name] ?? languages.zh;
  document.documentElement.lang = name === "en" ? "en" : "zh-Hans";
}

// translate fills every element below root that names its words, so that the language can change
// under a half-typed message without rebuilding anything.
export function translate(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    const label = t(node.dataset.tLabel);
    node.setAttribute("aria-label", label);
    if (node.matches("button")) node.title = label;
  }
  for (const node of root.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
}

export const timeOf = (date) => current.time.format(date);
export const dateOf = (date) => apart(current.full.format(date));

// dayKey is YYYY-MM-DD in Shanghai, whatever zone the browser is in.
export const dayKey = (date) => dayKeyFormat.format(date);

export function dayName(date, now) {
  const key = dayKey(date);
  if (key === dayKey(now)) return t("today");
  if (key === dayKey(new Date(now.getTime() - 86_400_000))) return t("yesterday");
  const sameYear = key.slice(0, 4) === dayKey(now).slice(0, 4);
  return apart((sameYear ? current.day : current.otherYear).format(date));
}

// Chinese formats run the weekday into the date.
const apart = (words) => words.replace(/日(?=星期|周)/, "日 ");
