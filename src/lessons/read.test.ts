import { describe, expect, it } from 'vitest';
import { readLesson } from './read.ts';

const HEAD = '# Title\n\nWhat it is about.\n\n';
const SCENE = '## Scene\n\n[What is open](#K=8&gradient=RFG)\n\n';
const read = (text: string) => readLesson(text);
const faultsOf = async (text: string) =>
  (await read(text)).faults.map(({ line, text }) => `${line}: ${text}`);

describe('readLesson', () => {
  it('reads every part of a scene', async () => {
    const { lesson, faults } = await read(`# Title

About $\\vartheta$ and *more*.

[Where](#panels=spikes&inside=cost&lab=neuron)

## Scene

[What is open](#gradient=RFG&lanes=gradient=BP&trained=50)

A [[spike]] and the [[membrane|filled
thing]]. **So** it is \`error(A) < error(B)\`, see [there](#lesson=2.1).

- first
- second \`K == 1\`

$$
\\sigma^2
$$

**Which *one*?**

1. This. \`error(A) < error(B)\`
2. That. \`error(A) >= error(B)\`

- [ ] Do it. \`K == 8\` [Done](#gradient=RFG&K=8)
- [ ] Wait. \`step >= 20\`

> Said.

### Notes

Say it slowly.
`);
    expect(faults).toEqual([]);
    expect(lesson).toMatchObject({
      title: 'Title',
      about: [
        { text: 'About ' },
        { kind: 'math', tex: '\\vartheta' },
        { text: ' and ' },
        { kind: 'emphasis' },
        { text: '.' },
      ],
      explains: ['spikes', 'neuron', 'cost'],
      scenes: [
        {
          title: 'Scene',
          words: 'What is open',
          hash: '#gradient=RFG&lanes=gradient=BP&trained=50',
          text: [
            {
              kind: 'paragraph',
              children: [
                { kind: 'text', text: 'A ' },
                { kind: 'term', id: 'spike', words: '' },
                { kind: 'text', text: ' and the ' },
                { kind: 'term', id: 'membrane', words: 'filled thing' },
                { kind: 'text', text: '. ' },
                { kind: 'strong', children: [{ kind: 'text', text: 'So' }] },
                { kind: 'text', text: ' it is ' },
                { kind: 'check', check: { source: 'error(A) < error(B)', line: 12 } },
                { kind: 'text', text: ', see ' },
                { kind: 'link', hash: '#lesson=2.1', children: [{ kind: 'text', text: 'there' }] },
                { kind: 'text', text: '.' },
              ],
            },
            { kind: 'list', items: [[{ text: 'first' }], [{ text: 'second ' }, { kind: 'check' }]] },
            { kind: 'math', tex: '\\sigma^2', html: expect.stringContaining('<math') },
          ],
          question: {
            text: [{ text: 'Which ' }, { kind: 'emphasis' }, { text: '?' }],
            answers: [
              { text: [{ kind: 'text', text: 'This.' }], check: { source: 'error(A) < error(B)' } },
              { text: [{ kind: 'text', text: 'That.' }], check: { source: 'error(A) >= error(B)' } },
            ],
          },
          tasks: [
            {
              text: [{ kind: 'text', text: 'Do it.' }],
              check: { source: 'K == 8' },
              solution: { words: 'Done', hash: '#gradient=RFG&K=8' },
            },
            { check: { source: 'step >= 20' } },
          ],
          after: [{ kind: 'paragraph', children: [{ text: 'Said.' }] }],
          notes: [{ kind: 'paragraph', children: [{ text: 'Say it slowly.' }] }],
          notesTitle: 'Notes',
          line: 7,
        },
      ],
    });
  });

  it.each([
    ['', '1: a lesson begins with “# ” and its title'],
    ['# T\n\n## S\n\n[a](#)', '1: under its title stands a paragraph: what the lesson is about'],
    [HEAD, '1: the lesson has no scene; a scene begins with “## ” and its title'],
    [
      `${HEAD}More.\n\n${SCENE}`,
      '5: a paragraph stands before the first scene; allowed: the title, a paragraph, and a link to panels',
    ],
    [
      `${HEAD}[a](#K=3)\n\n${SCENE}`,
      '5: K: is not allowed in the link to panels; allowed: panels, lab, inside',
    ],
    [
      `${HEAD}## S\n\nText.`,
      '7: under the title of a scene stands a link alone, “[words](#…)”: what it shows',
    ],
    [`${HEAD}## S\n\n[a](#K=99)`, '7: K: “99” is not allowed; allowed: a whole number from 1 to 32'],
    [
      `${HEAD}## S\n\n[a](#trained=x)`,
      '7: trained: “x” is not allowed; allowed: a whole number from 0 to 20000',
    ],
    [
      `${HEAD}## S\n\n[a](#hidden=4&silenced=1.5)`,
      '7: silenced: “1.5” is not allowed; allowed: a hidden layer and a neuron of it, both from 1, as in 1.2; widths: 4',
    ],
    [
      `${HEAD}## S\n\n[a](#silenced=1.2,0.3)`,
      '7: silenced: “0.3” is not allowed; allowed: a hidden layer and a neuron of it, both from 1, as in 1.2; widths: 16-16',
    ],
    [`${HEAD}## S\n\n[a](#lesson=2)`, '7: lesson: is not allowed in what a scene shows'],
    [`${HEAD}## S\n\n[a](#lab=neuron:current=9999)`, expect.stringMatching(/^7: .*current.*9999.*allowed/)],
    [
      `${HEAD}## S\n\n[a](https://example.org)`,
      '7: “https://example.org” is not allowed; allowed: links within the page, which begin with “#”',
    ],
    [`${HEAD}## S\n\n[a](# "t")`, '7: a link has no title'],
    [`${HEAD}${SCENE}a <b>b</b>`, '9: HTML is not allowed'],
    [`${HEAD}${SCENE}<script>x</script>`, expect.stringMatching(/^9: HTML is not allowed/)],
    [`${HEAD}${SCENE}![a](#)`, '9: an image is not allowed'],
    [`${HEAD}${SCENE}    code`, expect.stringMatching(/^9: a block of code is not allowed/)],
    [`${HEAD}${SCENE}a\nb [[spikes]]`, expect.stringMatching(/^10: “spikes” is no term; allowed: spike, /)],
    [`${HEAD}${SCENE}a [[spike`, '9: “[[” and “]]” stand around a term: [[term]] or [[term|words]]'],
    [`${HEAD}${SCENE}$\\foo$`, expect.stringMatching(/^9: the formula cannot be set: .*\\foo/)],
    [
      `${HEAD}${SCENE}$\\href{javascript:alert(1)}{a}$`,
      expect.stringMatching(/^9: the formula cannot be set: .*href is not allowed/),
    ],
    [`${HEAD}${SCENE}\`error(B) < 1\``, '9: “error(B) < 1”: error(B): there is no lane B; allowed: A'],
    [`${HEAD}${SCENE}\`spikes > 1\``, '9: “spikes > 1”: “spikes” is no fact of the page'],
    [`${HEAD}${SCENE}\`K = 1\``, '9: “K = 1”: “=” is not allowed; equal is written =='],
    [`${HEAD}${SCENE}- [ ] a`, '9: a task has a condition, as code, by which it is done: `spikes == 8`'],
    [`${HEAD}${SCENE}- [x] a \`K == 1\``, '9: a task is written with an empty box: “- [ ] ”'],
    [
      `${HEAD}${SCENE}- [ ] a \`K == 1\`\n- b`,
      '10: a task begins with “- [ ] ”; this point of its list does not',
    ],
    [
      `${HEAD}${SCENE}- [ ] a \`K == 1\` b`,
      '9: after the condition of a task stands nothing but a link to its solution',
    ],
    [
      `${HEAD}${SCENE}1. a\n2. b`,
      '9: a numbered list has the answers of a question, which is a paragraph in bold right above it',
    ],
    [
      `${HEAD}${SCENE}**a**\n\n1. a\n2. b \`K == 1\``,
      '11: an answer ends with the condition under which it was right, as code: `spikes == 8`',
    ],
    [`${HEAD}${SCENE}**a**\n\n1. a \`K == 1\``, '11: the question has one answer; allowed: 2 to 6'],
    [
      `${HEAD}${SCENE}> a\n\nb`,
      '11: a paragraph stands after a question, a task or a quote; text stands before them',
    ],
    [`${HEAD}${SCENE}#### a`, '9: a heading is not allowed; allowed: paragraphs, lists, formulas'],
    [`${HEAD}${'> '.repeat(3)}a`, '5: quotes and lists stand within each other; allowed: 2 of them at most'],
    [
      `${HEAD}${'*a_ '.repeat(200)}`,
      '5: the paragraph has more than 300 of the characters * _ [ ] ` $ < & \\; an empty line ends a paragraph',
    ],
    [`${HEAD}${'a\n\n'.repeat(1000)}`, '1501: the file has 2005 lines; allowed: up to 1500'],
    [
      `${HEAD}${'a'.repeat(4001)}`,
      '5: the paragraph has more than 4000 characters; an empty line ends a paragraph',
    ],
    ['ä\n'.repeat(30000), '1: the file has 90000 bytes; allowed: up to 65536'],
  ])('refuses %j', async (text, fault) => {
    const faults = await faultsOf(text);
    expect(faults).toContainEqual(fault);
    expect((await read(text)).lesson).toBeUndefined();
  });

  it('what is allowed is read within a moment, however it is nested', async () => {
    const full = (unit: string, between: string) => {
      const marks = unit.match(/[*_[\]`$<&\\]/g)?.length ?? 0;
      const times = Math.floor(Math.min(3900 / unit.length, 290 / (marks || 1)));
      return Array(700).fill(unit.repeat(times)).join(between).slice(0, 60_000);
    };
    const texts = ['*a_ ', '***a** ', 'a**b', '[a](', '``a', '- - ', '> > ', '> - a ', '1. '].flatMap(
      (unit) => [
        full(unit, '\n\n'),
        Array(1400).fill(unit).join('\n').slice(0, 60_000),
        Array(700).fill(unit).join('\n\n').slice(0, 60_000),
      ],
    );
    for (const text of texts) {
      const begun = performance.now();
      await read(`${HEAD}${SCENE}${text}`);
      // Ten times what it takes; without limits some of these take minutes.
      expect(performance.now() - begun, text.slice(0, 40)).toBeLessThan(10_000);
    }
  });

  it('knows the lanes that a solution adds', async () => {
    expect(
      await faultsOf(`${HEAD}${SCENE}- [ ] Add one. \`lanes == 2 and error(B) < 9\` [So](#lanes=same)`),
    ).toEqual([]);
  });
});
