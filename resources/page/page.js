"use strict";
(() => {
const SHADES = {
  light: ["#ffffff", "#d6e0fa", "#aec2f3", "#88a3ea", "#6383e1", "#4162d6", "#2b46b4", "#1d3085", "#101c5a"],
  dark: ["#1c2027", "#2d3548", "#404b6c", "#536192", "#6779ba", "#7c92e4", "#97aeff", "#bdccff", "#e3e9ff"],
};
const DECADES = 4; // the logarithmic scale goes from 10⁻⁴ to 1
const ZH = {
  "logarithmic": "对数刻度", "without special tokens": "隐藏特殊词元", "encoder": "编码器", "decoder": "解码器", "cross": "交叉",
  "All heads: layers down, heads across, counted from 0": "所有注意力头：纵向为层，横向为头，从 0 起数",
  "Arrows move; Enter goes to the large picture and Escape back; L changes the scale, K the kind.":
    "方向键移动；回车进入大图，Esc 返回；L 切换刻度，K 切换注意力类型。",
  "{0} attention, layer {1}, head {2}": "{0}注意力，第 {1} 层，第 {2} 头",
  "each cell shows the largest weight of a block": "每格为所在区块中的最大权重",
  "{0} → {1}: {2}": "{0} → {1}：{2}", "answer: {0}": "回答：{0}", "before: {0}": "改动前：{0}", "changed: {0}": "改动：{0}",
  "sentence vector: cosine {0} with the one before": "句向量：与改动前的余弦相似度为 {0}", "a sentence vector": "句向量",
  "weights are what the model used, to within {0}": "图中权重即模型所用，误差不超过 {0}", "loss {0}": "损失 {0}", "at most {0}": "至多 {0}",
  "All heads of {0}. Arrows move.": "{0}的所有注意力头。用方向键移动。",
  "Move over a cell to read its weight.": "将指针移到格子上查看权重。",
};
const data = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const see = { kind: 0, layer: 0, head: 0, cell: null, log: false, hide: false, chinese: navigator.language.startsWith("zh") };

const say = (text, ...values) =>
  ((see.chinese && ZH[text]) || text).replace(/\{(\d)\}/g, (_, number) => values[number]);
const apart = (text) => `“\u2068${text}\u2069”`; // its direction of writing ends where it ends
const told = (value) => (value === 0 || value >= 0.001 ? String(+value.toPrecision(4)) : value.toExponential(2));

// -- what was embedded -------------------------------------------------------------------------------------------

function bytes(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text).buffer;
  const raw = atob(text), out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out.buffer;
}

function half(bits) { // a float16 between 0 and 1
  const exponent = bits >> 10, fraction = bits & 1023;
  return exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : fraction * 2 ** -24;
}

const CODES = { // as weights are embedded; a larger weight is a larger number in each, so the largest is found before decoding
  f4: { array: Float32Array, value: (stored) => stored },
  f2: { array: Uint16Array, value: half, most: 0x3c00 },
  u1: { array: Uint8Array, value: (stored) => (stored / 255) ** 2, most: 255 },
};

function stored(kind) { // the weights as they were embedded, from when they are first looked at
  if (!kind.stored) {
    kind.stored = new CODES[kind.code].array(bytes(kind.data));
    kind.data = null;
  }
  return kind.stored;
}

const kindNow = () => data.kinds[see.kind];
const block = (place, parts, size) => [Math.floor((place * size) / parts), Math.floor(((place + 1) * size) / parts)];

function axis(tokens, parts, places) { // which rows or columns are shown, with their names
  const special = new Set(places), found = [];
  for (let place = 0; place < parts; place++) {
    const [start, end] = block(place, parts, tokens.length);
    if (see.hide && end - start === 1 && special.has(start)) continue;
    found.push({ place, name: end - start > 1 ? `${start}–${end - 1} ${tokens[start]} …` : tokens[start], start, end });
  }
  return found.length ? found : [{ place: 0, name: tokens[0], start: 0, end: 1 }];
}

// -- drawing -----------------------------------------------------------------------------------------------------

function shades() { // 256 colours as bytes
  const stops = SHADES[dark.matches ? "dark" : "light"].map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
  const out = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * (stops.length - 1), low = Math.min(Math.floor(place), stops.length - 2);
    for (let c = 0; c < 3; c++) out[i * 3 + c] = stops[low][c] + (place - low) * (stops[low + 1][c] - stops[low][c]);
  }
  return out;
}

