/** The local midnight before this moment, ms. What is said of days is never finer than this (PRODUCT, safety 3). */
export const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
