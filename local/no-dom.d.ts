// Two XML libraries bring the types of a browser's whole DOM along, and with them another Headers and another CryptoKey than Node's.
// tsconfig.json leads their types here: nobody calls these libraries directly.
export {};
