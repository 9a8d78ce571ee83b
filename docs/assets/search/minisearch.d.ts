/* What search-index.js uses of MiniSearch. */
type FieldValue = string | string[];
export default class MiniSearch {
  constructor(options: {
    idField: string;
    fields: string[];
    storeFields: string[];
    extractField: (
      entry: SearchEntry,
      field: "at" | "title" | "asked" | "ask" | "text" | "related",
    ) => FieldValue | undefined;
    stringifyField: (value: FieldValue, field: string) => FieldValue;
    processTerm: (term: string) => string;
    tokenize: (value: FieldValue, field?: string) => string[];
  });
  add(document: SearchEntry): void;
  search(query: string, options: {
    tokenize: (value: string) => string[];
    boost: Record<string, number>;
    boostTerm: (term: string) => number;
    boostDocument: (id: string, term: string, stored: Partial<SearchHit>) => number;
    prefix: (term: string) => boolean;
    fuzzy: (term: string) => number | false;
  }): SearchHit[];
}
