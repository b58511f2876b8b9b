// Microsoft's own reader of Adaptive Cards, as a process: a line of JSON in, a line of JSON out.
//   {"card": …}      → {"problems": […]}   what it does not understand, refuses or would lose
//   {"markdown": …}  → {"html": …}         what the Markdown of a TextBlock becomes

const readline = require('node:readline');
// The package's main file is an ES module without extensions, which Node does not load.
const AC = require('adaptivecards/dist/adaptivecards.js');
const markdown = require('markdown-it')();

const teams = new AC.HostConfig({ actions: { maxActions: 6 } });

function problems(json) {
  const reading = new AC.SerializationContext(AC.Versions.v1_5);
  // Its pattern for `lang` is global and so remembers where the last match ended: every second
  // "nl" would be refused.
  AC.AdaptiveCard.langProperty.regEx.lastIndex = 0;
  const card = new AC.AdaptiveCard();
  card.hostConfig = teams;
  card.parse(json, reading);
  const found = [];
  for (let i = 0; i < reading.eventCount; i += 1) {
    const event = reading.getEventAt(i);
    found.push(`${AC.ValidationEvent[event.event]}: ${event.message}`);
  }
  for (const event of card.validateProperties().validationEvents) {
    found.push(`${AC.ValidationEvent[event.event]}: ${event.message}`);
  }
  const writing = new AC.SerializationContext(AC.Versions.v1_5);
  return found.concat(lost(json, card.toJSON(writing), 'card'));
}

/** What was in the card and is not in what the reader writes back: it is unknown there. */
function lost(before, after, path) {
  if (before === null || typeof before !== 'object' || path.endsWith('.data')) return [];
  if (after === null || typeof after !== 'object') return [`Lost: ${path}`];
  return Object.keys(before).flatMap((key) =>
    key in after ? lost(before[key], after[key], `${path}.${key}`) : [`Lost: ${path}.${key}`],
  );
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line);
  const answer =
    'card' in asked
      ? { problems: problems(asked.card) }
      : { html: markdown.render(asked.markdown) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