const strength = (value) => !see.log ? Math.min(1, value) : value > 0 ? Math.max(0, 1 + Math.log10(value) / DECADES) : 0;

function shader(kind) { // from a stored weight to the place of its colour
  const { value, most } = CODES[kind.code], place = (cell) => Math.round(255 * strength(value(cell))) * 3;
  if (!most) return place;
  const known = Uint16Array.from({ length: most + 1 }, (_, cell) => place(cell));
  return (cell) => known[cell];
}

const placesOf = (shown) => Int32Array.from(shown, ({ place }) => place);

function covered(cells, pixels) { // the first and the end of the cells under each pixel
  const out = new Int32Array(2 * pixels);
  for (let i = 0; i < pixels; i++) {
    out[2 * i] = Math.floor((i * cells) / pixels);
    out[2 * i + 1] = Math.max(out[2 * i] + 1, Math.floor(((i + 1) * cells) / pixels));
  }
  return out;
}

function painter(context, kind, rows, columns, width, height) { // draws heads of this size: the first of its cells, and where
  // One pixel is one cell, or the largest of the cells it covers: a thin diagonal never fades.
  const table = shades(), shade = shader(kind), cells = stored(kind), image = context.createImageData(width, height);
  const down = placesOf(rows), across = placesOf(columns), high = covered(rows.length, height), wide = covered(columns.length, width);
  const line = new cells.constructor(columns.length), ink = image.data;
  return (first, x, y) => {
    for (let j = 0, pixel = 0; j < height; j++) {
      line.fill(0); // the largest of the rows under this line of pixels
      for (let r = high[2 * j]; r < high[2 * j + 1]; r++) {
        const row = first + down[r] * kind.columns;
        for (let c = 0; c < line.length; c++) {
          const cell = cells[row + across[c]];
          if (cell > line[c]) line[c] = cell;
        }
      }
      for (let i = 0; i < width; i++, pixel += 4) {
        let most = 0;
        for (let c = wide[2 * i]; c < wide[2 * i + 1]; c++) if (line[c] > most) most = line[c];
        const at = shade(most);
        ink[pixel] = table[at]; ink[pixel + 1] = table[at + 1]; ink[pixel + 2] = table[at + 2]; ink[pixel + 3] = 255;
      }
    }
    context.putImageData(image, x, y);
  };
}

