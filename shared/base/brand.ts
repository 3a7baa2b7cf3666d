declare const brand: unique symbol;

/** A value that must not be mixed with others of the same shape; made only by its own parser. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
