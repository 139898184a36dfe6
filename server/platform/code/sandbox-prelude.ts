/**
 * What code in the sandbox finds beside the language itself, written in the sandbox's own JavaScript.
 *
 * It evaluates to a function of (material as JSON, emit) that puts the names in place and returns the function that turns the
 * last value into JSON. What it needs of the language is taken first, so that code which changes `Array.prototype` or
 * `JSON` changes only what it sees itself.
 */
export const sandboxPrelude = String.raw`(() => {
  'use strict';
  const { stringify, parse } = JSON;
  const { create, defineProperty, freeze, getPrototypeOf, keys, setPrototypeOf } = Object;
  const { isArray } = Array;
  const text = String;
  const KnownMap = Map, KnownSet = Set, KnownError = Error, KnownDate = Date;
  const call = Function.prototype.call;
  const bound = (method) => call.bind(method);
  const entriesOf = bound(Map.prototype.entries), valuesOf = bound(Set.prototype.values);
  const toIso = bound(Date.prototype.toISOString), timeOf = bound(Date.prototype.getTime);
  const nextOfMap = bound(getPrototypeOf(new Map().entries()).next), nextOfSet = bound(getPrototypeOf(new Set().values()).next);
  const has = bound(WeakSet.prototype.has), add = bound(WeakSet.prototype.add), remove = bound(WeakSet.prototype.delete);
  const Seen = WeakSet;
  const test = bound(RegExp.prototype.test);
  const deepest = 60;

  /** A value as JSON has it: dates, big numbers, maps and sets in words, and a mark where JSON has no end. */
  function toPlain(value, depth, seen) {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return value - value === 0 ? value : text(value);
      case 'bigint':
        return text(value);
      case 'symbol':
        return text(value);
      case 'function':
        return '[function]';
      case 'undefined':
        return null;
    }
    if (value === null) return null;
    if (value instanceof KnownDate) return timeOf(value) - timeOf(value) === 0 ? toIso(value) : 'Invalid Date';
    if (value instanceof KnownError) return text(value);
    if (depth > deepest) return '[nested too deeply]';
    if (has(seen, value)) return '[circular]';
    add(seen, value);
    let made;
    // Without prototypes, so that nobody's toJSON is asked.
    if (isArray(value)) {
      made = setPrototypeOf([], null);
      for (let place = 0; place < value.length; place += 1) put(made, place, toPlain(value[place], depth + 1, seen));
    } else if (value instanceof KnownMap) {
      made = create(null);
      const entries = entriesOf(value);
      for (let step = nextOfMap(entries); !step.done; step = nextOfMap(entries))
        put(made, text(step.value[0]), toPlain(step.value[1], depth + 1, seen));
    } else if (value instanceof KnownSet) {
      made = setPrototypeOf([], null);
      const values = valuesOf(value);
      for (let step = nextOfSet(values); !step.done; step = nextOfSet(values))
        put(made, made.length, toPlain(step.value, depth + 1, seen));
    } else {
      made = create(null);
      const names = keys(value);
      for (let place = 0; place < names.length; place += 1)
        put(made, names[place], toPlain(value[names[place]], depth + 1, seen));
    }
    remove(seen, value);
    return made;
  }

  function put(target, key, value) {
    defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  }

  const toJson = (value) => stringify(toPlain(value, 0, new Seen()));

  function toText(value) {
    if (typeof value === 'string') return value;
    return typeof value === 'object' && value !== null ? toJson(value) : text(value);
  }

  const plainNumber = /^[-+]?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?:e[-+]?\d{1,3})?$/i;

  function toCell(raw, numbers) {
    const trimmed = raw.trim();
    if (trimmed === '') return null;
    return numbers && test(plainNumber, trimmed) ? Number(trimmed) : raw;
  }

  function findDelimiter(source) {
    const end = source.indexOf('\n');
    const line = end === -1 ? source : source.slice(0, end);
    let best = ',';
    let most = 0;
    for (const candidate of [',', ';', '\t', '|']) {
      const count = line.split(candidate).length;
      if (count > most) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  function splitCsv(source, delimiter) {
    const rows = [];
    let row = [];
    let cell = '';
    let at = 0;
    const endRow = () => {
      row.push(cell);
      if (row.length > 1 || row[0].trim() !== '') rows.push(row);
      row = [];
      cell = '';
    };
    while (at < source.length) {
      if (source[at] === '"' && cell === '') {
        for (at += 1; ; ) {
          const quote = source.indexOf('"', at);
          if (quote === -1) {
            cell += source.slice(at);
            at = source.length;
            break;
          }
          cell += source.slice(at, quote);
          at = quote + 1;
          if (source[at] !== '"') break;
          cell += '"';
          at += 1;
        }
        continue;
      }
      let end = at;
      while (end < source.length && source[end] !== delimiter && source[end] !== '\n' && source[end] !== '\r') end += 1;
      cell += source.slice(at, end);
      at = end;
      if (at >= source.length) break;
      if (source[at] === delimiter) {
        row.push(cell);
        cell = '';
        at += 1;
        if (at >= source.length) break;
      } else {
        if (source[at] === '\r' && source[at + 1] === '\n') at += 1;
        at += 1;
        endRow();
      }
    }
    if (cell !== '' || row.length > 0) endRow();
    return rows;
  }

  function parseCsv(source, options) {
    if (typeof source !== 'string') throw new TypeError('parseCsv takes a text, such as files[0].text.');
    const { delimiter, header = true, numbers = true } = options ?? {};
    const clean = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
    const rows = splitCsv(clean, delimiter ?? findDelimiter(clean));
    if (!header) return rows.map((row) => row.map((cell) => toCell(cell, numbers)));
    const [first = [], ...rest] = rows;
    const names = [];
    for (let place = 0; place < first.length; place += 1) {
      const name = first[place].trim() === '' ? 'column ' + (place + 1) : first[place].trim();
      let free = name;
      for (let count = 2; names.includes(free); count += 1) free = name + ' ' + count;
      names.push(free);
    }
    return rest.map((row) => {
      const made = {};
      for (let place = 0; place < names.length; place += 1) put(made, names[place], toCell(row[place] ?? '', numbers));
      return made;
    });
  }

  const show = (name, value) => defineProperty(globalThis, name, { value, writable: true, configurable: true });

  return (json, emit) => {
    const material = parse(json);
    const files = material.files.map((file) => ({
      name: file.name,
      text: file.text,
      isCut: file.isCut,
      csv: (options) => parseCsv(file.text, options),
      json: () => parse(file.text),
    }));
    for (const file of files) if (!(file.name in files)) defineProperty(files, file.name, { value: file });
    const { results } = material;
    defineProperty(results, 'byTool', {
      value: (tool) => results.filter((result) => result.tool === tool).map((result) => result.output),
    });
    for (const result of results)
      if (!(result.call in results)) defineProperty(results, result.call, { value: result.output });
    const print = (...values) => {
      let line = '';
      for (let place = 0; place < values.length; place += 1) line += (place === 0 ? '' : ' ') + toText(values[place]);
      emit('print', line);
    };
    show('files', files);
    show('results', results);
    show('parseCsv', parseCsv);
    show('print', print);
    show('console', freeze({ log: print, info: print, warn: print, error: print, debug: print }));
    show('table', (rows, options) => {
      if (!isArray(rows)) throw new TypeError('table takes a list of rows: table([{ name: "a", value: 1 }], { title: "…" }).');
      emit('table', toJson({ title: options?.title ?? 'Table', rows }));
    });
    show('chart', (specification) => {
      if (typeof specification !== 'object' || specification === null || isArray(specification))
        throw new TypeError('chart takes a Vega-Lite specification with its data inline, or { title, kind, data, x, y }.');
      emit('chart', toJson(specification));
    });
    return toJson;
  };
})()`;