function fit(canvas, width, height) { // sharp on every screen; returns its pixels per CSS pixel
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  return ratio;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let wallPlace = null, heatPlace = null;

function drawWall() {
  const kind = kindNow(), canvas = at("wall");
  const rows = axis(kind.queries, kind.rows, kind.special_queries), columns = axis(kind.keys, kind.columns, kind.special_keys);
  const wide = document.body.clientWidth - 40, left = wide - 780; // what is left beside the large picture, or a row of its own
  const room = Math.min(760, left >= 380 ? left : wide), margin = 24, gap = 3;
  const side = Math.max(14, Math.min(110, Math.floor((room - margin) / kind.heads.length) - gap));
  const ratio = fit(canvas, margin + kind.heads.length * (side + gap), margin + kind.layers.length * (side + gap));
  const context = canvas.getContext("2d"), pixels = Math.round(side * ratio);
  context.font = `${11 * ratio}px system-ui, sans-serif`;
  context.fillStyle = colour("--muted");
  context.textAlign = "center";
  context.textBaseline = "middle";
  kind.heads.forEach((head, j) => context.fillText(head, (margin + j * (side + gap) + side / 2) * ratio, 12 * ratio));
  kind.layers.forEach((layer, i) => context.fillText(layer, 12 * ratio, (margin + i * (side + gap) + side / 2) * ratio));
  const size = kind.rows * kind.columns, paint = painter(context, kind, rows, columns, pixels, pixels);
  const [chosen, other] = [colour("--accent"), colour("--line")];
  kind.layers.forEach((_, i) => kind.heads.forEach((_, j) => {
    const x = Math.round((margin + j * (side + gap)) * ratio), y = Math.round((margin + i * (side + gap)) * ratio);
    paint((i * kind.heads.length + j) * size, x, y);
    const mine = i === see.layer && j === see.head;
    context.strokeStyle = mine ? chosen : other;
    context.lineWidth = (mine ? 2.5 : 1) * ratio;
    context.strokeRect(x - ratio, y - ratio, pixels + 2 * ratio, pixels + 2 * ratio);
  }));
  wallPlace = { margin, step: side + gap };
  canvas.setAttribute("aria-label", say("All heads of {0}. Arrows move.", say(kind.kind)));
}

function drawHeat() {
  const kind = kindNow(), canvas = at("heat");
  const rows = axis(kind.queries, kind.rows, kind.special_queries), columns = axis(kind.keys, kind.columns, kind.special_keys);
  const longest = Math.max(rows.length, columns.length), margin = 110;
  const step = Math.max(1, Math.min(26, Math.floor(620 / longest)) || 620 / longest);
  const width = Math.min(720, Math.round(columns.length * step)), height = Math.min(720, Math.round(rows.length * step));
  const ratio = fit(canvas, margin + width + 2, margin + height + 2), context = canvas.getContext("2d");
  const first = (see.layer * kind.heads.length + see.head) * kind.rows * kind.columns;
  const paint = painter(context, kind, rows, columns, Math.round(width * ratio), Math.round(height * ratio));
  paint(first, Math.round(margin * ratio), Math.round(margin * ratio));
  context.scale(ratio, ratio);
  context.strokeStyle = colour("--line");
  context.strokeRect(margin - 0.5, margin - 0.5, width + 1, height + 1);
  context.font = "12px system-ui, sans-serif";
  context.direction = "ltr";
  context.textBaseline = "middle";
  const label = (names, size, horizontal) => {
    const every = Math.ceil(13 / (size / names.length)), marked = see.cell ? (horizontal ? see.cell.column : see.cell.row) : -1;
    const write = (i, ink) => {
      context.save();
      const middle = margin + ((i + 0.5) * size) / names.length;
      if (horizontal) { context.translate(middle, margin - 5); context.rotate(-Math.PI / 2); context.textAlign = "left"; }
      else { context.translate(margin - 5, middle); context.textAlign = "right"; }
      if (i === marked) { // it stands over its neighbours where there is no room for all
        context.fillStyle = colour("--ground");
        context.fillRect(horizontal ? 0 : -margin, -8, margin, 16);
      }
      context.fillStyle = ink;
      context.fillText(short(context, names[i].name, margin - 8), 0, 0);
      context.restore();
    };
    const ink = colour("--text");
    for (let i = 0; i < names.length; i += every) if (i !== marked) write(i, ink);
    if (marked >= 0) write(marked, colour("--accent"));
  };
  label(columns, width, true);
  label(rows, height, false);
  if (see.cell) {
    const { row, column } = see.cell;
    context.strokeStyle = colour("--accent");
    context.lineWidth = 1.5;
    context.strokeRect(margin + (column * width) / columns.length, margin + (row * height) / rows.length,
      Math.max(2, width / columns.length), Math.max(2, height / rows.length));
  }
  heatPlace = { margin, width, height, rows, columns, first };
  tell(kind);
}

function short(context, name, room) { // a token that fits, its control characters made visible
  let text = Array.from(name.slice(0, 60), (c) => (c < " " ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : c));
  if (context.measureText(text.join("")).width <= room) return text.join("");
  while (text.length > 1 && context.measureText(text.join("") + "…").width > room) text.pop();
  return text.join("") + "…";
}

function tell(kind) { // in words, what the pictures show
  const blocks = kind.rows < kind.queries.length || kind.columns < kind.keys.length;
  const name = say("{0} attention, layer {1}, head {2}", say(kind.kind), kind.layers[see.layer], kind.heads[see.head]);
  at("which").textContent = blocks ? `${name} · ${say("each cell shows the largest weight of a block")}` : name;
  at("heat").setAttribute("aria-label", name);
  if (!see.cell) { at("cell").textContent = say("Move over a cell to read its weight."); return; }
  const row = heatPlace.rows[see.cell.row], column = heatPlace.columns[see.cell.column];
  const value = CODES[kind.code].value(stored(kind)[heatPlace.first + row.place * kind.columns + column.place]);
  const shown = (kind.code === "u1" ? "≈ " : "") + told(value);
  at("cell").textContent = say("{0} → {1}: {2}", apart(row.name), apart(column.name), blocks ? say("at most {0}", shown) : shown);
}

function words() { // everything that is written
  document.documentElement.lang = see.chinese ? "zh-CN" : "en";
  at("language").textContent = see.chinese ? "English" : "中文";
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
  at("model").textContent = data.model;
  at("text").textContent = data.pair ? `${data.text}\n${data.pair}` : data.text;
  const answer = (value) => value.said || (value.kind === "vector" ? say("a sentence vector") : "")
    || (value.loss === null ? "" : say("loss {0}", told(value.loss)));
  const likely = data.answer.likely.map(([name, share]) => (name ? `${name} ${told(share)}` : told(share))).join(", ");
  const parts = [say("answer: {0}", likely || answer(data.answer))];
  if (data.before && data.cosine === null) parts.push(say("before: {0}", answer(data.before)));
  if (data.changes.length) parts.push(say("changed: {0}", data.changes.join(", ")));
  if (data.cosine !== null) parts.push(say("sentence vector: cosine {0} with the one before", data.cosine.toFixed(4)));
  const trust = kindNow().trust;
  if (trust !== null) parts.push(say("weights are what the model used, to within {0}", trust.toExponential(1)));
  at("answer").textContent = parts.join(" · ");
  at("ends").textContent = see.log ? "10⁻⁴ – 1" : "0 – 1";
  at("remarks").replaceChildren(...data.remarks.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  at("kinds").replaceChildren(...data.kinds.map((kind, i) => {
    const tab = Object.assign(document.createElement("button"), { type: "button", textContent: say(kind.kind) });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(i === see.kind));
    tab.addEventListener("click", () => choose(i, 0, 0));
    return tab;
  }));
  const pairs = data.provenance.flatMap(([name, value]) => [["dt", name], ["dd", value]]);
  at("provenance").replaceChildren(...pairs.map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text })));
  const context = at("scale").getContext("2d"), table = shades();
  for (let i = 0; i < 160; i++) {
    const shade = Math.round((i / 159) * 255) * 3;
    context.fillStyle = `rgb(${table[shade]},${table[shade + 1]},${table[shade + 2]})`;
    context.fillRect(i, 0, 1, 12);
  }
}

