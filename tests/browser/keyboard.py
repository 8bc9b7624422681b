"""Can everything on a page be reached with Tab, and does one see where one is?"""

from __future__ import annotations

from playwright.sync_api import Page

# Each control that can be seen gets a number; radio buttons of one name are one stop.
_NUMBER_CONTROLS = """() => {
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
  const groups = new Set()
  let number = 0
  document.querySelectorAll('[data-stop]').forEach(item => delete item.dataset.stop)
  for (const item of document.querySelectorAll(wanted)) {
    const group = item.type === 'radio' && item.name
    if (item.disabled || !item.checkVisibility({visibilityProperty: true}) || item.inert) continue
    if (group && groups.has(group)) continue
    if (group) groups.add(group)
    item.dataset.stop = number++
  }
  // Tab starts from where the focus was last: from the top of the page.
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute('tabindex')
  return number
}"""

_WHERE = """() => {
  const item = document.activeElement
  if (!item || item === document.body) return null
  const style = getComputedStyle(item)
  const first = item.type === 'radio' && item.name
    ? document.querySelector(`input[type=radio][name="${CSS.escape(item.name)}"][data-stop]`) : item
  const box = item.getBoundingClientRect()
  return {
    stop: (first || item).dataset.stop ?? null,
    name: `${item.tagName.toLowerCase()} ${item.innerText || item.name || ''}`,
    shown: style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && style.outlineWidth !== '0px'),
    inside: box.bottom > 0 && box.top < innerHeight,
  }
}"""

_NAMES = """() => Object.fromEntries([...document.querySelectorAll('[data-stop]')].map(item =>
  [item.dataset.stop, item.tagName.toLowerCase() + ' ' + (item.innerText || item.name || '')]))"""


def faults_with_keyboard(page: Page) -> list[str]:
    """One line for each control that Tab does not reach, or reaches without a mark or outside the window."""
    controls = page.evaluate(_NUMBER_CONTROLS)
    names = page.evaluate(_NAMES)
    faults: list[str] = []
    reached: set[str] = set()
    # Some controls (a date) take several stops.
    for _ in range(controls * 4 + 10):
        page.keyboard.press("Tab")
        place = page.evaluate(_WHERE)
        if place is None:
            break
        if place["stop"] is not None and place["stop"] not in reached:
            reached.add(place["stop"])
            faults += [] if place["shown"] else [f"no mark of focus: {place['name']}"]
            faults += [] if place["inside"] else [f"focus outside the window: {place['name']}"]
    faults += [f"not reached: {name}" for stop, name in names.items() if stop not in reached]
    return faults
