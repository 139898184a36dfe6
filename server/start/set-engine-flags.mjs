import { setFlagsFromString } from 'node:v8';

// V8 optimises the database's WebAssembly so eagerly that the start waits for it; what is really hot is optimised all the same.
setFlagsFromString('--wasm-tiering-budget=100000000');
// A fifth more than what was alive: without a bound, the waste of many streams held at once is collected late.
setFlagsFromString('--heap-growing-percent=20');
