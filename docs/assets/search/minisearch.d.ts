/* What search-index.js uses of MiniSearch. */
export default class MiniSearch {
  constructor(options: {
    idField: string;
    fields: string[];
    storeFields: string[];
    extractField: (entry: any, field: string) => any;
    stringifyField: (value: any, field: string) => any;
    processTerm: (term: string) => string;
    tokenize: (value: any, field?: string) => string[];
  });
  add(document: object): void;
  search(query: string, options: {
    tokenize: (value: string) => string[];
    boost: Record<string, number>;
    boostTerm: (term: string) => number;
    boostDocument: (id: string, term: string, stored: any) => number;
    prefix: (term: string) => boolean;
    fuzzy: (term: string) => number | false;
  }): any[];
}
