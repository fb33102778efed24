/** What a lesson's file may hold at most. */
export const LIMITS = {
  /** Bytes of the file in UTF-8. */
  bytes: 65_536,
  lines: 1500,
  /** Characters of lines without an empty one between them, and those of them that mean something in Markdown: * _ [ ] ` $ < & \\ */
  paragraph: 4000,
  marks: 300,
  scenes: 40,
  /** Tasks of a scene, answers of a question. */
  tasks: 8,
  answers: 6,
  /** Characters of a heading, of a formula, of a link. */
  heading: 100,
  tex: 400,
  link: 2000,
  /** Characters of the packed file in a link. Programs through which links are sent cut longer ones. */
  packed: 16_000,
  /** Quotes and lists within each other. */
  depth: 2,
  faults: 100,
} as const;
