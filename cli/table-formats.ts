export const TABLE_FORMATS = ['md', 'csv', 'latex'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];
