declare module "nspell" {
  type Speller = {
    readonly correct: (word: string) => boolean;
    readonly suggest: (word: string) => string[];
    readonly add: (word: string) => Speller;
    readonly remove: (word: string) => Speller;
  };
  const nspell: (dictionary: { readonly aff: string; readonly dic: string }) => Speller;
  export default nspell;
}
