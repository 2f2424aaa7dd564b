// The one listener of the browser: our links are followed without loading the
// page anew, a few keys lead to the search field and through the results, and
// a letter presses the button that names it.

const SHORTCUTS = [
  ['/', 'go to the search field'],
  ['↓ ↑', 'move through the works on the page'],
  ['Enter', 'open the marked one'],
  ['?', 'show or hide these keys'],
  ['Esc', 'leave the field, or hide these keys'],
];

const ENDS_GO = ['focusout', 'pointerdown', 'keydown'];
const TAKES_OVER = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

const typing = (where) =>
  where && (where.isContentEditable || /^(input|textarea|select)$/i.test(where.tagName));

// Where letters are written. A choice among buttons has the focus too, and takes none.
const writing = (where) => typing(where) && !/^(radio|checkbox)$/.test(where.type);

// Buttons of a page with a letter of their own: the key of each begins with “press-” and the letter.
const lettered = () => [...document.querySelectorAll('.stMain [class*="st-key-press-"] button:not(:disabled)')];
const letterOf = (button) => button.closest('[class*="st-key-press-"]').className.match(/st-key-press-([a-z])-/)?.[1];

function press(event) {
  if (event.shiftKey || event.repeat || writing(event.target)) return false;
  const button = lettered().find((one) => letterOf(one) === event.key.toLowerCase());
  button?.click();
  return Boolean(button);
}

const searchField = () => document.querySelector('.st-key-search-field input');

function ours(link) {
  const written = link.getAttribute('href') || '';
  const plain = !link.target && !link.hasAttribute('download');
  const within = link.closest('.stMain') && !/^([a-z]+:|\/\/|#)/i.test(written);
  return plain && within ? new URL(written, document.baseURI) : null;
}

const main = () => document.querySelector('.stMain');

function follow(address) {
  if (address.href === location.href) return;
  // What a browser does on Back and Forward, Streamlit understands: so one
  // step ahead is made the same way, and Back returns from it, to the same height.
  history.replaceState({ ...history.state, kbTop: main()?.scrollTop ?? 0 }, '');
  history.pushState({ kbTop: 0 }, '', address);
  window.dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}

function onPop(event) {
  returnTo(event.state?.kbTop ?? 0);
}

// The page is drawn piece by piece, and may be short for a while: hold the
// height for two seconds, or until the reader takes over.
let holding = 0;
const letGo = () => clearInterval(holding);

function returnTo(top) {
  letGo();
  const end = Date.now() + 2000;
  holding = setInterval(() => {
    const place = main();
    if (place && Math.abs(place.scrollTop - top) > 1) place.scrollTop = top;
    if (Date.now() > end) letGo();
  }, 50);
}

// A place on the same page. Not by the address: Streamlit would draw the page
// anew for it, and lose the place.
function within(link) {
  const written = link.getAttribute('href') || '';
  return written.length > 1 && written[0] === '#' ? document.getElementById(written.slice(1)) : null;
}

function onClick(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const button = event.target.closest?.('.kb-copy');
  if (button) {
    copy(button);
    return;
  }
  const link = event.target.closest?.('a[href]');
  const place = link?.closest('.stMain') && within(link);
  if (place) {
    event.preventDefault();
    place.scrollIntoView();
    return;
  }
  const address = link && ours(link);
  if (!address) return;
  event.preventDefault();
  follow(address);
}

function move(step) {
  const titles = [...document.querySelectorAll('.stMain a.kb-title')].filter((a) => a.offsetParent);
  if (!titles.length) return false;
  const at = titles.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : titles.length - 1) : at + step;
  if (next < 0) {
    searchField()?.focus();
    return true;
  }
  titles[Math.min(next, titles.length - 1)].focus();
  return true;
}

