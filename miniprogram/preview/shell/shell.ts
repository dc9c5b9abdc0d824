import './shell.css'
import { files, people, type Person, type SampleFile } from '../runtime/host/host-client.js'
import { currentPerson, rememberPerson } from '../runtime/host/person.js'

function find<T extends HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector)
  if (!found) throw new Error(`${selector} is missing in index.html`)
  return found
}

const phone = find<HTMLIFrameElement>('#phone')
const address = find<HTMLAnchorElement>('#address')
const menu = find('#menu')
const scales = Array.from(document.querySelectorAll<HTMLElement>('[data-font-scale]'))

let person = currentPerson()
let fontScale = '1'

/** Restarts the app, as after closing it on a phone. @param route page to open; the entry page by default. */
function open(route = ''): void {
  const query = new URLSearchParams({ ...(person ? { person } : {}), fontScale })
  phone.contentWindow?.location.replace(`app.html?${query.toString()}${route ? `#${route}` : ''}`)
  menu.setAttribute('aria-expanded', 'false')
}

function press(buttons: HTMLElement[], isPressed: (button: HTMLElement) => boolean): void {
  for (const button of buttons) button.setAttribute('aria-pressed', String(isPressed(button)))
}

function personButton({ id, name, note }: Person, onChoose: () => void): HTMLLIElement {
  const item = document.createElement('li')
  const button = document.createElement('button')
  const remark = document.createElement('small')
  button.type = 'button'
  button.dataset.person = id
  remark.textContent = note
  button.append(name, remark)
  button.addEventListener('click', onChoose)
  item.append(button)
  return item
}

async function listPeople(): Promise<void> {
  const known = await people()
  if (!known.some(({ id }) => id === person)) person = known[0]?.id ?? ''
  const list = find('#people')
  const mark = (): void =>
    press(Array.from(list.querySelectorAll('button')), (button) => button.dataset.person === person)
  list.replaceChildren(
    ...known.map((someone) =>
      personButton(someone, () => {
        person = someone.id
        rememberPerson(person)
        mark()
        open()
      }),
    ),
  )
  mark()
}

function fileLink({ name, url }: SampleFile): HTMLLIElement {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.textContent = name
  item.append(link)
  return item
}

/** The section is hidden when the host has no files. */
async function listFiles(): Promise<void> {
  const known = await files()
  find('#files').replaceChildren(...known.map(fileLink))
  find('#samples').hidden = known.length === 0
}

for (const button of scales) {
  button.addEventListener('click', () => {
    fontScale = button.dataset.fontScale ?? '1'
    press(scales, (other) => other === button)
    open()
  })
}
press(scales, (button) => button.dataset.fontScale === fontScale)
find('#reopen').addEventListener('click', () => open())
menu.addEventListener('click', () => {
  menu.setAttribute('aria-expanded', String(menu.getAttribute('aria-expanded') !== 'true'))
})
addEventListener('message', ({ data, origin }: MessageEvent<{ type?: string; address?: string }>) => {
  if (origin !== location.origin || data.type !== 'preview:route' || !data.address) return
  address.textContent = data.address
  address.href = `app.html#${data.address}`
})

listFiles().catch(() => undefined)
listPeople()
  .catch(() => undefined)
  .finally(() => open(location.hash.slice(1)))
