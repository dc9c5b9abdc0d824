import { element } from '../engine/element.js'
import { defineBuiltIn } from './define.js'

/** Drawn in place of images on other hosts, so that the preview looks the same without a network. */
const PLACEHOLDER =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160"><rect x="30" y="40" width="100" height="80" rx="8" fill="#eef0f3"/><circle cx="60" cy="68" r="9" fill="#cfd4da"/><path d="M38 112l30-28 18 16 20-22 16 34z" fill="#cfd4da"/></svg>',
  )

export function defineImage(): void {
  defineBuiltIn('image', {
    properties: {
      src: String,
      mode: { type: String, value: 'scaleToFill' },
      lazyLoad: Boolean,
      webp: Boolean,
      fadeIn: Boolean,
      showMenuByLongpress: Boolean,
    },
    setup(control) {
      const picture = element('img')
      picture.alt = ''
      control.host.prepend(picture)
      picture.addEventListener('load', () =>
        control.emit('load', { width: picture.naturalWidth, height: picture.naturalHeight }),
      )
      picture.addEventListener('error', () => control.emit('error', { errMsg: 'load fail' }))
      control.watch(['mode'], () => control.host.setAttribute('mode', control.text('mode')))
      control.watch(['src'], () => {
        const source = control.text('src')
        if (source) picture.src = localSource(source)
        else picture.removeAttribute('src')
      })
      control.watch(['ariaLabel'], () => {
        picture.alt = control.text('ariaLabel')
      })
    },
  })
}

/** An absolute path is relative to the app's folder, which may differ from the root of the host. */
export function localSource(source: string): string {
  if (/^(data|blob):/.test(source)) return source
  const url = new URL(source, location.href)
  if (url.origin !== location.origin) return PLACEHOLDER
  const isPackaged = source.startsWith('/') && !source.startsWith('//') && /\.\w+$/.test(source)
  return isPackaged ? source.slice(1) : source
}