function draw() { words(); drawWall(); drawHeat(); }

// -- hands -------------------------------------------------------------------------------------------------------

const within = (value, size) => Math.max(0, Math.min(size - 1, value));

function choose(kind, layer, head) {
  if (kind !== see.kind) see.cell = null;
  see.kind = kind;
  see.layer = within(layer, kindNow().layers.length);
  see.head = within(head, kindNow().heads.length);
  draw();
}

function point(row, column) {
  see.cell = { row: within(row, heatPlace.rows.length), column: within(column, heatPlace.columns.length) };
  drawHeat();
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = ARROWS[event.key], heat = document.activeElement === at("heat"), wall = document.activeElement === at("wall");
  if (arrow && wall) choose(see.kind, see.layer + arrow[0], see.head + arrow[1]);
  else if (arrow && heat) see.cell ? point(see.cell.row + arrow[0], see.cell.column + arrow[1]) : point(0, 0);
  else if (event.key === "Enter" && wall) at("heat").focus();
  else if (event.key === "Escape") at("wall").focus();
  else if (event.key === "l" || event.key === "L") at("log").click();
  else if (event.key === "k" || event.key === "K") choose((see.kind + 1) % data.kinds.length, 0, 0);
  else return;
  event.preventDefault();
}

at("wall").addEventListener("click", ({ offsetX, offsetY }) => {
  const { margin, step } = wallPlace;
  if (offsetX >= margin && offsetY >= margin) choose(see.kind, Math.floor((offsetY - margin) / step), Math.floor((offsetX - margin) / step));
});
at("heat").addEventListener("pointermove", ({ offsetX, offsetY }) => {
  const { margin, width, height, rows, columns } = heatPlace;
  const row = Math.floor(((offsetY - margin) / height) * rows.length), column = Math.floor(((offsetX - margin) / width) * columns.length);
  if (row < 0 || column < 0 || row >= rows.length || column >= columns.length) return;
  if (!see.cell || see.cell.row !== row || see.cell.column !== column) point(row, column);
});
at("log").addEventListener("change", ({ target }) => { see.log = target.checked; draw(); });
at("hide").addEventListener("change", ({ target }) => { see.hide = target.checked; see.cell = null; draw(); });
at("language").addEventListener("click", () => { see.chinese = !see.chinese; draw(); });
document.addEventListener("keydown", keys);
window.addEventListener("resize", draw);
dark.addEventListener("change", draw);
draw();
document.documentElement.dataset.drawn = String(Math.round(performance.now())); // ms from navigation to the picture
})();