function toggleShortcuts(show) {
  const old = document.querySelector('.kb-shortcuts');
  if (old || show === false) {
    old?.remove();
    return;
  }
  const box = document.createElement('div');
  box.className = 'kb-shortcuts';
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-label', 'Keys');
  const list = document.createElement('dl');
  const letters = lettered().map((one) => [letterOf(one), one.querySelector('p')?.firstChild?.textContent.trim()]);
  for (const [key, does] of [...letters, ...SHORTCUTS]) {
    const term = document.createElement('dt');
    term.appendChild(document.createElement('kbd')).textContent = key;
    list.append(term, Object.assign(document.createElement('dd'), { textContent: does }));
  }
  box.append(list);
  document.querySelector('.stApp').append(box);
}

// The clipboard needs a safe origin, as localhost is; elsewhere the text is marked, to be copied by hand.
async function copy(button) {
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
  } catch {
    if (button.previousElementSibling) getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = 'Marked: copy it with Ctrl+C';
  }
  setTimeout(() => (button.textContent = said), 2000);
}

function onKey(event) {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (press(event)) return event.preventDefault();
  const field = searchField();
  if (typing(event.target)) {
    if (event.key === 'Escape') event.target.blur();
    if (event.key === 'ArrowDown' && event.target === field && move(1)) event.preventDefault();
    return;
  }
  if (event.key === '/') {
    event.preventDefault();
    if (field) {
      field.focus();
      field.select();
    } else {
      follow(new URL('./', document.baseURI));
      waitForField();
    }
  } else if (event.key === '?') toggleShortcuts();
  else if (event.key === 'Escape') toggleShortcuts(false);
  else if (inList(event) && move(event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
}

// Arrows scroll as ever until a work is marked, or unless nothing else has the focus.
const inList = (event) =>
  /^Arrow(Down|Up)$/.test(event.key) &&
  (document.activeElement === document.body || document.activeElement?.matches('a.kb-title, .stMain'));

// Answers come as one types: after a short rest, what stands in the field is sent as Enter sends it.
// All that is typed at one go is one step of the history, so that Back leads to what was before it.
const REST = 400;
const FEWEST = 2;
let resting = 0;
let sent = false;
let oneGo = false;

function onInput(event) {
  clearTimeout(resting);
  if (event.target === searchField() && !event.isComposing) resting = setTimeout(() => send(event.target), REST);
}

function send(field) {
  const query = field.value.trim();
  const asked = new URLSearchParams(location.search).get('q') ?? '';
  if (document.activeElement !== field || query === asked || query.length < FEWEST) return;
  sent = true;
  const enter = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true };
  field.dispatchEvent(new KeyboardEvent('keydown', enter));
  field.dispatchEvent(new KeyboardEvent('keypress', enter));
}

const endGo = (event) => {
  if (event.type !== 'keydown' || (event.isTrusted && event.key === 'Enter')) oneGo = false;
};

const pushState = history.pushState.bind(history);

function step(...state) {
  if (sent && oneGo) history.replaceState(...state);
  else pushState(...state);
  oneGo = sent;
  sent = false;
}

function waitForField(left = 40) {
  const field = searchField();
  if (field) field.focus();
  else if (left) setTimeout(() => waitForField(left - 1), 100);
}

export default function () {
  document.addEventListener('click', onClick);
  document.addEventListener('keydown', onKey);
  document.addEventListener('input', onInput);
  for (const sign of ENDS_GO) document.addEventListener(sign, endGo, true);
  history.pushState = step;
  window.addEventListener('popstate', onPop);
  for (const sign of TAKES_OVER) document.addEventListener(sign, letGo, { passive: true });
  document.documentElement.dataset.kbKeys = 'heard';
  return () => {
    delete document.documentElement.dataset.kbKeys;
    document.removeEventListener('click', onClick);
    document.removeEventListener('keydown', onKey);
    document.removeEventListener('input', onInput);
    for (const sign of ENDS_GO) document.removeEventListener(sign, endGo, true);
    history.pushState = pushState;
    clearTimeout(resting);
    window.removeEventListener('popstate', onPop);
    for (const sign of TAKES_OVER) document.removeEventListener(sign, letGo);
    letGo();
  };
}
