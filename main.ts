import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
console.log(mkdirSync, rmSync, writeFileSync);
