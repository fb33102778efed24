// Loaded by src/boot/head.ts where the page cannot come to life: says why, and what helps. The recorded picture stays.

void say();

async function say() {
  // What the browser said, if anything.
  const [cause, remedy] = await whyNot(document.currentScript?.dataset.fault ?? '');
  const box = document.createElement('div');
  box.id = 'not-started';
  box.setAttribute('role', 'alert');
  box.style.cssText =
    'padding:16px;margin:12px auto;max-width:640px;box-sizing:border-box;border-radius:8px;overflow-wrap:anywhere;' +
    'color:var(--bad,#a41d1d);background:var(--bad-bg,#fde8e6);box-shadow:0 6px 24px #141a2829;';
  const title = document.createElement('strong');
  title.textContent = 'The page cannot start';
  box.append(title, paragraph(cause), paragraph(remedy));
  const root = document.getElementById('root');
  if (root?.querySelector('main')) {
    box.style.cssText += 'position:fixed;inset:auto 12px 56px;z-index:99;';
    box.append(paragraph('The numbers that stand here are a recorded run’s.'));
    for (const element of root.querySelectorAll('span'))
      if (element.textContent === 'starting…') element.textContent = 'not started';
  } else root?.replaceChildren();
  delete document.documentElement.dataset.waits;
  document.body.append(box);
}

function paragraph(/** @type {string} */ text) {
  const element = document.createElement('p');
  element.style.margin = '8px 0 0';
  element.textContent = text;
  return element;
}

/** @returns {Promise<[cause: string, remedy: string]>} */
async function whyNot(/** @type {string} */ fault) {
  const alone = document.documentElement.dataset.oneFile !== undefined;
  if (location.protocol === 'file:' && !alone)
    return [
      'It was opened as a file, and browsers run the parts of a page like this only when a web server sends them.',
      'In the folder of the project run “npm start” and open the address that it prints, or put the folder dist/ on any web server. “npm run build:single” makes one file that can be opened as it is.',
    ];
  if (origin === 'null' && !alone)
    return [
      'It is shown in a frame whose sandbox keeps it from its own files.',
      'The frame needs: <iframe sandbox="allow-scripts allow-same-origin allow-downloads" …>. Without allow-same-origin the server has to send its files with “Access-Control-Allow-Origin: *”.',
    ];
  for (const address of files()) {
    const found = await faultOf(address);
    if (found) return found;
  }
  return [
    fault || 'One of its files did not arrive the first time; all of them do now.',
    fault ? 'A current version of Chrome, Edge, Firefox or Safari runs it.' : 'Reload the page.',
  ];
}

/** The modules that the page starts with. */
function files() {
  const links = document.querySelectorAll('script[type=module][src], link[rel=modulepreload]');
  const named = [...links].map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '');
  return new Set(named.map((name) => new URL(name, document.baseURI).href));
}

/** @returns {Promise<[cause: string, remedy: string] | undefined>} */
async function faultOf(/** @type {string} */ address) {
  const name = address.replace(/^.*\//, '');
  const server = 'If that does not help, whoever runs the server should copy the whole folder dist/ there anew.';
  /** @type {Response} */
  let response;
  try {
    response = await fetch(address, { cache: 'no-store' });
  } catch {
    return [
      `${name} did not arrive: this device is offline, or the server does not answer.`,
      'Reload the page once there is a connection.',
    ];
  }
  if (!response.ok)
    return [
      `${name} did not arrive: the server answers ${response.status}.`,
      `Reload the page: a new version may be there. ${server}`,
    ];
  const type = response.headers.get('content-type') ?? 'nothing';
  if (type.startsWith('text/html'))
    return [
      `${name} did not arrive: the server sends a page (text/html) in its place.`,
      `Reload the page: a new version may be there, or the network may ask you to sign in. ${server}`,
    ];
  if (!/javascript|ecmascript/.test(type))
    return [
      `${name} is not run: the server calls it ${type}.`,
      'Whoever runs the server should set the type of .js files to text/javascript.',
    ];
  return undefined;
}
