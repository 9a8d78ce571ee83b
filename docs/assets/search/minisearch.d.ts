/* What search-index.js uses of MiniSearch. */
export default class MiniSearch {
  constructor(options: {
    fields: string[];
    storeFields: string[];
    stringifyField: (value: any, field: string) => any;
    processTerm: (term: string) => string;
    tokenize: (value: any, field?: string) => string[];
  });
  addAll(documents: object[]): void;
  search(query: string, options: {
    tokenize: (value: string) => string[];
    boost: Record<string, number>;
    boostDocument: (id: string, term: string, stored: any) => number;
    prefix: (term: string) => boolean;
    fuzzy: (term: string) => number | false;
  }): any[];
}
