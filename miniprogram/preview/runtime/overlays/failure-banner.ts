import { element } from '../engine/element.js'
import { onUnavailable } from '../engine/failures.js'

/** Shows what the app used and the preview cannot do. A touch closes it. */
export function installFailureBanner(): void {
  onUnavailable((message) => {
    const banner = element('div', 'preview-failure')
    banner.setAttribute('role', 'alert')
    const close = element('button', '', '关闭')
    close.type = 'button'
    close.addEventListener('click', () => banner.remove())
    banner.append(element('span', '', message), close)
    document.body.append(banner)
  })
}
